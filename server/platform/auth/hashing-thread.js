// @ts-check
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { hashSync, verifySync } from '@node-rs/argon2';

/** @typedef {{ id: number, password: string, against: string | null }} Asked */

/** The calls go first; and on a machine that others keep busy somebody can still log in. */
const niceness = 5;
// On Linux a priority is a thread's own (https://man7.org/linux/man-pages/man2/setpriority.2.html).
if (process.platform === 'linux') setPriority(0, niceness);

parentPort?.on('message', (/** @type {Asked} */ { id, password, against }) => {
  try {
    const answer = against === null ? hashSync(password) : verifySync(against, password);
    parentPort?.postMessage({ id, answer });
  } catch (error) {
    parentPort?.postMessage({ id, failure: String(error) });
  }
});
