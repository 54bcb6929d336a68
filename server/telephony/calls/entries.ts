import type { EntryOutcome, QueueEntry } from '@ringdesk/shared/interaction';
import type { Call, Channel, Entry, Step } from './state.ts';
import { elapsed, iso, note } from './state.ts';

/** One stay of one caller in one queue, named by (caller's channel, queue, how-many-th join): a blind transfer joins again with the same Uniqueid. */

/** The entry as others see it. */
export function entryOf(entry: Entry): QueueEntry {
  return {
    queue: entry.queue,
    enteredAt: iso(entry.enteredAt),
    leftAt: entry.leftAt === null ? null : iso(entry.leftAt),
    waitMs: entry.leftAt === null || entry.estimated ? null : elapsed(entry.enteredAt, entry.leftAt),
    position: entry.position,
    outcome: entry.outcome,
    agent: entry.agent,
    consultation: entry.consultation,
  };
}

export function openEntry(
  step: Step,
  at: number,
  call: Call,
  facts: { queue: string; channel: string; position: number | null; consultation: boolean },
): Entry {
  const entry: Entry = {
    queue: facts.queue,
    channel: facts.channel,
    position: facts.position,
    consultation: facts.consultation,
    key: step.state.data.nextKey++,
    enteredAt: at,
    leftAt: null,
    outcome: null,
    provisional: false,
    abandonSeen: false,
    agent: null,
    estimated: false,
  };
  call.entries.push(entry);
  stand(step, entry);
  sayJoined(step, at, call, entry);
  return entry;
}

export function sayJoined(step: Step, at: number, call: Call, entry: Entry): void {
  note(call, at, 'queue.joined', { queue: entry.queue });
  step.out.push({ type: 'queue.joined', at: iso(at), callId: call.id, entry: entryOf(entry) });
}

/**
 * Says how the entry ended. A provisional outcome is a guess by what was seen so far; a later fact may correct it, and `queue.left` is said again.
 */
export function leaveEntry(
  step: Step,
  call: Call,
  entry: Entry,
  end: { at: number; outcome: EntryOutcome; provisional?: boolean },
): void {
  const at = entry.leftAt ?? end.at;
  entry.leftAt = at;
  unstand(step, entry);
  const outcome = shortened(step, entry, end.outcome);
  const changed = entry.outcome !== outcome;
  entry.outcome = outcome;
  entry.provisional = end.provisional ?? false;
  if (!changed) return;
  note(call, at, 'queue.left', { queue: entry.queue, outcome });
  step.out.push({ type: 'queue.left', at: iso(at), callId: call.id, entry: entryOf(entry) });
}

function shortened(step: Step, entry: Entry, outcome: EntryOutcome): EntryOutcome {
  if (outcome !== 'abandoned' || entry.leftAt === null) return outcome;
  const short = elapsed(entry.enteredAt, entry.leftAt) <= step.state.options.shortAbandonMs;
  return short ? 'short-abandoned' : 'abandoned';
}

/** The caller's latest stay in this queue. */
export function lastEntry(call: Call, channel: string, queue: string | null): Entry | undefined {
  return call.entries.findLast((e) => e.channel === channel && (queue === null || e.queue === queue));
}

/** The caller's stay that is still going on. */
export function waitingEntry(call: Call, channel: string, queue: string | null): Entry | undefined {
  const entry = lastEntry(call, channel, queue);
  return entry?.leftAt === null ? entry : undefined;
}

/** The line of a queue as it stands: Asterisk tells a position at the join and never again. */
function stand(step: Step, entry: Entry): void {
  const { waiting } = step.state.data;
  const line = waiting.get(entry.queue) ?? [];
  if (line.includes(entry.channel)) return;
  line.splice(entry.position === null ? line.length : Math.max(0, entry.position - 1), 0, entry.channel);
  waiting.set(entry.queue, line);
}

function unstand(step: Step, entry: Entry): void {
  const { waiting } = step.state.data;
  const line = (waiting.get(entry.queue) ?? []).filter((id) => id !== entry.channel);
  if (line.length === 0) waiting.delete(entry.queue);
  else waiting.set(entry.queue, line);
}

/** Another channel takes the caller's place in the line (a transferred second line that waited). */
export function replaceCaller(step: Step, entry: Entry, channel: Channel): void {
  const line = step.state.data.waiting.get(entry.queue) ?? [];
  step.state.data.waiting.set(
    entry.queue,
    line.map((id) => (id === entry.channel ? channel.id : id)),
  );
  entry.channel = channel.id;
}
