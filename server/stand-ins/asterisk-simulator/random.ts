/** A repeatable source of chance: the same seed gives the same draws in the same order. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number in [from, to]. */
  whole(from: number, to: number): number;
  chance(probability: number): boolean;
  /** Exponential with this mean: the gaps of a Poisson stream of arrivals. */
  exponential(mean: number): number;
  /** Lognormal with this median; `sigma` is the spread of the logarithm. Talk times and patience look like this. */
  lognormal(median: number, sigma: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** An independent stream, so that one consumer's draws do not shift another's. */
  fork(name: string): Random;
}

/** Mulberry32: 32 bits of state, good enough for behaviour, fast, and the same on every machine. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  const random: Random = {
    next,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    exponential: (mean) => -Math.log(1 - next()) * mean,
    lognormal(median, sigma) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(sigma * normal);
    },
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
    fork(name) {
      let hash = seed >>> 0;
      for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
      return createRandom(hash);
    },
  };
  return random;
}
