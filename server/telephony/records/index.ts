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
  return new QueuedRecords(options);
}

class QueuedRecords implements Records {
  private readonly write: RecordsOptions['write'];
  private readonly onWrittenBefore: RecordsOptions['onWrittenBefore'];
  private readonly reread: RecordsOptions['reread'];
  private readonly log: Log;
  private readonly batchSize: number;
  private readonly lingerMs: number;
  private readonly memoryLimit: number;
  private readonly count: ReturnType<typeof counters>;
  private queue: Waiting[] = [];
  private readonly segments = new Map<string, number>();
  /** PBXs of which records were left to the journal, with the first such segment; the cursor does not pass it. */
  private readonly left = new Map<string, number>();
  private readonly told = new Map<string, number>();
  private failures = 0;
  private failingSince: number | null = null;
  private timer: NodeJS.Timeout | null = null;
  private busy = false;
  private readonly idle: (() => void)[] = [];

  constructor(options: RecordsOptions) {
    this.write = options.write;
    this.onWrittenBefore = options.onWrittenBefore;
    this.reread = options.reread;
    this.log = options.log;
    this.batchSize = options.batchSize ?? 500;
    this.lingerMs = options.lingerMs ?? 100;
    this.memoryLimit = options.memoryLimit ?? 50_000;
    this.count = counters(options.metrics);
  }

  put(interaction: Interaction, pbx: string, segment: number): void {
    this.segments.set(pbx, Math.max(segment, this.segments.get(pbx) ?? 0));
    if (this.queue.length < this.memoryLimit) this.queue.push({ interaction, pbx, segment });
    else this.left.set(pbx, Math.min(segment, this.left.get(pbx) ?? segment));
    this.count.waiting.set(this.queue.length);
    this.schedule(this.lingerMs);
  }

  current(pbx: string, segment: number): void {
    this.segments.set(pbx, segment);
    if (!this.busy) this.tell();
  }

  status(): { waiting: number; failingSince: number | null; overflowed: boolean } {
    return { waiting: this.queue.length, failingSince: this.failingSince, overflowed: this.left.size > 0 };
  }

  drain(ms: number): Promise<void> {
    if (this.queue.length === 0 && this.left.size === 0 && !this.busy) return Promise.resolve();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (!this.busy) void this.flush();
    return new Promise((resolve) => {
      const limit = setTimeout(resolve, ms);
      this.idle.push(() => {
        clearTimeout(limit);
        resolve();
      });
    });
  }

  private schedule(ms: number): void {
    if (this.timer !== null || this.busy) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, ms);
  }

  private async flush(): Promise<void> {
    this.busy = true;
    try {
      await this.writeQueue();
      await this.writeLeft();
      this.recovered();
    } catch (error) {
      this.refused(error);
    }
    this.busy = false;
    this.tell();
    if (this.failures > 0) this.schedule(retryAfter(this.failures));
    else if (this.queue.length > 0 || this.left.size > 0) this.schedule(0);
    else for (const done of this.idle.splice(0)) done();
  }

  private async writeQueue(): Promise<void> {
    while (this.queue.length > 0) {
      const { taken, batch } = nextBatch(this.queue, this.batchSize);
      await this.write(batch);
      this.queue = this.queue.slice(taken);
      this.count.written.inc(batch.length);
      this.count.waiting.set(this.queue.length);
    }
  }

  private async writeLeft(): Promise<void> {
    for (const [pbx, segment] of [...this.left]) {
      for await (const batch of this.reread(pbx)) {
        if (batch.length === 0) continue;
        await this.write(batch);
        this.count.written.inc(batch.length);
      }
      if (this.left.get(pbx) === segment) this.left.delete(pbx);
    }
  }

  private refused(error: unknown): void {
    this.failures += 1;
    this.count.failed.inc();
    if (this.failingSince !== null) return;
    this.failingSince = Date.now();
    this.log.warn(
      { err: error, waiting: this.queue.length },
      'The database does not take interactions. They wait and will be written when it is back.',
    );
  }

  private recovered(): void {
    if (this.failingSince !== null)
      this.log.info(
        { seconds: Math.round((Date.now() - this.failingSince) / 1000) },
        'The database takes interactions again.',
      );
    this.failures = 0;
    this.failingSince = null;
  }

  private tell(): void {
    for (const [pbx, segment] of writtenBefore(this.queue, this.segments)) {
      const bound = Math.min(segment, this.left.get(pbx) ?? segment);
      if (bound <= (this.told.get(pbx) ?? -1)) continue;
      this.told.set(pbx, bound);
      this.onWrittenBefore(pbx, bound);
    }
  }
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
