/**
 * Full jitter: a random delay (ms) between the least one and a ceiling that doubles with each attempt (0, 1, 2...) up to the most. After
 * a restart of Asterisk the many clients of one PBX do not all come back in the same moment.
 */
export function backoffMs(
  attempt: number,
  options: { minMs: number; maxMs: number; random: () => number },
): number {
  // 2^30 is far above any ceiling; without the bound the power would become Infinity after a long night.
  const ceiling = Math.min(options.maxMs, options.minMs * 2 ** Math.min(attempt + 1, 30));
  return Math.round(options.minMs + options.random() * Math.max(0, ceiling - options.minMs));
}
