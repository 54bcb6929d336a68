import type { Log } from '../log.ts';

/** One step of the stop, with the longest it may take (ms). */
export interface Phase {
  name: string;
  limitMs: number;
  run(): Promise<void> | void;
}

/** Stops part by part, in order. A part that hangs or fails is left behind after its time; the next ones are stopped all the same. */
export async function stopInOrder(phases: readonly Phase[], log: Log): Promise<void> {
  for (const { name, limitMs, run } of phases) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, limitMs, 'late');
    });
    try {
      const ended = await Promise.race([Promise.resolve(run()), late]);
      if (ended === 'late') log.warn(`Stopping ${name} took longer than ${limitMs} ms; going on without it`);
    } catch (error) {
      log.error({ err: error }, `Stopping ${name} failed; going on`);
    }
    clearTimeout(timer);
  }
}
