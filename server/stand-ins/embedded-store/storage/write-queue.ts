import { CommandFailure } from '../failure.ts';

type Waiting = {
  readonly run: () => void;
  readonly commit: () => void;
  readonly fail: (error: unknown) => void;
};

/** Gathers the writes that arrive in one turn of the event loop into one transaction: one flush to disk for all of them. */
export type WriteQueue = <T>(work: () => T) => Promise<T>;

/**
 * Work that throws a CommandFailure has written nothing and fails alone. Any other error (a full disk, a fault of ours)
 * undoes the whole transaction and fails all that were in it; `undone` then brings memory back in step with the disk.
 */
export function createWriteQueue(options: {
  readonly transaction: (work: () => void) => void;
  readonly undone: () => void;
}): WriteQueue {
  let waiting: Waiting[] = [];

  function flush(): void {
    const batch = waiting;
    waiting = [];
    try {
      options.transaction(() => {
        for (const { run } of batch) run();
      });
    } catch (error) {
      options.undone();
      for (const { fail } of batch) fail(error);
      return;
    }
    for (const { commit } of batch) commit();
  }

  return (work) =>
    new Promise((resolve, reject) => {
      let settle = (): void => reject(new Error('The write was not run'));
      const run = () => {
        try {
          const result = work();
          settle = () => resolve(result);
        } catch (error) {
          if (!(error instanceof CommandFailure)) throw error;
          settle = () => reject(error);
        }
      };
      waiting.push({ run, commit: () => settle(), fail: reject });
      if (waiting.length === 1) setImmediate(flush);
    });
}
