import type { Interaction } from '@ringdesk/shared/interaction';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Log } from '../../platform/log.ts';
import { nextBatch, retryAfter, type Waiting, writtenBefore } from './model.ts';

export interface RecordsOptions {
  /** An idempotent upsert of a whole batch; rejects when the database did not take all of it. */
  write(batch: readonly Interaction[]): Promise<void>;
  /** Told per PBX, whenever it rises: everything that ended in segments before this one is in the database. */
  onWrittenBefore(pbx: string, segment: number): void;
  /** Reads the journal again from the first segment not known to be written: batches of what ended there. */
  reread(pbx: string): AsyncIterable<readonly Interaction[]>;
  log: Log;
  metrics: Registry;
  /** Records in one bulk write, and how long a record may wait for company (ms). */
  batchSize?: number;
  lingerMs?: number;
  /** More than this never wait in memory: the rest is read again from the journal when the database is back. */
  memoryLimit?: number;
}

/**
 * Ended interactions on their way into the database. Calls never wait for it: while the database is away the records wait here, and beyond
 * the memory limit in the journal.
 */
export interface Records {
  put(interaction: Interaction, pbx: string, segment: number): void;
  /** The segment that each PBX's journal writes now: with nothing waiting, all before it is written. */
  current(pbx: string, segment: number): void;
  /** How many wait, and since when the database has not taken them (ms since the epoch, null when all is well). */
  status(): { waiting: number; failingSince: number | null; overflowed: boolean };
  /** Resolves when nothing waits, or after `ms` at the latest. */
  drain(ms: number): Promise<void>;
}

export function createRecords(options: RecordsOptions): Records {
  const {
    write,
    onWrittenBefore,
    reread,
    log,
    batchSize = 500,
    lingerMs = 100,
    memoryLimit = 50_000,
  } = options;
  const count = counters(options.metrics);
  let queue: Waiting[] = [];
  const current = new Map<string, number>();
  /** PBXs of which records were left to the journal, with the first such segment; the cursor does not pass it. */
  const left = new Map<string, number>();
  const told = new Map<string, number>();
  let failures = 0;
  let failingSince: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  let busy = false;
  const idle: (() => void)[] = [];

  function schedule(ms: number): void {
    if (timer !== null || busy) return;
    timer = setTimeout(() => {
      timer = null;
      void flush();
    }, ms);
  }

  async function flush(): Promise<void> {
    busy = true;
    try {
      await writeQueue();
      await writeLeft();
      recovered();
    } catch (error) {
      refused(error);
    }
    busy = false;
    tell();
    if (failures > 0) schedule(retryAfter(failures));
    else if (queue.length > 0 || left.size > 0) schedule(0);
    else for (const done of idle.splice(0)) done();
  }

  async function writeQueue(): Promise<void> {
    while (queue.length > 0) {
      const { taken, batch } = nextBatch(queue, batchSize);
      await write(batch);
      queue = queue.slice(taken);
      count.written.inc(batch.length);
      count.waiting.set(queue.length);
    }
  }

  async function writeLeft(): Promise<void> {
    for (const [pbx, segment] of [...left]) {
      for await (const batch of reread(pbx)) {
        if (batch.length === 0) continue;
        await write(batch);
        count.written.inc(batch.length);
      }
      if (left.get(pbx) === segment) left.delete(pbx);
    }
  }

  function refused(error: unknown): void {
    failures += 1;
    count.failed.inc();
    if (failingSince !== null) return;
    failingSince = Date.now();
    log.warn(
      { err: error, waiting: queue.length },
      'The database does not take interactions. They wait and will be written when it is back.',
    );
  }

  function recovered(): void {
    if (failingSince !== null)
      log.info(
        { seconds: Math.round((Date.now() - failingSince) / 1000) },
        'The database takes interactions again.',
      );
    failures = 0;
    failingSince = null;
  }

  function tell(): void {
    for (const [pbx, segment] of writtenBefore(queue, current)) {
      const bound = Math.min(segment, left.get(pbx) ?? segment);
      if (bound <= (told.get(pbx) ?? -1)) continue;
      told.set(pbx, bound);
      onWrittenBefore(pbx, bound);
    }
  }

  return {
    put(interaction, pbx, segment) {
      current.set(pbx, Math.max(segment, current.get(pbx) ?? 0));
      if (queue.length < memoryLimit) queue.push({ interaction, pbx, segment });
      else left.set(pbx, Math.min(segment, left.get(pbx) ?? segment));
      count.waiting.set(queue.length);
      schedule(lingerMs);
    },
    current(pbx, segment) {
      current.set(pbx, segment);
      if (!busy) tell();
    },
    status: () => ({ waiting: queue.length, failingSince, overflowed: left.size > 0 }),
    drain(ms) {
      if (queue.length === 0 && left.size === 0 && !busy) return Promise.resolve();
      if (timer !== null) clearTimeout(timer);
      timer = null;
      if (!busy) void flush();
      return new Promise((resolve) => {
        const limit = setTimeout(resolve, ms);
        idle.push(() => {
          clearTimeout(limit);
          resolve();
        });
      });
    },
  };
}

function counters(registry: Registry) {
  const registers = [registry];
  return {
    written: new Counter({
      name: 'ringdesk_records_written_total',
      help: 'Interactions written to the database',
      registers,
    }),
    failed: new Counter({
      name: 'ringdesk_records_failed_batches_total',
      help: 'Batches that the database did not take',
      registers,
    }),
    waiting: new Gauge({
      name: 'ringdesk_records_waiting',
      help: 'Ended interactions that wait for the database',
      registers,
    }),
  };
}
