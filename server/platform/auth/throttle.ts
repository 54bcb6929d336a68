/**
 * Slows down who tries passwords. Each key (a login from an address, or an address alone) has some free attempts; after them the wait doubles
 * with each failure. An attempt counts as failed until it is told to have succeeded, so that many at once gain nothing.
 */

interface Attempts {
  count: number;
  /** ms since the epoch */
  nextAt: number;
  lastAt: number;
}

const longestWaitMs = 5 * 60_000;
const forgottenAfterMs = 15 * 60_000;
const mostKeys = 20_000;

/** How long the next attempt has to wait after `count` failed ones (ms). */
export function waitAfter(count: number, free: number): number {
  return count < free ? 0 : Math.min(longestWaitMs, 1000 * 2 ** Math.min(count - free, 20));
}

export interface Throttle {
  /** Begins an attempt. @returns 0 when it may go on, else how long to wait (ms) */
  attempt(key: string): number;
  succeeded(key: string): void;
}

/**
 * @param free failed attempts before the first wait
 * @param now ms since the epoch
 */
export function createThrottle({ free, now }: { free: number; now(): number }): Throttle {
  const attempts = new Map<string, Attempts>();

  return {
    attempt(key) {
      const at = now();
      const known = attempts.get(key);
      const current =
        known === undefined || at - known.lastAt > forgottenAfterMs
          ? { count: 0, nextAt: 0, lastAt: at }
          : known;
      if (at < current.nextAt) return current.nextAt - at;
      const count = current.count + 1;
      // Put last again: what was tried longest ago is forgotten first when there are too many keys.
      attempts.delete(key);
      attempts.set(key, { count, nextAt: at + waitAfter(count, free), lastAt: at });
      if (attempts.size > mostKeys) attempts.delete(attempts.keys().next().value ?? '');
      return 0;
    },
    succeeded(key) {
      attempts.delete(key);
    },
  };
}
