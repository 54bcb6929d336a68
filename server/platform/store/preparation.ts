import type { Log } from '../log.ts';

/** Work that must be done on a database before it is used: indexes, migrations. Every `run` may be repeated without harm. */
export interface Preparation {
  name: string;
  run(): Promise<void>;
}

/**
 * Runs preparations one after the other whenever the database comes up, and again after a failure while it stays up.
 * @param retryMs wait before a failed preparation is tried again (ms)
 */
export function createPreparations(options: { isUp(): boolean; log: Log; retryMs: number }) {
  const { isUp, log, retryMs } = options;
  /** By name: whoever declares one again replaces it. */
  const all = new Map<string, Preparation>();
  const due = new Set<Preparation>();
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;

  async function round(): Promise<void> {
    const failed = new Set<Preparation>();
    for (;;) {
      const next = [...due].find((preparation) => !failed.has(preparation));
      if (next === undefined || !isUp()) break;
      try {
        await next.run();
        due.delete(next);
      } catch (error) {
        failed.add(next);
        log.error({ err: error, preparation: next.name }, 'The database could not be prepared; trying again');
      }
    }
    running = null;
    if (failed.size === 0 || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      start();
    }, retryMs);
    timer.unref();
  }

  function start(): void {
    if (running !== null || due.size === 0 || !isUp()) return;
    // Not at once: a preparation that adds another one must find this round running.
    running = Promise.resolve().then(round);
  }

  return {
    add(preparation: Preparation): void {
      const before = all.get(preparation.name);
      if (before !== undefined) due.delete(before);
      all.set(preparation.name, preparation);
      due.add(preparation);
      start();
    },
    /** The database came up: it may be another one than before, so everything is due again. */
    up(): void {
      for (const preparation of all.values()) due.add(preparation);
      start();
    },
    /** Resolves when nothing runs any more: all is prepared, or the database is away. */
    async settled(): Promise<void> {
      while (running !== null) await running;
    },
    stop(): void {
      if (timer !== null) clearTimeout(timer);
      due.clear();
      all.clear();
    },
  };
}
