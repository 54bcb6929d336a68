import { readdirSync } from 'node:fs';
import path from 'node:path';
import { here } from './replay.ts';

/** The scenarios that have an expectation. */
export const expected: string[] = readdirSync(path.join(here, 'expected'))
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.replace(/\.txt$/, ''));

/**
 * The agent was asked to accept and did not, or the caller went meanwhile: one event alone tells it, somebody's wish to hang up. Where that is not heard, the
 * queue's word stands, which is AgentConnect and a talk of no length.
 */
export const unaccepted: ReadonlySet<string> = new Set([
  'queue-confirm-timeout',
  'queue-confirm-refused',
  'queue-confirm-caller-gone',
  'queue-confirm-next',
  'wazo-queue-refused',
]);
