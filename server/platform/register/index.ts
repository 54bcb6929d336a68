import { randomUUID } from 'node:crypto';
import type { Meanwhile } from '@ringdesk/shared/api-error';
import type { z } from 'zod';
import { Refusal } from '../errors.ts';
import { changesBetween, eventOf, origin, type WithEvents } from '../events/index.ts';
import { isDuplicate, type Store } from '../store/index.ts';

/** A thing of a register as the database keeps it. Values are text: keys of theirs may hold dots, and nobody asks the database about them. */
interface Entry extends WithEvents {
  _id: string;
  value: string;
  version: number;
  by: string;
  at: Date;
  /** As it stood before, the newest first: so that whoever comes too late is told what was changed. */
  past: { version: number; value: string }[];
  removed?: true;
}

const pastKept = 20;

export interface RegisterOptions<T extends object> {
  store: Store;
  collection: string;
  /** The kind of thing in the event log, e.g. `team`. */
  kind: string;
  schema: z.ZodType<T>;
  /** A value as the event log tells of it, field by field: no key holds a dot. */
  told?(value: T): Record<string, unknown>;
  now?(): Date;
}

export type Registered<T> = T & { id: string; version: number };

/** A short list of things that administrators keep: each change has a version, and its event in the log. All of it throws Refusal `store-unavailable`. */
export class Register<T extends object> {
  readonly #options: RegisterOptions<T>;

  constructor(options: RegisterOptions<T>) {
    this.#options = options;
  }

  /** All that were not removed, by id; those of a shape that is no more are left out. */
  async list(): Promise<Registered<T>[]> {
    const entries = await this.#entries()
      .find({ removed: { $exists: false } }, { projection: { past: 0, events: 0 } })
      .sort({ _id: 1 })
      .toArray();
    return entries.flatMap((entry) => {
      const value = this.#valueIn(entry.value);
      return value === null ? [] : [{ ...value, id: entry._id, version: entry.version }];
    });
  }

  async get(id: string): Promise<Registered<T> | null> {
    const found = await this.read(id);
    return found === null ? null : { ...found.value, id, version: found.version };
  }

  /** The value alone, with its version. */
  async read(id: string): Promise<{ value: T; version: number } | null> {
    const entry = await this.#entry(id);
    const value = entry === null ? null : this.#valueIn(entry.value);
    return entry === null || value === null ? null : { value, version: entry.version };
  }

  /**
   * Replaces a thing as it was read, or keeps it for the first time.
   * @param how `basedOn` 0 and `first`: until now nothing was kept, and this held. `check` may throw, once it is known that nobody was quicker
   * @throws Refusal `changed-meanwhile`, and what `check` throws
   */
  async put(
    id: string,
    value: T,
    { basedOn, first, check }: { basedOn: number; first: T; check(): void },
  ): Promise<{ version: number }> {
    const before = await this.#entry(id);
    if ((before?.version ?? 0) !== basedOn) throw this.#changed(before ?? (await this.#known(id)), basedOn);
    check();
    if (before !== null) return this.replace(id, value, basedOn);
    const events = [this.#event('changed', id, 1, first, value)];
    const past = [{ version: 0, value: JSON.stringify(first) }];
    try {
      await this.#entries().insertOne({ _id: id, ...this.#written(value), version: 1, past, events });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw this.#changed(await this.#known(id), basedOn);
    }
    return { version: 1 };
  }

  /** @throws Refusal `conflict`: the id is taken */
  async create(value: T, id: string = randomUUID()): Promise<Registered<T>> {
    const events = [this.#event('created', id, 1, null, value)];
    try {
      await this.#entries().insertOne({ _id: id, ...this.#written(value), version: 1, past: [], events });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new Refusal('conflict', `There is a ${this.#options.kind} ${id} already.`, { cause: error });
    }
    return { ...value, id, version: 1 };
  }

  /**
   * Replaces a thing as it was read.
   * @throws Refusal `not-found`, `changed-meanwhile` with what was changed since `basedOn`
   */
  async replace(id: string, value: T, basedOn: number): Promise<Registered<T>> {
    const before = await this.#known(id);
    if (before.version !== basedOn) throw this.#changed(before, basedOn);
    const version = basedOn + 1;
    const past = [{ version: basedOn, value: before.value }, ...before.past].slice(0, pastKept);
    const event = this.#event('changed', id, version, this.#valueIn(before.value), value);
    const { matchedCount } = await this.#entries().updateOne(
      { _id: id, version: basedOn, removed: { $exists: false } },
      { $set: { ...this.#written(value), version, past }, $push: { events: event } },
    );
    if (matchedCount === 0) throw this.#changed(await this.#known(id), basedOn);
    return { ...value, id, version };
  }

  /** @throws Refusal `not-found` */
  async remove(id: string): Promise<void> {
    const { version, value } = await this.#known(id);
    const before = this.#valueIn(value);
    const event = this.#event('removed', id, version + 1, before, null);
    await this.#entries().updateOne(
      { _id: id },
      { $set: { removed: true, version: version + 1 }, $push: { events: event } },
    );
  }

  #entries() {
    return this.#options.store.collection<Entry>(this.#options.collection);
  }

  #entry(id: string): Promise<Entry | null> {
    return this.#entries().findOne({ _id: id, removed: { $exists: false } });
  }

  async #known(id: string): Promise<Entry> {
    const found = await this.#entry(id);
    if (found === null) throw new Refusal('not-found', `There is no ${this.#options.kind} ${id}.`);
    return found;
  }

  #valueIn(text: string): T | null {
    return this.#options.schema.safeParse(JSON.parse(text)).data ?? null;
  }

  #written(value: T): Pick<Entry, 'value' | 'by' | 'at'> {
    const { now = () => new Date() } = this.#options;
    return { value: JSON.stringify(value), by: origin().actor.name, at: now() };
  }

  #told(value: T | null): Record<string, unknown> | null {
    const { told } = this.#options;
    if (value === null) return null;
    return told === undefined ? Object.fromEntries(Object.entries(value)) : told(value);
  }

  #changed(current: Entry, basedOn: number): Refusal {
    const read = current.past.find(({ version }) => version === basedOn);
    const was = read === undefined ? null : this.#told(this.#valueIn(read.value));
    const meanwhile: Meanwhile = {
      version: current.version,
      by: current.by,
      at: current.at.toISOString(),
      changes: changesBetween(was, this.#told(this.#valueIn(current.value)) ?? {}),
    };
    return new Refusal(
      'changed-meanwhile',
      `Somebody else changed this ${this.#options.kind} since it was read: see 'meanwhile', read it again, and put your changes onto it.`,
      { meanwhile },
    );
  }

  #event(happened: string, id: string, version: number, before: T | null, after: T | null) {
    const { kind, now = () => new Date() } = this.#options;
    const was = this.#told(before);
    const is = this.#told(after) ?? Object.fromEntries(Object.keys(was ?? {}).map((field) => [field, null]));
    return eventOf({
      type: `${kind}.${happened}`,
      entity: { kind, id },
      at: now(),
      version,
      changes: changesBetween(was, is),
    });
  }
}
