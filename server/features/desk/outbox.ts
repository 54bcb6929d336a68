import { retryDelayMs } from '@ringdesk/shared/backoff';
import { Refusal } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { keyOf, type OutboxItem, outboxItem } from './kept.ts';
import { type OutboxFile, openOutboxFile } from './outbox-file.ts';

export interface OutboxOptions {
  /** The file that holds what waits, below the data directory. */
  path: string;
  /**
   * Writes items to the database; idempotent. What is rejected together is tried one by one; one alone is tried again for ever, unless it is a Refusal
   * of the item itself.
   */
  deliver(items: readonly OutboxItem[]): Promise<void>;
  log: Log;
  /** Calls back once after `ms`; returns what cancels it. */
  setTimer(run: () => void, ms: number): () => void;
}

/**
 * What agents leave must survive the database being away and our own crash: it is on the local disk before it is acknowledged, and goes to the
 * database in order, as soon as that takes it.
 */
export interface Outbox {
  /** Resolves when the item is safe on the local disk. */
  put(item: OutboxItem): Promise<void>;
  /** What waits now, oldest first. */
  waiting(): OutboxItem[];
  /** Begins to deliver. */
  start(): void;
  /** Delivers what waits; what the database does not take is delivered after the next start. */
  stop(): Promise<void>;
}

/** Between two deliveries, ms: a database takes many at once for little more than one, and what is said again meanwhile is written once. */
const restMs = 100;
const atOnce = 200;
const firstRetryMs = 500;
const lastRetryMs = 15_000;
/** The file is emptied when nothing waits and at least so many lines stand in it. */
const emptiedAfter = 500;

interface Waiting {
  /** Its number in the file. */
  n: number;
  item: OutboxItem;
}

/** @throws when the file cannot be opened or read */
export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  return new FileOutbox(options, await openOutboxFile(options.path));
}

class FileOutbox implements Outbox {
  private readonly options: OutboxOptions;
  private readonly file: OutboxFile;
  private readonly items = new Map<string, Waiting>();
  /** Number of the last item. */
  private counter = 0;
  private lines: number;
  private started = false;
  private stopped = false;
  private failures = 0;
  private cancelTimer: (() => void) | null = null;
  private running: Promise<void> | null = null;

  constructor(options: OutboxOptions, opened: Awaited<ReturnType<typeof openOutboxFile>>) {
    const { path, log } = options;
    this.options = options;
    this.file = opened.file;
    this.lines = opened.waiting.length;
    if (opened.damaged > 0)
      log.error(
        { path, lines: opened.damaged },
        'The outbox is damaged: what agents wrote in these lines is not delivered. The file is kept beside it as .damaged',
      );
    for (const { n, item } of opened.waiting) {
      this.counter = Math.max(this.counter, n);
      const parsed = outboxItem.safeParse(item);
      if (parsed.success) this.remember(n, parsed.data);
      else
        log.error(
          { path },
          'An item in the outbox has another shape than this version knows; it is left out',
        );
    }
  }

  async put(item: OutboxItem): Promise<void> {
    this.counter += 1;
    this.lines += 1;
    const written = this.file.append(this.counter, item);
    this.remember(this.counter, item);
    this.begin();
    await written;
  }

  waiting(): OutboxItem[] {
    return [...this.items.values()].map(({ item }) => item);
  }

  start(): void {
    this.started = true;
    this.begin();
  }

  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    const wasStarted = this.started;
    this.started = false;
    this.cancelTimer?.();
    this.cancelTimer = null;
    while (this.running !== null) await this.running;
    // What has only rested until now; when the database takes nothing, it is told at the next start.
    while (wasStarted && this.failures === 0 && this.items.size > 0) await this.run();
    await this.file.close();
  }

  private remember(n: number, item: OutboxItem): void {
    const key = keyOf(item);
    // The later word takes the place at the end, so that the order of delivery stays that of the last words.
    const earlier = this.items.get(key);
    this.items.delete(key);
    this.items.set(key, { n, item });
    if (earlier !== undefined) this.forget(earlier.n);
  }

  private forget(n: number): void {
    this.lines += 1;
    this.file.done(n);
  }

  private async run(): Promise<void> {
    const batch = [...this.items.values()].slice(0, atOnce);
    const delivered = await this.deliverAll(batch);
    for (const { n, item } of delivered) {
      const key = keyOf(item);
      if (this.items.get(key)?.n === n) this.items.delete(key);
      this.forget(n);
    }
    if (this.items.size === 0 && this.lines >= emptiedAfter) {
      this.lines = 0;
      this.file.clear();
    }
    this.running = null;
    if (!this.started) return;
    if (delivered.length === batch.length) this.beginAfter(restMs);
    else this.beginAfter(retryDelayMs(this.failures, firstRetryMs, lastRetryMs));
  }

  /** @returns those that need not be tried again */
  private async deliverAll(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    if (batch.length > 1) {
      try {
        await this.options.deliver(batch.map(({ item }) => item));
        this.failures = 0;
        return batch;
      } catch {
        // One of them may be to blame: it is found below, and named.
      }
    }
    const delivered: Waiting[] = [];
    for (const one of batch) {
      if (!(await this.deliverOne(one.item))) break;
      delivered.push(one);
    }
    return delivered;
  }

  /** @returns false when it is to be tried again */
  private async deliverOne(item: OutboxItem): Promise<boolean> {
    try {
      await this.options.deliver([item]);
      this.failures = 0;
      return true;
    } catch (error) {
      if (isHopeless(error)) {
        this.options.log.error(
          { err: error, kind: item.kind },
          'The database refuses for good what an agent wrote',
        );
        return true;
      }
      this.failures += 1;
      if (this.failures === 1)
        this.options.log.warn(
          { err: error, waiting: this.items.size },
          'The database does not take what agents wrote. It waits on the local disk.',
        );
      return false;
    }
  }

  private beginAfter(ms: number): void {
    this.cancelTimer = this.options.setTimer(() => {
      this.cancelTimer = null;
      this.begin();
    }, ms);
  }

  private begin(): void {
    if (this.started && this.cancelTimer === null && this.items.size > 0) this.running ??= this.run();
  }
}

/** The item itself is wrong: trying again will not help, and must not keep the others waiting. */
function isHopeless(error: unknown): boolean {
  return error instanceof Refusal && (error.code === 'bad-input' || error.code === 'not-found');
}
