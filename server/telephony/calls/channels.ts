import { bypass } from './chain.ts';
import { sentAway } from './confirmation.ts';
import { isMachine } from './device-names.ts';
import { finishCall } from './endings.ts';
import type { PbxEvent } from './events.ts';
import { onlyColleagues } from './forked.ts';
import { answeredUnseen } from './gap-answers.ts';
import { callOf, channelOf, forgetChannel, join, openChannel, standApart } from './identity.ts';
import { endLeg } from './leg-endings.ts';
import { legOf, openLegs, say, sideOf } from './legs.ts';
import { callingParty, setParty } from './party.ts';
import { callerHungUp, movedOn } from './queue-exits.ts';
import { metInRoom } from './rooms.ts';
import type { Call, CallState, Channel, Leg, Step } from './state.ts';
import { enterBridge, leaveBridge, reckon } from './talk.ts';
import { isTestChannel } from './test-call.ts';
import { isInside } from './whose-phone.ts';

/** A channel's life: it appears, is named, meets others in bridges, holds, and is gone. The only sure order: Newchannel first, Hangup last. */

type Of<T extends PbxEvent['type']> = Extract<PbxEvent, { type: T }>;

/** A channel that is known already (told again, or listed in a snapshot before) is left as it is. */
export function channelBegan(step: Step, event: Of<'Newchannel'>): void {
  if (isTestChannel(event.channel) || isMachine(event.name)) return;
  if (channelOf(step.state, event.channel) === undefined) openChannel(step, event.at, event);
}

export function channelState(step: Step, event: Of<'Newstate'>): void {
  const channel = channelOf(step.state, event.channel);
  const call = callOf(step.state, channel);
  if (channel === undefined || call === undefined) return;
  if (event.state === 6) {
    channel.up = true;
    if (channel.id === call.customer) call.upAt ??= event.at;
  }
}

/**
 * CALLERID(pres) is true from the second event of a channel on: only then the number is shown, or stays hidden. One that is withheld later is taken
 * back.
 */
export function presented(
  step: Step,
  at: number,
  call: Call,
  channel: Channel,
  presentation: Channel['presentation'],
): void {
  if (presentation === null || (presentation === channel.presentation && !channel.unsure)) return;
  channel.presentation = presentation;
  channel.unsure = false;
  if (channel.id === call.customer && call.direction === 'inbound') {
    setParty(step, call, at, { ...callingParty(step.state, channel), did: call.party.did });
  }
}

export function callerNamed(step: Step, event: Of<'NewCallerid'>): void {
  const { state } = step;
  const channel = channelOf(state, event.channel);
  const call = callOf(state, channel);
  if (channel === undefined || call === undefined) return;
  // The number in a caller's NewCallerid is the caller's until somebody else is dialled on its behalf; then it is a number to show.
  const early = call.entries.length === 0 && call.legs.length === 0;
  if (channel.id === call.customer && call.direction === 'inbound') {
    if (!early) return;
    Object.assign(channel, { number: event.number, callerName: event.name });
    channel.presentation = event.presentation ?? channel.presentation;
    channel.unsure &&= event.presentation === null;
    setParty(step, call, event.at, { ...callingParty(state, channel), did: call.party.did });
    return;
  }
  if (channel.local) {
    Object.assign(channel, { number: event.number, callerName: event.name });
    return;
  }
  // Click-to-call: before the agent's phone is answered it is shown, as the caller, the number that will be dialled.
  const originating = early && channel.id === call.initiator && channel.exten === 's' && !channel.up;
  if (originating && channel.agent !== null && !isInside(state, event.number)) call.goal = event.number;
}

export function bridgeEntered(step: Step, event: Of<'BridgeEnter'>): void {
  const { state } = step;
  const channel = channelOf(state, event.channel);
  if (channel === undefined) return;
  enterBridge(step, event.at, channel.id, event.bridge, {
    type: event.bridgeType,
    technology: event.technology,
  });
  if (event.bridgeType === 'agent_hold') {
    const over = standApart(step, event.at, channel);
    if (over !== undefined) finishCall(step, event.at, over);
  }
  const bridge = state.data.bridges.get(event.bridge);
  if (bridge !== undefined && !bridge.holding && joinsCalls(event.bridgeType)) {
    for (const other of bridge.members) join(step, event.at, channel, channelOf(state, other));
  } else if (bridge !== undefined && !bridge.holding) {
    for (const over of metInRoom(step, event.at, bridge.members)) finishCall(step, event.at, over);
  }
  const call = callOf(state, channel);
  if (call === undefined) return;
  call.recording ??= event.recording;
  if (channel.id === call.customer && bridge?.holding !== true) call.metAt ??= event.at;
  movedOn(step, call, channel, event.at);
  reckon(step, event.at, call);
  answeredUnseen(step, event.at, call);
}

/** A program that connects two channels itself (ARI) makes one call of them, as Dial() and Queue() do. Conferences leave their members apart. */
export function joinsCalls(bridgeType: string): boolean {
  return bridgeType === 'basic' || bridgeType === 'stasis';
}

export function bridgeLeft(step: Step, event: Of<'BridgeLeave'>): void {
  leaveBridge(step, event.at, event.channel, event.bridge);
}

/** Hold names the channel whose phone pressed hold. A blind transfer by REFER says Unhold without a Hold. */
export function held(step: Step, event: Of<'Hold'>): void {
  const channel = channelOf(step.state, event.channel);
  const call = callOf(step.state, channel);
  if (channel === undefined || call === undefined || (channel.heldAt !== null) === event.on) return;
  channel.heldAt = event.on ? event.at : null;
  reckon(step, event.at, call);
  const leg = legOf(step.state, channel);
  if (leg !== undefined && leg.answeredAt !== null && leg.endedAt === null) {
    say(step, event.on ? 'leg.held' : 'leg.resumed', event.at, call, leg);
  }
}

export function digit(step: Step, event: Of<'Digit'>): void {
  const channel = channelOf(step.state, event.channel);
  if (channel !== undefined) channel.digitAt = event.at;
}

/** Who asked first to hang up is the best sign of who ended a talk. `soft` is Asterisk's own request, a weaker sign. */
export function hangupRequested(step: Step, event: Of<'HangupRequest'>): void {
  const { state } = step;
  const channel = channelOf(state, event.channel);
  const call = callOf(state, channel);
  // A Local half is asked to hang up by Asterisk itself, also in the middle of a talk, when it is optimised away.
  if (channel === undefined || call === undefined) return;
  const away = event.byDialplan && sentAway(state, channel);
  if (away || (channel.local && event.byDialplan)) channel.requestedAt ??= event.at;
  if (channel.local || away) return;
  if (event.soft) channel.softRequestedAt ??= event.at;
  else phoneAsked(call, channel, event.at);
  for (const leg of openLegs(call)) {
    const side = sideOf(state, call, leg, channel);
    if (event.soft) leg.softRequestedBy ??= side;
    else leg.requestedBy ??= side;
  }
}

function phoneAsked(call: Call, channel: Channel, at: number): void {
  channel.requestedAt ??= at;
  if (channel.id === call.customer) call.customerRequestedAt ??= at;
  if (channel.id === call.initiator) call.initiatorRequestedAt ??= at;
}

/** One of an agent's phones is gone; the leg goes on at another, if there is one that has not been given up as well. */
function otherPhone(state: CallState, leg: Leg): void {
  const goesOn = (other: Channel | undefined) =>
    other?.local === false && (other.dialStatus === null || other.dialStatus === 'ANSWER');
  const phone = leg.channels.map((id) => channelOf(state, id)).findLast(goesOn);
  if (phone === undefined) return;
  leg.uniqueid = phone.id;
  leg.channelName = phone.name;
  if (phone.agent !== null) leg.device = phone.device;
}

/** Nobody outside has answered yet: another line may be tried for the agent who still holds on. */
function mayTryOn(call: Call): boolean {
  return call.direction === 'outbound' && call.answeredAt === null;
}

/** An agent's attempt to call outside was over when the last line was, whatever tone the agent listened to after that. */
function endOf(call: Call, at: number): number {
  return mayTryOn(call) ? (call.customerHungUpAt ?? at) : at;
}

/** A Hangup of a channel that we do not know (gone before the snapshot, or told twice) changes nothing. */
export function hungUp(step: Step, event: { at: number; channel: string; cause: number }): void {
  const { state } = step;
  const channel = channelOf(state, event.channel);
  const call = callOf(state, channel);
  if (channel === undefined || call === undefined) return;
  if (channel.bridge !== null) leaveBridge(step, event.at, channel.id, channel.bridge);
  bypass(state, call, channel);
  const other = channelOf(state, channel.otherHalf);
  if (other !== undefined) other.otherHalf = null;
  callerHungUp(step, call, channel, event.at);
  onlyColleagues(step, event.at, call, channel);
  if (channel.id === call.customer) call.customerHungUpAt = event.at;
  const leg = legOf(state, channel);
  if (leg !== undefined) {
    leg.channels = leg.channels.filter((id) => id !== channel.id);
    // Of several phones of a leg the last one tells how it ended; a Local half tells nothing of its own.
    if (!channel.local || leg.cause === 0) leg.cause = event.cause;
    if (channel.id === leg.uniqueid) otherPhone(state, leg);
  }
  forgetChannel(state, call, channel);
  reckon(step, event.at, call);
  for (const open of openLegs(call)) {
    const over = channel.id === call.customer && open.answeredAt !== null && !open.consultation;
    if (open.channels.length === 0) endLeg(step, endOf(call, event.at), call, open);
    else if (over && open.phase === 'off' && !mayTryOn(call)) endLeg(step, event.at, call, open);
  }
  if (call.channels.length === 0) finishCall(step, event.at, call);
}
