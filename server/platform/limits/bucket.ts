/**
 * Measures out how often something may be done, by key: a bucket holds `burst` tokens, each act takes some, and they come back with time. Times
 * are of the monotonic clock, so that nobody waits longer, or gets more, because a wall clock was set.
 */
export interface Bucket {
  /** Takes tokens when they are there. @returns 0 when they were, else how long until they will be (ms) */
  take(key: string, tokens?: number): number;
  /** Takes tokens whether they are there or not: what has happened cannot be refused any more. */
  spend(key: string, tokens?: number): void;
  /** How long until this many tokens are there (ms); 0 when they are. Takes nothing. */
  waitFor(key: string, tokens?: number): number;
  /** The key starts with a full bucket again. */
  forget(key: string): void;
}

export interface BucketOptions {
  /** The most that can be done at once. */
  burst: number;
  perMs: number;
  /** The monotonic clock, ms */
  elapsed?: () => number;
  /** The keys used longest ago are forgotten beyond this number. @defaultValue 20000 */
  mostKeys?: number;
}

export function createBucket({ burst, perMs, ...options }: BucketOptions): Bucket {
  const elapsed = options.elapsed ?? (() => performance.now());
  const mostKeys = options.mostKeys ?? 20_000;
  const levels = new Map<string, { tokens: number; at: number }>();

  function levelOf(key: string): number {
    const level = levels.get(key);
    return level === undefined ? burst : Math.min(burst, level.tokens + (elapsed() - level.at) * perMs);
  }

  function keep(key: string, tokens: number): void {
    // Put last again: the first is what was used longest ago.
    levels.delete(key);
    levels.set(key, { tokens, at: elapsed() });
    if (levels.size > mostKeys) levels.delete(levels.keys().next().value ?? '');
  }

  const waitFor = (key: string, tokens = 1) => Math.max(0, Math.ceil((tokens - levelOf(key)) / perMs));

  return {
    waitFor,
    take(key, tokens = 1) {
      const waitMs = waitFor(key, tokens);
      if (waitMs === 0) keep(key, levelOf(key) - tokens);
      return waitMs;
    },
    spend(key, tokens = 1) {
      // Below nothing it does not go: nobody pays for ever.
      keep(key, Math.max(0, levelOf(key) - tokens));
    },
    forget(key) {
      levels.delete(key);
    },
  };
}
