import type { EntryOutcome } from '@ringdesk/shared/interaction';

/**
 * Asterisk's queue_log, read back into queue entries. It is what Asterisk itself wrote of each call, whole seconds, and complete but
 * for a crash; what the AMI stream made of the same calls is proved against it.
 * Format: `time|callid|queue|agent|event|data1|data2|...`, https://docs.asterisk.org/Configuration/Features/Queue-Logs/
 */
export interface QueueLogRow {
  /** Seconds since 1970. */
  time: number;
  /** Uniqueid of the caller's channel; NONE, MANAGER or REALTIME on rows that belong to no call. */
  callId: string;
  queue: string;
  /** Member name as queues.conf has it; NONE where there is no agent. */
  agent: string;
  event: string;
  data: string[];
}

/** One stay of one caller in one queue. Times in whole seconds since 1970. */
export interface QueueLogEntry {
  callId: string;
  queue: string;
  enteredAt: number;
  /** Null while the caller waits, and when the PBX died meanwhile. */
  leftAt: number | null;
  waitSeconds: number | null;
  position: number | null;
  outcome: EntryOutcome | null;
  /** Member name of who answered. */
  agent: string | null;
  talkSeconds: number | null;
  endedBy: 'caller' | 'agent' | 'transfer' | null;
}

/** Reads whole lines; an empty or damaged line (a crash cuts one) is left out. Caller names may hold `|`: they stay in several parts. */
export function readQueueLog(text: string): QueueLogRow[] {
  const rows: QueueLogRow[] = [];
  for (const line of text.split('\n')) {
    const [time = '', callId, queue, agent, event, ...data] = line.split('|');
    if (!/^\d{9,}$/.test(time) || !callId || !queue || !agent || !event) continue;
    rows.push({ time: Number(time), callId, queue, agent, event, data });
  }
  return rows;
}

/** How a caller leaves a queue without an agent, and where the row says for how long it waited; its first position stands before. */
const leavings: Record<string, { outcome: EntryOutcome; waitAt: number }> = {
  ABANDON: { outcome: 'abandoned', waitAt: 2 },
  EXITWITHTIMEOUT: { outcome: 'timeout', waitAt: 2 },
  EXITEMPTY: { outcome: 'empty', waitAt: 2 },
  EXITWITHKEY: { outcome: 'key', waitAt: 3 },
  WITHDRAW: { outcome: 'withdrawn', waitAt: 2 },
};

const talkEnds: Record<string, 'caller' | 'agent' | 'transfer'> = {
  COMPLETECALLER: 'caller',
  COMPLETEAGENT: 'agent',
  BLINDTRANSFER: 'transfer',
  ATTENDEDTRANSFER: 'transfer',
};

interface Progress {
  all: QueueLogEntry[];
  waiting: Set<QueueLogEntry>;
  talking: Set<QueueLogEntry>;
}

/** The entries in the order in which callers joined. Rows of members and of Asterisk's own life are passed over. */
export function queueLogEntries(rows: Iterable<QueueLogRow>): QueueLogEntry[] {
  const progress: Progress = { all: [], waiting: new Set(), talking: new Set() };
  for (const row of rows) {
    if (row.event === 'ENTERQUEUE') join(progress, row);
    else if (row.event === 'CONNECT') connect(progress, row);
    else if (row.event === 'QUEUESTART') restart(progress);
    else if (row.event in leavings) leave(progress, row);
    else if (row.event in talkEnds) complete(progress, row);
  }
  return progress.all;
}

function join({ all, waiting }: Progress, row: QueueLogRow): void {
  const entry = joined(row);
  all.push(entry);
  waiting.add(entry);
}

function connect({ waiting, talking }: Progress, row: QueueLogRow): void {
  const waitSeconds = whole(row.data[0]);
  const entry = open(waiting, row) ?? adopted(waiting, row, { waitSeconds, position: null });
  if (!entry) return;
  waiting.delete(entry);
  talking.add(entry);
  // A transferred second line hands its place to the caller, whose Uniqueid the row has.
  entry.callId = row.callId;
  entry.leftAt = row.time;
  entry.outcome = 'answered';
  entry.agent = row.agent;
  entry.waitSeconds = waitSeconds;
}

function leave({ waiting }: Progress, row: QueueLogRow): void {
  const leaving = leavings[row.event];
  if (!leaving) return;
  const waitSeconds = whole(row.data[leaving.waitAt]);
  const position = whole(row.data[leaving.waitAt - 1]);
  const entry = open(waiting, row) ?? adopted(waiting, row, { waitSeconds, position });
  if (!entry) return;
  waiting.delete(entry);
  // As in CONNECT.
  entry.callId = row.callId;
  entry.leftAt = row.time;
  entry.outcome = leaving.outcome;
  entry.waitSeconds = waitSeconds;
}

function complete({ talking }: Progress, row: QueueLogRow): void {
  const entry = open(talking, row) ?? transferredAway(talking, row);
  const endedBy = talkEnds[row.event];
  if (!entry || !endedBy) return;
  talking.delete(entry);
  entry.endedBy = endedBy;
  // ...|hold time|talk time|original position, whatever stands before.
  entry.talkSeconds = whole(row.data.at(-2));
}

/** Asterisk began anew: whoever still waited was lost with the old process, and nothing says when. */
function restart({ waiting, talking }: Progress): void {
  for (const entry of waiting) entry.outcome = 'unknown';
  waiting.clear();
  talking.clear();
}

function joined(row: QueueLogRow): QueueLogEntry {
  return {
    callId: row.callId,
    queue: row.queue,
    enteredAt: row.time,
    leftAt: null,
    waitSeconds: null,
    position: whole(row.data[2]),
    outcome: null,
    agent: null,
    talkSeconds: null,
    endedBy: null,
  };
}

function open(entries: Set<QueueLogEntry>, row: QueueLogRow): QueueLogEntry | undefined {
  for (const entry of entries) if (entry.callId === row.callId && entry.queue === row.queue) return entry;
  return undefined;
}

/**
 * An agent's second line that waits in a queue and is transferred: the entry goes on under the customer's Uniqueid, without a row that
 * says so. It is the one that has waited as long as the row says, and joined at the position that it says (CONNECT says none).
 */
function adopted(
  waiting: Set<QueueLogEntry>,
  row: QueueLogRow,
  { waitSeconds, position }: { waitSeconds: number | null; position: number | null },
): QueueLogEntry | undefined {
  const since = row.time - (waitSeconds ?? 0);
  for (const entry of waiting) {
    const fits = position === null || entry.position === position;
    if (entry.queue === row.queue && fits && Math.abs(entry.enteredAt - since) <= 1) return entry;
  }
  return undefined;
}

/** The row of an attended transfer may go by the agent's second line: then queue, agent, hold time and first position tell whose it is. */
function transferredAway(talking: Set<QueueLogEntry>, row: QueueLogRow): QueueLogEntry | undefined {
  if (row.event !== 'ATTENDEDTRANSFER') return undefined;
  const waitSeconds = whole(row.data.at(-3));
  const position = whole(row.data.at(-1));
  for (const entry of talking) {
    const same = entry.queue === row.queue && entry.agent === row.agent;
    if (same && entry.waitSeconds === waitSeconds && entry.position === position) return entry;
  }
  return undefined;
}

function whole(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}
