import { readdirSync } from 'node:fs';
import path from 'node:path';
import { here } from './replay.ts';

/** The scenarios that have an expectation. */
export const expected: string[] = readdirSync(path.join(here, 'expected'))
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.replace(/\.txt$/, ''));
