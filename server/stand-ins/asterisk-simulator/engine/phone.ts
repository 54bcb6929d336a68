import { bridgedWith } from './bridge.ts';
import { change } from './channel.ts';
import { deviceChanged } from './device.ts';
import { newChannel, sayHangupRequest, setState } from './lifecycle.ts';
import { CHANNEL_STATE, type Channel, type Party, type Pbx } from './state.ts';

/** What people do with their phones, seen from the exchange. */

/** Makes the phone or the trunk behind a leg ring. */
export function ringDevice(pbx: Pbx, leg: Channel): void {
  const phone = pbx.phones.get(leg.device);
  if (phone !== undefined) phone.onRing(leg);
  else pbx.onTrunkRing(leg);
}

/** 180 Ringing. */
export function showRinging(pbx: Pbx, leg: Channel): void {
  if (leg.gone || leg.state !== CHANNEL_STATE.down) return;
  setState(pbx, leg, CHANNEL_STATE.ringing);
  leg.owner.ringing?.(leg);
  deviceChanged(pbx, leg.device);
}

/** 200 OK. */
export function answer(pbx: Pbx, leg: Channel): void {
  if (leg.gone || leg.state === CHANNEL_STATE.up) return;
  setState(pbx, leg, CHANNEL_STATE.up);
  deviceChanged(pbx, leg.device);
  leg.owner.answered?.(leg);
}

const CAUSE_OF_SIP: Readonly<Record<number, number>> = { 480: 19, 486: 17, 603: 21 };

/** A busy (486), absent (480) or declined (603) call. */
export function refuse(pbx: Pbx, leg: Channel, sipCode: 480 | 486 | 603): void {
  if (leg.gone) return;
  leg.cause = CAUSE_OF_SIP[sipCode] ?? 16;
  leg.techCause = String(sipCode);
  sayHangupRequest(pbx, leg);
  leg.owner.refused?.(leg);
}

/** The person puts the handset down: BYE, or CANCEL when the call was never answered. */
export function putDown(pbx: Pbx, channel: Channel): void {
  if (channel.gone) return;
  if (channel.state === CHANNEL_STATE.ring && channel.device.startsWith('PJSIP/trunk')) {
    channel.cause = 127;
    channel.techCause = '487';
  }
  sayHangupRequest(pbx, channel);
  channel.owner.ended(channel);
}

export function pressKey(pbx: Pbx, channel: Channel, digit: string, durationMs = 160): void {
  if (channel.gone) return;
  pbx.say('DTMFEnd', channel, { Digit: digit, DurationMs: durationMs, Direction: 'Received' });
  channel.owner.digit?.(channel, digit);
}

/** The hold key. `music` says which music was asked for, which only a phone does. */
export function hold(pbx: Pbx, channel: Channel, music = true): void {
  const other = bridgedWith(channel);
  if (other === null) return;
  pbx.say('Hold', channel, music ? { MusicClass: 'default' } : {});
  pbx.say('MusicOnHoldStart', other, { Class: 'default' });
  other.held = true;
  deviceChanged(pbx, other.device);
}

export function unhold(pbx: Pbx, channel: Channel): void {
  pbx.say('Unhold', channel);
  const other = bridgedWith(channel);
  if (other !== null) stopHoldMusic(pbx, other);
}

/** @param stays false: the channel ends, and its device's state is looked at then */
export function stopHoldMusic(pbx: Pbx, channel: Channel, stays = true): void {
  if (!channel.held) return;
  channel.held = false;
  pbx.say('MusicOnHoldStop', channel);
  if (stays) deviceChanged(pbx, channel.device);
}

/** A call comes in from a phone or the trunk; who runs the dialplan takes it from here. */
export function invite(
  pbx: Pbx,
  call: { device: string; context: string; exten: string; caller: Party },
): Channel {
  const { number, name } = call.caller;
  const channel = newChannel(pbx, { ...call, caller: { number, name }, state: CHANNEL_STATE.ring });
  // Newchannel comes before Asterisk has read whether the number may be shown.
  change(channel, { caller: call.caller });
  channel.runsDialplan = true;
  pbx.calls++;
  deviceChanged(pbx, channel.device);
  return channel;
}

/** The dialplan answers the call. `shown` is where in the dialplan it stands when it does. */
export function pickUp(
  pbx: Pbx,
  channel: Channel,
  shown: { context: string; exten: string; priority: number },
): void {
  change(channel, shown);
  setState(pbx, channel, CHANNEL_STATE.up);
  deviceChanged(pbx, channel.device);
}
