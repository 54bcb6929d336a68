/**
 * The pause before the next try, ms: `firstMs` after the first failure, twice as long after each further one, and never longer than `longestMs`.
 * @param failures how many tries failed in a row, from 1 on
 */
export function retryDelayMs(failures: number, firstMs: number, longestMs: number): number {
  // 2^30 is above any limit; without the bound the power would become Infinity after a long night.
  return Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30));
}
