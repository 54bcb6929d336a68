import { retryDelayMs } from '@ringdesk/shared/backoff';
/**
 * Full jitter: a random delay (ms) between the least one and a ceiling that doubles with each attempt (0, 1, 2...) up to the most. After
 * a restart of Asterisk the many clients of one PBX do not all come back in the same moment.
 */
export function backoffMs(
  attempt: number,
  options: { minMs: number; maxMs: number; random: () => number },
): number {
  const ceiling = retryDelayMs(attempt + 2, options.minMs, options.maxMs);
  return Math.round(options.minMs + options.random() * Math.max(0, ceiling - options.minMs));
}
