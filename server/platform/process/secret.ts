import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../files/appended.ts';
import { CannotStart } from './cannot-start.ts';

const shortest = 16;

/**
 * The secret that signs session cookies: made once and kept in the data directory, so that a restart logs nobody out. One that a power cut left
 * empty is made anew.
 * @throws CannotStart when the file holds something else, or cannot be read or written
 */
export function sessionSecret(dataDir: string): string {
  const file = join(dataDir, 'session-secret');
  try {
    const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
    if (kept.length >= shortest) return kept;
    if (kept === '') return makeSecret(file);
  } catch (error) {
    const why = String(error).replace(/^Error: /, '');
    throw new CannotStart(`${file} cannot be read or written (${why}).`, { cause: error });
  }
  throw new CannotStart(
    `${file} holds fewer than ${shortest} characters, so sessions could be forged. Remove it: a new one is made, and everybody logs in again.`,
  );
}

/** Under another name first: whoever reads it reads all of it, also after a power cut. */
function makeSecret(file: string): string {
  const secret = randomBytes(32).toString('base64url');
  const fd = openSync(`${file}.new`, 'w', 0o600);
  try {
    writeWhole(fd, Buffer.from(`${secret}\n`));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(`${file}.new`, file);
  return secret;
}
