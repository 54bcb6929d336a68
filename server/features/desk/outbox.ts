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

export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  const { path, deliver, log, setTimer } = options;
  const opened = await openOutboxFile(path);
  const { file } = opened;
  if (opened.damaged > 0)
    log.error(
      { path, lines: opened.damaged },
      'The outbox is damaged: what agents wrote in these lines is not delivered. The file is kept beside it as .damaged',
    );
  const waiting = new Map<string, Waiting>();
  let counter = 0;
  let lines = opened.waiting.length;
  for (const { n, item } of opened.waiting) {
    counter = Math.max(counter, n);
    const parsed = outboxItem.safeParse(item);
    if (parsed.success) remember(n, parsed.data);
    else
      log.error({ path }, 'An item in the outbox has another shape than this version knows; it is left out');
  }
  let started = false;
  let stopped = false;
  let failures = 0;
  let cancelTimer: (() => void) | null = null;
  let running: Promise<void> | null = null;

  function remember(n: number, item: OutboxItem): void {
    const key = keyOf(item);
    // The later word takes the place at the end, so that the order of delivery stays that of the last words.
    const earlier = waiting.get(key);
    waiting.delete(key);
    waiting.set(key, { n, item });
    if (earlier !== undefined) forget(file, earlier.n);
  }

  function forget(target: OutboxFile, n: number): void {
    lines += 1;
    target.done(n);
  }

  async function run(): Promise<void> {
    const batch = [...waiting.values()].slice(0, atOnce);
    const delivered = await deliverAll(batch);
    for (const { n, item } of delivered) {
      const key = keyOf(item);
      if (waiting.get(key)?.n === n) waiting.delete(key);
      forget(file, n);
    }
    if (waiting.size === 0 && lines >= emptiedAfter) {
      lines = 0;
      file.clear();
    }
    running = null;
    if (!started) return;
    if (delivered.length === batch.length) beginAfter(restMs);
    else beginAfter(Math.min(lastRetryMs, firstRetryMs * 2 ** Math.min(failures - 1, 10)));
  }

  /** @returns those that need not be tried again */
  async function deliverAll(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    if (batch.length > 1) {
      try {
        await deliver(batch.map(({ item }) => item));
        failures = 0;
        return batch;
      } catch {
        // One of them may be to blame: it is found below, and named.
      }
    }
    const delivered: Waiting[] = [];
    for (const one of batch) {
      if (!(await deliverOne(one.item))) break;
      delivered.push(one);
    }
    return delivered;
  }

  /** @returns false when it is to be tried again */
  async function deliverOne(item: OutboxItem): Promise<boolean> {
    try {
      await deliver([item]);
      failures = 0;
      return true;
    } catch (error) {
      if (isHopeless(error)) {
        log.error({ err: error, kind: item.kind }, 'The database refuses for good what an agent wrote');
        return true;
      }
      failures += 1;
      if (failures === 1)
        log.warn(
          { err: error, waiting: waiting.size },
          'The database does not take what agents wrote. It waits on the local disk.',
        );
      return false;
    }
  }

  function beginAfter(ms: number): void {
    cancelTimer = setTimer(() => {
      cancelTimer = null;
      begin();
    }, ms);
  }

  function begin(): void {
    if (started && cancelTimer === null && waiting.size > 0) running ??= run();
  }

  return {
    async put(item) {
      counter += 1;
      lines += 1;
      const written = file.append(counter, item);
      remember(counter, item);
      begin();
      await written;
    },
    waiting: () => [...waiting.values()].map(({ item }) => item),
    start() {
      started = true;
      begin();
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      const wasStarted = started;
      started = false;
      cancelTimer?.();
      cancelTimer = null;
      while (running !== null) await running;
      // What has only rested until now; when the database takes nothing, it is told at the next start.
      while (wasStarted && failures === 0 && waiting.size > 0) await run();
      await file.close();
    },
  };
}

/** The item itself is wrong: trying again will not help, and must not keep the others waiting. */
function isHopeless(error: unknown): boolean {
  return error instanceof Refusal && (error.code === 'bad-input' || error.code === 'not-found');
}
