import type { EntryOutcome } from '@ringdesk/shared/interaction';
import { lastEntry, leaveEntry, openEntry, waitingEntry } from './entries.ts';
import type { Offer, PbxEvent } from './events.ts';
import { callOf, channelOf, join } from './identity.ts';
import { answerLeg, isConsulting, legOf, offerLeg } from './legs.ts';
import { agentOf, isInside, memberAgent } from './party.ts';
import type { Call, CallState, Channel, Entry, Leg, Step } from './state.ts';
import { connected, reckon } from './talk.ts';

/** A caller's life in a queue: joined, offered to agents, connected or gone (calls.md, "Queue calls"). */

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
    consultation: isConsulting(step.state, channel, isInsideCaller(step.state, channel)),
  });
}

function nameQueueOfTransfer(call: Call, queue: string): void {
  const transfer = call.transfers[call.openTransfer ?? -1];
  call.openTransfer = null;
  if (transfer !== undefined) Object.assign(transfer, { to: null, toQueue: queue });
}

/** A Local channel speaks for an inside caller when its number is an extension, or an agent (and no customer) is at its other end. */
export function isInsideCaller(state: CallState, channel: Channel): boolean {
  if (channel.agent !== null) return true;
  if (!channel.local) return false;
  if (channel.number !== null) return isInside(state, channel.number);
  const group = [...connected(state, channel.id)].map((id) => channelOf(state, id));
  const customer = callOf(state, channel)?.customer;
  return group.some((c) => c?.agent != null) && !group.some((c) => c?.id === customer);
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
  if (answering(call, entry)) {
    // AgentConnect follows within a millisecond and says who.
    entry.leftAt = event.at;
    return;
  }
  leaveEntry(step, call, entry, { at: event.at, ...guess(channel, entry) });
}

function answering(call: Call, entry: Entry): boolean {
  return call.legs.some((leg) => leg.entry === entry.key && (leg.dialAnswered || leg.takenElsewhere));
}

/** Why a caller left without an agent, by what is known at that moment. */
function guess(channel: Channel, entry: Entry): { outcome: EntryOutcome; provisional: boolean } {
  const hungUp = channel.requestedAt !== null || channel.softRequestedAt !== null;
  if (entry.abandonSeen) {
    return hungUp ? { outcome: 'abandoned', provisional: false } : { outcome: 'timeout', provisional: true };
  }
  const pressed = channel.digitAt !== null && channel.digitAt >= entry.enteredAt;
  return { outcome: pressed ? 'key' : 'unknown', provisional: true };
}

/** QUEUESTATUS of Queue() in words of ours; it is empty for a caller who hung up. */
const byStatus: Readonly<Record<string, EntryOutcome>> = {
  TIMEOUT: 'timeout',
  FULL: 'full',
  JOINEMPTY: 'empty',
  LEAVEEMPTY: 'empty',
  JOINUNAVAIL: 'empty',
  LEAVEUNAVAIL: 'empty',
  WITHDRAW: 'withdrawn',
};
const neverJoined = /^(FULL|JOINEMPTY|JOINUNAVAIL)$/;

/** The dialplan's own word on how the stay ended: it settles every guess. A caller whom the queue did not take gets an entry of no length. */
export function queueResult(step: Step, event: Of<'QueueResult'>): void {
  step.state.data.hasQueueResults = true;
  const channel = channelOf(step.state, event.channel);
  const call = callOf(step.state, channel);
  if (channel === undefined || call === undefined) return;
  // ABANDONED is TRUE for every caller whom no agent answered: it means something only where there is no status.
  const outcome = byStatus[event.status] ?? (event.abandoned ? 'abandoned' : undefined);
  if (outcome === undefined) return;
  let entry = lastEntry(call, channel.id, event.queue);
  if (neverJoined.test(event.status) && event.queue !== null && isOver(entry)) {
    if (entry?.outcome === outcome && entry.leftAt === event.at) return;
    entry = openEntry(step, event.at, call, {
      queue: event.queue,
      channel: channel.id,
      position: null,
      consultation: isConsulting(step.state, channel, isInsideCaller(step.state, channel)),
    });
  }
  if (entry === undefined || isOver(entry)) return;
  // A caller who left by a key has no status either, and was not answered; but the queue gave no caller up.
  if (outcome === 'abandoned' && !entry.abandonSeen) return;
  leaveEntry(step, call, entry, { at: event.at, outcome });
}

function isOver(entry: Entry | undefined): boolean {
  return entry === undefined || (entry.outcome !== null && !entry.provisional);
}

/**
 * The caller is alive after leaving the queue. If the dialplan reports each result and did not report this one, the call was taken out of Queue()
 * from outside (AMI Redirect).
 */
export function movedOn(step: Step, call: Call, channel: Channel, at: number): void {
  channel.aliveAt = at;
  const entry = lastEntry(call, channel.id, null);
  if (entry?.outcome !== 'timeout' || !entry.provisional || !step.state.data.hasQueueResults) return;
  leaveEntry(step, call, entry, { at, outcome: 'redirected' });
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
  const entry = waitingEntry(call, caller.id, event.queue) ?? lastEntry(call, caller.id, event.queue);
  // Pickup: the queue names the member that rang, the phone is who took it. Credit the phone.
  const device = phone.agent === null ? event.device : phone.device;
  return offerLeg(step, event.at, call, phone, {
    agent: agentOf(state, device) ?? memberAgent(state, event.device),
    device,
    queue: event.queue,
    entry: entry?.key ?? null,
    consultation: entry?.consultation ?? false,
  });
}

export function agentConnected(step: Step, event: Of<'AgentConnect'>): void {
  const { state } = step;
  const leg = offered(step, event, event.channel, event.dest);
  const call = callOf(state, channelOf(state, event.channel));
  if (leg === undefined || call === undefined || leg.endedAt !== null) return;
  const entry =
    call.entries.find((candidate) => candidate.key === leg.entry) ?? missedJoin(step, call, event);
  leg.entry = entry.key;
  leg.consultation = entry.consultation;
  for (const other of call.legs) {
    if (other.entry === entry.key && other !== leg && other.endedAt === null) other.takenElsewhere = true;
  }
  entry.agent = leg.agent;
  leaveEntry(step, call, entry, { at: event.at, outcome: 'answered' });
  answerLeg(step, event.at, call, leg);
  reckon(step, event.at, call);
}

/** We came in the middle: the queue says in whole seconds how long the caller waited. */
function missedJoin(step: Step, call: Call, event: Of<'AgentConnect'>): Entry {
  call.estimated = true;
  const entry = openEntry(step, event.at - event.holdMs, call, {
    queue: event.queue,
    channel: event.channel,
    position: null,
    consultation: false,
  });
  entry.estimated = true;
  return entry;
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
  const leg = completedLeg(step.state, event);
  if (leg === undefined || leg.completedBy !== null) return;
  if (event.reason === 'caller' || event.reason === 'agent') leg.completedBy = event.reason;
  if (event.reason === 'transfer') leg.transferred = true;
}

function completedLeg(state: CallState, event: Of<'AgentComplete'>): Leg | undefined {
  const direct = legOf(state, channelOf(state, event.dest));
  if (direct !== undefined) return direct;
  const fits = (leg: Leg) => leg.queue === event.queue && leg.answeredAt !== null;
  const call = callOf(state, channelOf(state, event.channel));
  const agent = memberAgent(state, event.device);
  if (call !== undefined) {
    return call.legs.findLast((leg) => fits(leg) && leg.agent === agent) ?? call.legs.findLast(fits);
  }
  if (event.channel !== null) return undefined;
  for (const id of state.data.phones.get(event.device) ?? []) {
    const leg = legOf(state, channelOf(state, id));
    if (leg !== undefined && fits(leg)) return leg;
  }
  return undefined;
}

/** The caller asked to be called back instead of waiting on. */
export function callbackRequested(step: Step, event: Of<'CallbackRequest'>): void {
  const channel = channelOf(step.state, event.channel);
  const call = callOf(step.state, channel);
  if (channel === undefined || call === undefined) return;
  call.callbackRequested = true;
  const entry = lastEntry(call, channel.id, event.queue);
  if (entry !== undefined && entry.outcome !== 'answered' && (entry.leftAt === null || entry.provisional)) {
    leaveEntry(step, call, entry, { at: event.at, outcome: 'callback' });
  }
}

/** The caller's channel is gone: whatever the queue has not told by now is judged by how the caller went. */
export function callerHungUp(step: Step, call: Call, channel: Channel, at: number): void {
  for (const entry of call.entries) {
    if (entry.channel !== channel.id) continue;
    if (entry.outcome === null) {
      // One that left for an agent who never came on the line was not abandoned; and Abandon alone may be a time limit.
      const asked = channel.requestedAt !== null || (entry.abandonSeen && !call.estimated);
      const gaveUp = entry.leftAt === null && asked;
      leaveEntry(step, call, entry, { at, outcome: gaveUp ? 'abandoned' : 'unknown' });
    } else if (entry.provisional) settleGuess(step, call, channel, entry, at);
  }
}

/**
 * A wait that ended with Abandon, and the channel with it at once, is a caller cut off while waiting (`channel request hangup` asks no phone); one
 * that lived on had its time limit.
 */
function settleGuess(step: Step, call: Call, channel: Channel, entry: Entry, at: number): void {
  const leftAt = entry.leftAt ?? at;
  const livedOn = (channel.aliveAt !== null && channel.aliveAt >= leftAt) || at - leftAt > 1000;
  // What settles the guess may have been in a gap.
  if (call.estimated) leaveEntry(step, call, entry, { at, outcome: 'unknown' });
  else if (entry.outcome === 'timeout' && entry.abandonSeen && !livedOn) {
    leaveEntry(step, call, entry, { at, outcome: 'abandoned' });
  }
  entry.provisional = false;
}
