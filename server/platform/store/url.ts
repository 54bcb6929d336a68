/** A database URL fit for a log: without user and password. */
export function readableUrl(url: string): string {
  return url.replace(/^([a-z+]+:\/\/)[^@/]*@/, '$1');
}

/**
 * How long to wait before the next attempt (ms): doubling from 250 ms up to 5 s, with jitter so that many servers do not come back at once.
 * @param random from 0 up to 1
 */
export function retryDelayMs(failures: number, random: number): number {
  const limit = Math.min(5000, 250 * 2 ** Math.min(failures - 1, 10));
  return Math.round(limit / 2 + (limit / 2) * random);
}
