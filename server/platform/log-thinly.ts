import { createBucket } from './limits/bucket.ts';
import type { Log } from './log.ts';

/**
 * Writes lines that strangers or a flood can cause without end: some at once, then few a second that say how many more there were, so that nobody
 * fills the disk with them.
 */
export interface ThinLog {
  /**
   * @param key lines of one kind are measured together; one of few, never what a stranger chose
   * @returns whether it was written
   */
  warn(key: string, fields: Readonly<Record<string, unknown>>, message: string): boolean;
}

export interface ThinLogOptions {
  /** Lines of a kind at once. @defaultValue 1 */
  burst?: number;
  /** Lines of a kind in a second after that. @defaultValue 1 */
  perSecond?: number;
  /** The monotonic clock, ms */
  elapsed?: () => number;
}

export function createThinLog(log: Log, options: ThinLogOptions = {}): ThinLog {
  const { burst = 1, perSecond = 1, elapsed = () => performance.now() } = options;
  const bucket = createBucket({ burst, perMs: perSecond / 1000, elapsed });
  const unwritten = new Map<string, number>();
  return {
    warn(key, fields, message) {
      const more = unwritten.get(key) ?? 0;
      if (bucket.take(key) > 0) {
        unwritten.set(key, more + 1);
        return false;
      }
      unwritten.delete(key);
      log.warn(more === 0 ? fields : { ...fields, more }, message);
      return true;
    },
  };
}
