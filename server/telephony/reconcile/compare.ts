import type { EntryOutcome, QueueEntry } from '@ringdesk/shared/interaction';
import type { QueueLogEntry } from './queue-log.ts';

/** A queue entry as an interaction has it, with the interaction's id. */
export interface LiveEntry {
  callId: string;
  entry: QueueEntry;
  /** The members whose phones rang for this stay and did not take the call; given where the one who took it is no member of the queue. */
  rangInstead?: readonly string[];
}

/** One entry that is not the same on both sides. `ours` or `theirs` is null where a side knows nothing of it. */
export interface Mismatch {
  /** What differs: `missing`, `extra`, or names of fields. */
  what: string[];
  ours: LiveEntry | null;
  theirs: QueueLogEntry | null;
}

export interface Comparison {
  /** Entries that queue_log has. */
  entries: number;
  mismatches: Mismatch[];
}

/**
 * Compares live entries with queue_log's, entry by entry.
 * @param agentOf the agent's number for a member name; the name itself where it is unknown
 */
export function compareEntries(
  live: LiveEntry[],
  log: QueueLogEntry[],
  agentOf: (memberName: string) => string,
): Comparison {
  const mismatches: Mismatch[] = [];
  const left = new Set(live);
  const unpaired: QueueLogEntry[] = [];
  const judge = (ours: LiveEntry, theirs: QueueLogEntry) => {
    left.delete(ours);
    const what = differences(ours, theirs, agentOf);
    if (what.length > 0) mismatches.push({ what, ours, theirs });
  };
  // An entry is the n-th join of one channel to one queue. Consultations and adopted lines go by a channel that the interaction is
  // not named after: those are paired by queue and time, once all others have found each other.
  for (const theirs of log) {
    const ours = [...left].find(({ callId, entry }) => callId === theirs.callId && near(entry, theirs));
    if (ours) judge(ours, theirs);
    else unpaired.push(theirs);
  }
  for (const theirs of unpaired) {
    const candidates = [...left].filter(({ entry }) => near(entry, theirs));
    const ours =
      candidates.find((candidate) => differences(candidate, theirs, agentOf).length === 0) ??
      candidates.find(({ callId }) => callId === theirs.callId) ??
      candidates[0];
    if (ours) judge(ours, theirs);
    else mismatches.push({ what: ['missing'], ours: null, theirs });
  }
  for (const ours of left) mismatches.push({ what: ['extra'], ours, theirs: null });
  return { entries: log.length, mismatches };
}

function near(ours: QueueEntry, theirs: QueueLogEntry): boolean {
  return ours.queue === theirs.queue && sameSecond(ours.enteredAt, theirs.enteredAt);
}

/** queue_log cannot tell a short wait from a long one, nor a callback from any other key. */
const asLogged: Partial<Record<EntryOutcome, EntryOutcome>> = {
  'short-abandoned': 'abandoned',
  callback: 'key',
};

/**
 * queue_log says CONNECT, and no talk, also of a member who was asked to accept the call and did not, or to whom the caller was gone meanwhile. We say
 * what became of the caller.
 */
function neverAccepted(ours: QueueEntry, theirs: QueueLogEntry): boolean {
  if (theirs.outcome !== 'answered') return false;
  // Its talk may be that of whoever took the call later: it is written when the caller's channel is gone.
  return ours.outcome === 'refused' || (/abandoned$/.test(ours.outcome ?? '') && theirs.talkSeconds === 0);
}

/**
 * queue_log can name members only: a call that a member's phone sent on, or that was picked up, stands under the member that rang. We credit who took it; it
 * is the same stay where that one is no member, and the member named there did ring and did not answer.
 */
function sameAgent({ entry, rangInstead = [] }: LiveEntry, agent: string | null): boolean {
  return entry.agent === agent || (agent !== null && rangInstead.includes(agent));
}

function differences(
  live: LiveEntry,
  theirs: QueueLogEntry,
  agentOf: (memberName: string) => string,
): string[] {
  const ours = live.entry;
  const own = [
    sameSecond(ours.enteredAt, theirs.enteredAt) ? '' : 'enteredAt',
    ours.position === theirs.position ? '' : 'position',
  ];
  if (neverAccepted(ours, theirs)) return own.filter((name) => name !== '');
  const outcome = ours.outcome === null ? null : (asLogged[ours.outcome] ?? ours.outcome);
  const agent = theirs.agent === null ? null : agentOf(theirs.agent);
  return [
    ...own,
    sameSecond(ours.leftAt, theirs.leftAt) ? '' : 'leftAt',
    sameWait(ours.waitMs, theirs.waitSeconds) ? '' : 'waitMs',
    outcome === theirs.outcome ? '' : 'outcome',
    sameAgent(live, agent) ? '' : 'agent',
  ].filter((name) => name !== '');
}

/** The log's line is written a moment before or after the event, perhaps in the next second. */
function sameSecond(ours: string | null, theirs: number | null): boolean {
  if (ours === null || theirs === null) return ours === theirs;
  return Math.abs(Math.floor(Date.parse(ours) / 1000) - theirs) <= 1;
}

/**
 * The log's wait is the difference of two whole seconds: less than one second off. And it counts from a moment before the caller has joined the line (app_queue's
 * `start`), which may have to wait for the queue's lock on a busy PBX.
 */
function sameWait(oursMs: number | null, theirSeconds: number | null): boolean {
  if (oursMs === null || theirSeconds === null) return oursMs === theirSeconds;
  return Math.abs(oursMs - theirSeconds * 1000) < 1500;
}
