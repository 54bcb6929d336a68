import type { LegRef } from '@ringdesk/shared/call-events';
import { callOf, channelOf } from './identity.ts';
import type { Call, CallState, Channel, Leg, Step } from './state.ts';
import { iso, note } from './state.ts';

/**
 * A leg is one ring of one agent's phone, from the offer to the hang-up: offered by a queue (AgentCalled), dialled directly (DialBegin), or the
 * agent's own end of an outgoing call. How long agent and customer talked is counted in talk.ts, how it ended is judged in leg-endings.ts.
 */

export function legOf(state: CallState, channel: Channel | undefined): Leg | undefined {
  if (channel?.leg == null) return undefined;
  return callOf(state, channel)?.legs.find((leg) => leg.key === channel.leg);
}

/** The leg as others see it now. `index` is its place in the interaction's `legs`. */
export function refOf(call: Call, leg: Leg): LegRef {
  return {
    index: call.legs.indexOf(leg),
    agent: leg.agent,
    device: leg.device,
    queue: leg.queue,
    channel: leg.channelName,
    uniqueid: leg.uniqueid,
    consultation: leg.consultation,
  };
}

interface NewLeg {
  agent: string;
  device: string;
  queue: string | null;
  entry: number | null;
  consultation: boolean;
}

/** Begins a leg on a channel. A channel has one leg in its life: a repeated offer changes nothing. */
export function offerLeg(step: Step, at: number, call: Call, channel: Channel, offer: NewLeg): Leg {
  const known = legOf(step.state, channel);
  if (known !== undefined) return known;
  // Written out, not spread: an object of this size that begins with a spread is many times slower to make.
  const leg: Leg = {
    agent: offer.agent,
    device: offer.device,
    queue: offer.queue,
    entry: offer.entry,
    consultation: offer.consultation,
    key: step.state.data.nextKey++,
    channels: [channel.id],
    channelName: channel.name,
    uniqueid: channel.id,
    offeredAt: at,
    answeredAt: null,
    endedAt: null,
    talkMs: 0,
    holdMs: 0,
    phase: 'off',
    phaseAt: at,
    partedAt: null,
    ringEndedAt: null,
    dialAnswered: false,
    declined: false,
    dialStatus: null,
    rangOut: false,
    takenElsewhere: false,
    forwardedFrom: null,
    forwarded: false,
    cause: 0,
    transferred: false,
    requestedBy: null,
    completedBy: null,
    softRequestedBy: null,
    lost: false,
  };
  channel.leg = leg.key;
  call.legs.push(leg);
  say(step, 'leg.offered', at, call, leg);
  return leg;
}

/** The phone that a Local member's channel has dialled: it is the device of the leg, and the channel to act on. */
export function addPhone(call: Call, leg: Leg, phone: Channel): void {
  if (phone.leg !== null || !call.legs.includes(leg)) return;
  phone.leg = leg.key;
  leg.channels.push(phone.id);
  ringsAgain(leg);
  if (!phone.local) leg.device = phone.device;
  leg.channelName = phone.name;
  leg.uniqueid = phone.id;
}

/** A line to the agent's phone outside the house: what it does is the agent's doing, but the device of the leg stays. */
export function addLine(leg: Leg, line: Channel): void {
  if (line.leg !== null) return;
  line.leg = leg.key;
  leg.channels.push(line.id);
  ringsAgain(leg);
}

/** Another phone rings for it: how the ring of the phones before it ended is not how the leg did. */
function ringsAgain(leg: Leg): void {
  if (leg.answeredAt !== null) return;
  leg.dialStatus = null;
  leg.ringEndedAt = null;
}

/** The agent's phone was answered; the first such moment is the interaction's `answeredAt`, unless the call goes outside or the agent is only consulted. */
export function answerLeg(step: Step, at: number, call: Call, leg: Leg): void {
  if (leg.answeredAt !== null || leg.endedAt !== null) return;
  leg.answeredAt = at;
  // Said of a ring (the agent's other phone was busy, or refused): it tells nothing of the talk that begins.
  if (leg.requestedBy === 'agent') leg.requestedBy = null;
  const counts = !leg.consultation || call.customer === null;
  if (counts && call.direction !== 'outbound') call.answeredAt ??= at;
  if (!leg.consultation) takenBy(call, leg.agent);
  say(step, 'leg.answered', at, call, leg);
}

/** The last transfer is for whoever takes the call first: `who` is an agent, or a number outside. */
export function takenBy(call: Call, who: string | null): void {
  const transfer = call.transfers[call.untaken ?? -1];
  call.untaken = null;
  if (transfer === undefined || who === null) return;
  transfer.to = who;
}

/** The agents who have answered and not hung up. */
export function openLegs(call: Call): Leg[] {
  return call.legs.filter((leg) => leg.endedAt === null);
}

export function say(
  step: Step,
  type: 'leg.offered' | 'leg.answered' | 'leg.held' | 'leg.resumed',
  at: number,
  call: Call,
  leg: Leg,
): void {
  const more: Record<string, unknown> = { agent: leg.agent };
  if (leg.queue !== null) more['queue'] = leg.queue;
  if (leg.consultation) more['consultation'] = true;
  note(call, at, type, more);
  step.out.push({ type, at: iso(at), callId: call.id, leg: refOf(call, leg) });
}

/**
 * On which side of an agent's leg a channel is: the agent's, the customer's (in an inside call: that of who dialled; in a consultation: the
 * colleague's who asks), or neither.
 */
export function sideOf(state: CallState, call: Call, leg: Leg, channel: Channel): 'agent' | 'caller' | null {
  if (leg.key === channel.leg) return 'agent';
  if (leg.consultation) return channel.agent === null ? null : 'caller';
  if (call.customer !== null) return channel.id === call.customer ? 'caller' : null;
  // Click-to-call between colleagues: to the one whose phone rang first, the other is who talks with it.
  if (leg.uniqueid === call.initiator) return channel.agent === null ? null : 'caller';
  const dialler = channelOf(state, leg.uniqueid)?.dialledBy;
  return channel.id === call.initiator || channel.id === dialler ? 'caller' : null;
}
