import { isSettled, settleUnaccepted, waitedOn } from './confirmation.ts';
import { isConsulting } from './consultation.ts';
import { lastEntry, leaveEntry, openEntry, waitingEntry } from './entries.ts';
import type { Offer, PbxEvent } from './events.ts';
import { callOf, channelOf, join } from './identity.ts';
import { belongsTo } from './learn-phones.ts';
import { answerLeg, legOf, offerLeg, openLegs, say } from './legs.ts';
import { recordPickup } from './pickup.ts';
import { guess, movedOn } from './queue-exits.ts';
import type { Call, CallState, Channel, Entry, Leg, Step } from './state.ts';
import { elapsed, iso } from './state.ts';
import { reckon } from './talk.ts';
import { agentOf, memberAgent } from './whose-phone.ts';

/** A caller's life in a queue: joined, offered to agents, connected or gone. */

type Of<T extends PbxEvent['type']> = Extract<PbxEvent, { type: T }>;

export function callerJoined(step: Step, event: Of<'QueueCallerJoin'>): void {
  const channel = channelOf(step.state, event.channel);
  const call = callOf(step.state, channel);
  if (channel === undefined || call === undefined) return;
  const known = waitingEntry(call, channel.id, event.queue);
  if (known !== undefined) {
    // Said again, or the exact time of one that a snapshot knew in whole seconds.
    if (known.estimated) Object.assign(known, { enteredAt: event.at, estimated: false });
    return;
  }
  if (call.openTransfer !== null) nameQueueOfTransfer(call, event.queue);
  movedOn(step, call, channel, event.at);
  openEntry(step, event.at, call, {
    queue: event.queue,
    channel: channel.id,
    position: event.position,
    consultation: isConsulting(step.state, channel),
  });
}

function nameQueueOfTransfer(call: Call, queue: string): void {
  const transfer = call.transfers[call.openTransfer ?? -1];
  call.openTransfer = null;
  call.untaken = null;
  if (transfer !== undefined) Object.assign(transfer, { to: null, toQueue: queue });
}

/**
 * Also sent when the queue's time limit ends the wait, so it decides nothing alone. Before a real one Asterisk has said that the caller's phone
 * asked to hang up.
 */
export function callerAbandoned(step: Step, event: Of<'QueueCallerAbandon'>): void {
  const call = callOf(step.state, channelOf(step.state, event.channel));
  const entry = call && waitingEntry(call, event.channel, event.queue);
  if (entry !== undefined) entry.abandonSeen = true;
}

export function callerLeft(step: Step, event: Of<'QueueCallerLeave'>): void {
  const channel = channelOf(step.state, event.channel);
  const call = callOf(step.state, channel);
  const entry = call && waitingEntry(call, event.channel, event.queue);
  if (channel === undefined || call === undefined || entry === undefined) return;
  // A phone may be answered and the caller give up all the same, while the agent hears the queue's announcement.
  if (!entry.abandonSeen && answering(call, entry, event.at)) {
    // AgentConnect follows within a millisecond and says who.
    entry.leftAt = event.at;
    return;
  }
  leaveEntry(step, call, entry, { at: event.at, ...guess(channel, entry) });
}

/** An agent is on the line, or was a moment ago: one who hung up during the announcement leaves the caller waiting. */
function answering(call: Call, entry: Entry, at: number): boolean {
  return call.legs.some(
    (leg) =>
      leg.entry === entry.key &&
      (leg.dialAnswered || leg.takenElsewhere) &&
      (leg.endedAt === null || elapsed(leg.endedAt, at) < 1000),
  );
}

export function agentCalled(step: Step, event: Of<'AgentCalled'>): void {
  offered(step, event, event.channel, event.dest);
}

function offered(step: Step, event: Offer & { at: number }, from: string, to: string): Leg | undefined {
  const { state } = step;
  const caller = channelOf(state, from);
  const phone = channelOf(state, to);
  const call = join(step, event.at, caller, phone);
  if (caller === undefined || phone === undefined || call === undefined) return undefined;
  phone.dialledBy ??= caller.id;
  const entry = stayOf(call, caller, event) ?? unheardJoin(step, call, caller, event);
  if (phone.device === event.device && phone.agent === null)
    belongsTo(state, phone, memberAgent(state, event.device));
  // Pickup: the queue names the member that rang, the phone is who took it. Credit the phone.
  const device = phone.agent === null ? event.device : phone.device;
  const offer = {
    agent: agentOf(state, device) ?? memberAgent(state, event.device),
    device,
    queue: event.queue,
    entry: entry.key,
    consultation: entry.consultation,
  };
  const early = phone.leg === null ? rungBefore(state, call, phone) : unasked(legOf(state, phone));
  if (early === undefined) return offerLeg(step, event.at, call, phone, offer);
  const { agent, queue, consultation } = offer;
  Object.assign(early, { agent, queue, entry: offer.entry, consultation });
  if (phone.leg !== early.key) {
    phone.leg = early.key;
    early.channels.push(phone.id);
  }
  say(step, 'leg.offered', event.at, call, early);
  return early;
}

/** The stay for which the queue rings: it goes on, or waits for its AgentConnect, or ended a moment ago, or its end is a guess. An older one is not meant. */
function stayOf(call: Call, caller: Channel, { queue, at }: Offer & { at: number }): Entry | undefined {
  const last = lastEntry(call, caller.id, queue);
  const open = last?.leftAt == null || last.outcome === null || last.provisional;
  const recent = open || elapsed(last.leftAt ?? at, at) < 1000;
  return recent ? last : undefined;
}

/** We came in the middle, or the join was lost: whom a queue offers to its agents stands in it. Since when, AgentConnect will tell. */
function unheardJoin(step: Step, call: Call, caller: Channel, { queue, at }: Offer & { at: number }): Entry {
  call.estimated = true;
  const entry = openEntry(step, at, call, {
    queue,
    channel: caller.id,
    position: null,
    consultation: isConsulting(step.state, caller),
  });
  entry.estimated = true;
  return entry;
}

/**
 * A queue that rings several Local members at once may be overtaken: the phone behind one rings before the queue has said that it was
 * called. It is the same ring.
 */
function rungBefore(state: CallState, call: Call, half: Channel): Leg | undefined {
  if (half.otherHalf === null) return undefined;
  return openLegs(call).find(
    (leg) =>
      unasked(leg)?.answeredAt === null && channelOf(state, leg.uniqueid)?.dialledBy === half.otherHalf,
  );
}

/** A ring of which no queue has spoken so far. */
function unasked(leg: Leg | undefined): Leg | undefined {
  return leg?.queue === null && leg.endedAt === null ? leg : undefined;
}

export function agentConnected(step: Step, event: Of<'AgentConnect'>): void {
  const { state } = step;
  const known = callOf(state, channelOf(state, event.channel));
  if (known !== undefined && isSettled(known, legOf(state, channelOf(state, event.dest)))) return;
  const phone = channelOf(state, event.dest);
  // It called by itself: a colleague took the place of the one that rang (INVITE with Replaces), and nothing else says so.
  const picksUp = phone !== undefined && phone.dialledBy === null && callOf(state, phone) !== known;
  const leg = offered(step, event, event.channel, event.dest);
  const call = callOf(state, channelOf(state, event.channel));
  if (leg === undefined || call === undefined || leg.endedAt !== null) return;
  const entry = call.entries.find((candidate) => candidate.key === leg.entry);
  if (entry === undefined) return;
  if (entry.estimated && entry.position === null) enteredBefore(call, entry, event.at - event.holdMs);
  leg.consultation = entry.consultation;
  const caller = channelOf(state, event.channel);
  const member = channelOf(state, event.dest);
  if (caller !== undefined && settleUnaccepted(step, event.at, call, entry, { leg, caller, member })) return;
  for (const other of call.legs) {
    if (other.entry === entry.key && other !== leg && other.endedAt === null) other.takenElsewhere = true;
  }
  entry.agent = leg.agent;
  if (waitedOn(entry, event.at, event.holdMs)) entry.leftAt = null;
  leaveEntry(step, call, entry, { at: event.at, outcome: 'answered' });
  answerLeg(step, event.at, call, leg);
  if (picksUp) recordPickup(step, event.at, call, leg.agent);
  reckon(step, event.at, call);
}

/** The queue says in whole seconds how long the caller waited, and nobody waits in a call that has not begun. */
function enteredBefore(call: Call, entry: Entry, at: number): void {
  entry.enteredAt = Math.min(entry.enteredAt, at);
  if (entry.enteredAt >= call.startedAt) return;
  call.startedAt = entry.enteredAt;
  const begun = call.timeline.find(({ what }) => what === 'call.started');
  if (begun !== undefined) begun.at = iso(call.startedAt);
}

/** The queue gave up on this phone: it rang out, or was busy or refused (its own Hangup tells, by the cause). */
export function agentRangOut(step: Step, event: Of<'AgentRingNoAnswer'>): void {
  const leg = legOf(step.state, channelOf(step.state, event.dest));
  if (leg === undefined || leg.answeredAt !== null) return;
  leg.rangOut = true;
  leg.ringEndedAt ??= event.at;
}

/** A hint about who ended the talk, no more: one in a hundred lacks either channel, and the agent may talk on. */
export function agentCompleted(step: Step, event: Of<'AgentComplete'>): void {
  const found = completedLeg(step.state, event);
  if (found === null || found.leg.completedBy !== null) return;
  const { call, leg } = found;
  // To the queue a consultation is over when it becomes a transfer; but the customer talks on.
  const entry = call.entries.find((candidate) => candidate.key === leg.entry);
  if (entry?.consultation === true && !leg.consultation) return;
  // Said when the caller is gone at last: long after the talk it means that the caller was taken elsewhere (parked, or redirected by a program).
  if (leg.endedAt !== null && elapsed(leg.endedAt, event.at) > 1000) leg.transferred = true;
  if (event.reason === 'caller' || event.reason === 'agent') leg.completedBy = event.reason;
  if (event.reason === 'transfer') leg.transferred = true;
}

function completedLeg(state: CallState, event: Of<'AgentComplete'>): { call: Call; leg: Leg } | null {
  const phone = channelOf(state, event.dest) ?? phoneInQueue(state, event);
  const call = callOf(state, channelOf(state, event.channel)) ?? callOf(state, phone);
  if (call === undefined) return null;
  const direct = legOf(state, phone);
  const fits = (leg: Leg) => leg.queue === event.queue && leg.answeredAt !== null;
  const agent = memberAgent(state, event.device);
  const leg = direct ?? call.legs.findLast((l) => fits(l) && l.agent === agent) ?? call.legs.findLast(fits);
  return leg === undefined ? null : { call, leg };
}

/** With neither channel named: a live channel of the member's phone that talks for this queue. */
function phoneInQueue(state: CallState, event: Of<'AgentComplete'>): Channel | undefined {
  if (event.channel !== null || event.dest !== null) return undefined;
  const lines = state.data.phones.get(event.device) ?? [];
  return lines.map((id) => channelOf(state, id)).find((line) => legOf(state, line)?.queue === event.queue);
}
