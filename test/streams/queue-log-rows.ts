import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { EntryOutcome } from '@ringdesk/shared/interaction';
import { here } from './replay.ts';

/** What Asterisk's own queue_log says of a recorded stream: an independent witness. */
export interface LoggedEntry {
  queue: string;
  /** Whole seconds since 1970. */
  entered: number;
  left: number | null;
  outcome: EntryOutcome | null;
  /** The member's name, as queues.conf has it. */
  member: string | null;
  waitSeconds: number | null;
}

const ends: Readonly<Record<string, EntryOutcome>> = {
  CONNECT: 'answered',
  ABANDON: 'abandoned',
  EXITWITHTIMEOUT: 'timeout',
  EXITWITHKEY: 'key',
  EXITEMPTY: 'empty',
  WITHDRAW: 'withdrawn',
};

export function loggedEntries(scenario: string): LoggedEntry[] {
  const rows = readFileSync(path.join(here, 'recorded', `${scenario}.queue_log`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('|'));
  const entries: (LoggedEntry & { caller: string })[] = [];
  for (const [time, caller = '', queue = '', member = '', event = '', ...data] of rows) {
    const at = Number(time);
    if (event === 'ENTERQUEUE') {
      entries.push({
        caller,
        queue,
        entered: at,
        left: null,
        outcome: null,
        member: null,
        waitSeconds: null,
      });
    }
    const outcome = ends[event];
    if (outcome === undefined) continue;
    // A transferred second line changes the caller in mid-wait: then only the queue fits.
    const open = entries.filter((entry) => entry.left === null && entry.queue === queue);
    const entry = open.find((candidate) => candidate.caller === caller) ?? open[0];
    if (entry === undefined) continue;
    entry.left = at;
    entry.outcome = outcome;
    entry.member = outcome === 'answered' ? member : null;
    // CONNECT begins with the wait, the others have it last (EXITWITHKEY after the key).
    entry.waitSeconds = Number(outcome === 'answered' ? data[0] : data.at(-1));
  }
  return entries.map(({ caller: _, ...entry }) => entry);
}
