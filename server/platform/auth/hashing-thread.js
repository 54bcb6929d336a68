// @ts-check
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { hashSync, verifySync } from '@node-rs/argon2';

/**
 * @typedef {{ id: number, password: string, against: string | null }} HashAsked
 * @typedef {{ id: number, texts: string[], own: string[], words: string[] }} GuessesAsked
 */

/** The calls go first; and on a machine that others keep busy somebody can still log in. */
const niceness = 5;
// On Linux a priority is a thread's own (https://man7.org/linux/man-pages/man2/setpriority.2.html).
if (process.platform === 'linux') setPriority(0, niceness);

/** @type {Promise<import('@zxcvbn-ts/core').ZxcvbnFactory> | null} */
let estimator = null;

/**
 * Loaded when the first password is set: its lists take some megabytes that most runs of the server never need.
 * @param {string[]} words
 */
function loadEstimator(words) {
  estimator ??= Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]).then(
    ([{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }]) =>
      new ZxcvbnFactory({ dictionary: { ...dictionary, here: words }, graphs: adjacencyGraphs }),
  );
  return estimator;
}

/** @param {HashAsked | GuessesAsked} asked */
async function answerTo(asked) {
  if ('texts' in asked) {
    const one = await loadEstimator(asked.words);
    return Math.min(...asked.texts.map((text) => Number(one.check(text, asked.own).guesses)));
  }
  return asked.against === null ? hashSync(asked.password) : verifySync(asked.against, asked.password);
}

parentPort?.on('message', async (/** @type {HashAsked | GuessesAsked} */ asked) => {
  const { id } = asked;
  try {
    parentPort?.postMessage({ id, answer: await answerTo(asked) });
  } catch (error) {
    parentPort?.postMessage({ id, failure: String(error) });
  }
});
