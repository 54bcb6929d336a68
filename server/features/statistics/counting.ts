import type { Log } from '../../platform/log.ts';
import { isStoreAway, type Store } from '../../platform/store/index.ts';
import type { Countable, Uncounted } from '../interactions/index.ts';
import { countedOf, HourCounts, hoursOf } from './rules.ts';
import type { StatisticsStore } from './store.ts';

/** ms between rounds; what was written is counted in the next one. */
const roundMs = 2000;
const atOnce = 1000;
/** Contacts of hours that are kept in memory, so that an hour is not read again at each change of it. */
const mostKept = 200_000;

/**
 * Counts what was written, after it was written: nobody waits for it. A contact says itself that it is not counted yet; it is counted into the hours in
 * which it has facts, and only then called counted. Cut off anywhere and run again, it gives the same.
 */
export class Counting {
  readonly #store: Store;
  readonly #countable: Countable;
  readonly #statistics: StatisticsStore;
  readonly #log: Log;
  /** The hours that were touched last, the latest at the end. */
  readonly #hours = new Map<number, HourCounts>();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(options: { store: Store; countable: Countable; statistics: StatisticsStore; log: Log }) {
    this.#store = options.store;
    this.#countable = options.countable;
    this.#statistics = options.statistics;
    this.#log = options.log;
  }

  start(): void {
    this.#timer = setInterval(() => void this.settled(), roundMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }

  /** Resolves when all that was written until now is counted, or the database is away. */
  settled(): Promise<void> {
    this.#running = this.#running.then(() => this.#round());
    return this.#running;
  }

  async #round(): Promise<void> {
    if (this.#store.state() !== 'up') return;
    try {
      while (await this.#countSome()) if (this.#store.state() !== 'up') return;
    } catch (error) {
      // What is in memory may be ahead of what is kept.
      this.#hours.clear();
      if (!isStoreAway(error)) this.#log.error({ err: error }, 'Contacts could not be counted; trying again');
    }
  }

  /** @returns whether there may be more */
  async #countSome(): Promise<boolean> {
    const found = await this.#countable.uncounted(atOnce);
    if (found.length === 0) return false;
    const told = found.map((one) => ({ ...one, counted: one.interaction && countedOf(one.interaction) }));
    const placed = told.map((one) => ({ ...one, now: one.counted === null ? [] : hoursOf(one.counted) }));
    const touched = new Set(placed.flatMap(({ hours, now }) => [...(hours ?? []), ...now]));
    await this.#countable.place(placed.filter(movedTo).map(({ id, now }) => ({ id, hours: now })));
    const hours = await this.#take([...touched]);
    for (const { id, counted, hours: before, now } of placed) {
      for (const hour of before ?? []) if (!now.includes(hour)) hours.get(hour)?.put(id, null);
      for (const hour of now) hours.get(hour)?.put(id, counted);
    }
    await this.#statistics.replace(hours);
    await this.#countable.counted(found);
    this.#forgetOldest();
    return found.length === atOnce;
  }

  /** The counts of these hours as they are kept; those that are not in memory are read at once. */
  async #take(hours: readonly number[]): Promise<Map<number, HourCounts>> {
    const missing = new Map(
      hours.filter((hour) => !this.#hours.has(hour)).map((hour) => [hour, new HourCounts(hour)]),
    );
    for await (const interaction of this.#countable.inTheseHours([...missing.keys()])) {
      const counted = countedOf(interaction);
      for (const hour of hoursOf(counted)) missing.get(hour)?.put(interaction.id, counted);
    }
    const taken = new Map<number, HourCounts>();
    for (const hour of hours) {
      const counts = this.#hours.get(hour) ?? missing.get(hour);
      if (counts === undefined) continue;
      taken.set(hour, counts);
      this.#hours.delete(hour);
      this.#hours.set(hour, counts);
    }
    return taken;
  }

  #forgetOldest(): void {
    let kept = [...this.#hours.values()].reduce((sum, { size }) => sum + size, 0);
    for (const [hour, { size }] of this.#hours) {
      if (kept <= mostKept && this.#hours.size <= 1000) return;
      this.#hours.delete(hour);
      kept -= size;
    }
  }
}

function movedTo({ hours, now }: Pick<Uncounted, 'hours'> & { now: readonly number[] }): boolean {
  return hours === null || hours.length !== now.length || hours.some((hour, at) => hour !== now[at]);
}
