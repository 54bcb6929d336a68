import type { EntryOutcome } from '@ringdesk/shared/interaction';
import { leaveRefused, wasRefused } from './confirmation.ts';
import { isConsulting } from './consultation.ts';
import { lastEntry, leaveEntry, openEntry } from './entries.ts';
import type { PbxEvent } from './events.ts';
import { callOf, channelOf } from './identity.ts';
import type { Call, Channel, Entry, Step } from './state.ts';
import { signsMayBeLost } from './state.ts';

/**
 * Why a caller left a queue without an agent. AMI does not say: QueueCallerAbandon is sent for a time limit as well. So it is guessed at once from
 * what was seen, and the dialplan's QueueResult, a callback or the caller's further life correct the guess.
 */

type Of<T extends PbxEvent['type']> = Extract<PbxEvent, { type: T }>;

/** Why a caller left without an agent, by what is known at that moment. */
export function guess(channel: Channel, entry: Entry): { outcome: EntryOutcome; provisional: boolean } {
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
  const { resultQueues } = step.state.data;
  if (event.queue !== null && !resultQueues.includes(event.queue)) resultQueues.push(event.queue);
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
      consultation: isConsulting(step.state, channel),
    });
  }
  if (entry === undefined || (isOver(entry) && !(gaveUp(entry) && event.status in byStatus))) return;
  // A caller who left by a key has no status either, and was not answered; but the queue gave no caller up.
  if (outcome === 'abandoned' && !entry.abandonSeen) return;
  leaveEntry(step, call, entry, { at: event.at, outcome });
}

/** The caller's hang-up was seen first, but it may have come in the moment in which the queue itself let the caller go. */
function gaveUp(entry: Entry): boolean {
  return entry.outcome === 'abandoned' || entry.outcome === 'short-abandoned';
}

function isOver(entry: Entry | undefined): boolean {
  return entry === undefined || (entry.outcome !== null && !entry.provisional);
}

/**
 * The caller is alive after leaving the queue. If the dialplan reports each result of this queue and did not report this one, the call was taken
 * out of Queue() from outside (AMI Redirect).
 */
export function movedOn(step: Step, call: Call, channel: Channel, at: number): void {
  channel.aliveAt = at;
  const entry = lastEntry(call, channel.id, null);
  if (entry?.outcome !== 'timeout' || !entry.provisional) return;
  if (!step.state.data.resultQueues.includes(entry.queue)) return;
  leaveEntry(step, call, entry, { at, outcome: 'redirected' });
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
    if (entry.outcome === null && wasRefused(call, entry, at)) leaveRefused(step, call, entry, at);
    else if (entry.outcome === null) {
      // One that left for an agent who never came on the line was not abandoned; and Abandon alone may be a time limit.
      const asked = channel.requestedAt !== null || (entry.abandonSeen && !signsMayBeLost(call, at));
      const gaveUp = entry.leftAt === null && asked;
      entry.estimated ||= call.estimated && entry.leftAt !== null;
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
  if (signsMayBeLost(call, leftAt)) leaveEntry(step, call, entry, { at, outcome: 'unknown' });
  else if (entry.outcome === 'timeout' && entry.abandonSeen && !livedOn) {
    leaveEntry(step, call, entry, { at, outcome: 'abandoned' });
  }
  entry.provisional = false;
}
