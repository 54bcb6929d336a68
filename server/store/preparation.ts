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
  const all: Preparation[] = [];
  const due = new Set<Preparation>();
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;

  async function round(): Promise<void> {
    for (const preparation of [...due]) {
      if (!isUp()) return;
      try {
        await preparation.run();
        due.delete(preparation);
      } catch (error) {
        log.error(
          { err: error, preparation: preparation.name },
          'The database could not be prepared; trying again',
        );
        timer ??= setTimeout(() => {
          timer = null;
          start();
        }, retryMs);
        timer.unref();
      }
    }
  }

  function start(): void {
    if (running !== null || due.size === 0 || !isUp()) return;
    const before = due.size;
    running = round().finally(() => {
      running = null;
      // Preparations that were added while the round ran.
      if (due.size > 0 && due.size !== before && timer === null) start();
    });
  }

  return {
    add(preparation: Preparation): void {
      all.push(preparation);
      due.add(preparation);
      start();
    },
    /** The database came up: it may be another one than before, so everything is due again. */
    up(): void {
      for (const preparation of all) due.add(preparation);
      start();
    },
    /** Resolves when nothing runs any more: all is prepared, or the database is away. */
    async settled(): Promise<void> {
      while (running !== null) await running;
    },
    stop(): void {
      if (timer !== null) clearTimeout(timer);
      due.clear();
      all.length = 0;
    },
  };
}
