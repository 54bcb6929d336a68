import type { DomainEvent } from '@ringdesk/shared/event';
import type { Log } from '../log.ts';
import { isStoreAway, type Store } from '../store/index.ts';
import { advance, type Consumer, placeOf } from './consumers.ts';
import { declareLog, declareSource, dispatch, historyOf, type LoggedEvent } from './dispatcher.ts';

export { changesBetween } from './changes.ts';
export type { Consumer } from './consumers.ts';
export { type Origin, onBehalfOf, origin } from './context.ts';
export type { LoggedEvent } from './dispatcher.ts';
export { eventOf, type WithEvents } from './pending.ts';

/** ms between rounds that nobody asked for: what a crash left behind is found by them. */
const roundMs = 2000;

/**
 * The event log. A change writes its event into its own document, in the same update, so that neither is there without the other; from there
 * events are handed on to the log and to its consumers: at least once, in order per entity, also after a crash.
 */
export class EventLog {
  readonly #store: Store;
  readonly #log: Log;
  readonly #sources: string[] = [];
  readonly #consumers: { name: string; advance(): Promise<void> }[] = [];
  #running: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: { store: Store; log: Log }) {
    this.#store = options.store;
    this.#log = options.log;
    declareLog(this.#store);
  }

  /** Events are taken from the documents of these collections, too; before `start`. */
  takeFrom(sources: readonly string[]): void {
    for (const source of sources) {
      this.#sources.push(source);
      declareSource(this.#store, source);
    }
  }

  /** Registers a consumer; before `start`. */
  consume(consumer: Consumer): void {
    const place = placeOf(this.#store, consumer);
    this.#consumers.push({
      name: consumer.name,
      advance: () => advance(this.#store, consumer, place),
    });
  }

  start(): void {
    this.#timer = setInterval(() => void this.settled(), roundMs);
    this.#timer.unref();
    void this.settled();
  }

  /** Something was written: it is handed on soon, not only at the next round. */
  nudge(): void {
    if (this.#timer !== null) void this.settled();
  }

  /** What happened to one thing, newest first. */
  history(entity: DomainEvent['entity'], limit: number): Promise<LoggedEvent[]> {
    return historyOf(this.#store, entity, limit);
  }

  /** Resolves when all that was written until now is handed on, or the database is away. */
  settled(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#run();
    return this.#running;
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#again = false;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      await this.#round();
    }
    this.#running = null;
  }

  async #round(): Promise<void> {
    // First of all: a new consumer finds its place at the end of the log before anything new is put there.
    await this.#tellConsumers();
    const taken = await this.#attempt('dispatch', () => dispatch(this.#store, this.#sources));
    if (taken) await this.#tellConsumers();
  }

  async #tellConsumers(): Promise<void> {
    for (const consumer of this.#consumers) await this.#attempt(consumer.name, consumer.advance);
  }

  /** A consumer that fails is tried again at the next round, from where it stands; it holds nobody else up. */
  async #attempt<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    if (this.#store.state() !== 'up') return null;
    try {
      return await work();
    } catch (error) {
      if (!isStoreAway(error))
        this.#log.error({ err: error, consumer: what }, 'Events could not be handed on; trying again');
      return null;
    }
  }
}
