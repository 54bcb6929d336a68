/** How many durations ended in a second, and what they are together. */
export interface Second {
  times: number;
  sumMs: number;
}

/**
 * Durations by the whole second in which they ended: sparse, mergeable, and exact at every threshold of whole seconds. A threshold of T seconds holds for
 * what took at most T (`<=`, as in app_queue): 20.4 s is in second 21 and not within 20.
 */
export class Distribution {
  count = 0;
  sumMs = 0;
  readonly #seconds = new Map<number, Second>();

  /** @param ms a duration. @param times negative takes back what was added before */
  add(ms: number, times = 1): void {
    this.addSecond(Math.ceil(ms / 1000), { times, sumMs: ms * times });
  }

  /** What was kept by the second. */
  addSecond(second: number, { times, sumMs }: Second): void {
    const now = this.#seconds.get(second);
    if (now === undefined) this.#seconds.set(second, { times, sumMs });
    else if (now.times + times === 0) this.#seconds.delete(second);
    else {
      now.times += times;
      now.sumMs += sumMs;
    }
    this.count += times;
    this.sumMs += sumMs;
  }

  merge(other: Distribution): void {
    for (const [second, of] of other.#seconds) this.addSecond(second, of);
  }

  /** What took at most so long. @param seconds whole */
  within(seconds: number): Second {
    const found = { times: 0, sumMs: 0 };
    for (const [second, { times, sumMs }] of this.#seconds)
      if (second <= seconds) {
        found.times += times;
        found.sumMs += sumMs;
      }
    return found;
  }

  /** What took longer than so long. @param seconds whole */
  beyond(seconds: number): Second {
    const { times, sumMs } = this.within(seconds);
    return { times: this.count - times, sumMs: this.sumMs - sumMs };
  }

  /** The shortest duration, in whole seconds, that at least this share took at most (nearest rank); null when there is nothing. @param share 0..1 */
  percentile(share: number): number | null {
    if (this.count === 0) return null;
    // 0.95 * 20 is 19.000000000000004 or so.
    const rank = Math.max(1, Math.ceil(share * this.count - 1e-9));
    let seen = 0;
    for (const [second, { times }] of this.seconds()) {
      seen += times;
      if (seen >= rank) return second;
    }
    return null;
  }

  /** The shortest first. */
  seconds(): [second: number, of: Second][] {
    return [...this.#seconds].sort(([one], [other]) => one - other);
  }
}

/** All together, in a distribution of its own. */
export function together(...parts: readonly Distribution[]): Distribution {
  const all = new Distribution();
  for (const part of parts) all.merge(part);
  return all;
}
