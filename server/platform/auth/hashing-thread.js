// @ts-check
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { hashSync, verifySync } from '@node-rs/argon2';

/** @typedef {{ id: number, password: string, against: string | null }} Asked */

// On Linux a priority is a thread's own (https://man7.org/linux/man-pages/man2/setpriority.2.html): the calls in the main thread go first.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_LOW);

parentPort?.on('message', (/** @type {Asked} */ { id, password, against }) => {
  try {
    const answer = against === null ? hashSync(password) : verifySync(against, password);
    parentPort?.postMessage({ id, answer });
  } catch (error) {
    parentPort?.postMessage({ id, failure: String(error) });
  }
});
