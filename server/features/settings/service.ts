import {
  breaks,
  calendars,
  dispositions,
  numbers,
  type QueueSetting,
  queueDefaults,
  queueSetting,
  reasons,
  retention,
  time,
} from '@ringdesk/shared/settings';
import type { z } from 'zod';
import { Refusal } from '../../platform/errors.ts';
import type { Consumer } from '../../platform/events/index.ts';
import type { Log } from '../../platform/log.ts';
import { Register } from '../../platform/register/index.ts';
import { isStoreAway, type Store } from '../../platform/store/index.ts';
import {
  danglingIn,
  type HouseSettings,
  type Mistake,
  mistakesIn,
  plainQueue,
  type SettingValues,
  type Subject,
  toldOf,
} from './rules.ts';

/** Collections whose documents carry events. */
export const settingSources = ['settings', 'queueSettings'];

interface Kept<V> {
  value: V;
  version: number;
}
interface Change<V> {
  value: V;
  basedOn: number;
}
type Registers = { [K in Subject]: Register<SettingValues[K]> };

/** How the house is set: read once, kept in memory, and read again at each change by whomever. */
export class Settings {
  readonly #registers: Registers;
  readonly #queues: Register<QueueSetting>;
  readonly #defaults: SettingValues;
  readonly #log: Log;
  readonly #told = new Set<(settings: HouseSettings) => void>();
  #current: HouseSettings;

  constructor({ store, defaults, log }: { store: Store; defaults: SettingValues; log: Log }) {
    this.#defaults = defaults;
    this.#log = log;
    this.#current = { ...defaults, queues: new Map() };
    const register = <V extends SettingValues[Subject]>(schema: z.ZodType<V>) =>
      new Register<V>({ store, collection: 'settings', kind: 'setting', schema, told: toldOf });
    this.#registers = {
      queueDefaults: register(queueDefaults),
      dispositions: register(dispositions),
      reasons: register(reasons),
      breaks: register(breaks),
      time: register(time),
      calendars: register(calendars),
      numbers: register(numbers),
      retention: register(retention),
    };
    this.#queues = new Register<QueueSetting>({
      store,
      collection: 'queueSettings',
      kind: 'queue-setting',
      schema: queueSetting,
      told: toldOf,
    });
    store.prepare({ name: 'settings', run: () => this.#load() });
  }

  /** As they are now; the defaults until the database was there. */
  current(): HouseSettings {
    return this.#current;
  }

  /** Told of each change, whoever made it. Returns the function that ends it. */
  onChange(told: (settings: HouseSettings) => void): () => void {
    this.#told.add(told);
    return () => this.#told.delete(told);
  }

  /** Hears what other servers of the house change. */
  consumer(): Consumer {
    return {
      name: 'settings',
      place: 'process',
      entities: ['setting', 'queue-setting'],
      run: () => this.#load(),
    };
  }

  /** @throws Refusal `store-unavailable` */
  async read<K extends Subject>(subject: K): Promise<Kept<SettingValues[K]>> {
    return (await this.#registers[subject].read(subject)) ?? { value: this.#defaults[subject], version: 0 };
  }

  /** @throws Refusal `bad-input`, `changed-meanwhile`, `store-unavailable` */
  async write<K extends Subject>(
    subject: K,
    { value, basedOn }: Change<SettingValues[K]>,
  ): Promise<Kept<SettingValues[K]>> {
    await this.#load();
    const changed = await this.#registers[subject].put(subject, value, {
      basedOn,
      first: this.#defaults[subject],
      check: () => refuse(mistakesIn(subject, value, this.#current)),
    });
    await this.#load();
    return { value, version: changed.version };
  }

  /** @param names of the queues that are known from elsewhere */
  async listQueues(names: readonly string[]): Promise<(Kept<QueueSetting> & { name: string })[]> {
    const kept = new Map((await this.#queues.list()).map((one) => [one.id, one]));
    return [...new Set([...names, ...kept.keys()])].sort().map((name) => {
      const found = kept.get(name);
      if (found === undefined) return { name, value: plainQueue, version: 0 };
      const { id: _, version, ...value } = found;
      return { name, value, version };
    });
  }

  /** @throws Refusal `bad-input`, `changed-meanwhile`, `store-unavailable` */
  async writeQueue(name: string, { value, basedOn }: Change<QueueSetting>) {
    await this.#load();
    const { version } = await this.#queues.put(name, value, {
      basedOn,
      first: plainQueue,
      check: () =>
        refuse(danglingIn({ ...this.#current, queues: new Map(this.#current.queues).set(name, value) })),
    });
    await this.#load();
    return { name, value, version };
  }

  async #load(): Promise<void> {
    try {
      const [kept, queues] = await Promise.all([this.#loadSubjects(), this.#queues.list()]);
      const next = {
        ...kept,
        queues: new Map(queues.map(({ id, version: _, ...value }) => [id, value])),
      };
      if (textOf(next) === textOf(this.#current)) return;
      this.#current = next;
    } catch (error) {
      if (!isStoreAway(error)) throw error;
      this.#log.warn({ err: error }, 'The settings could not be read; those from before hold');
      return;
    }
    for (const told of this.#told) told(this.#current);
  }

  async #loadSubjects(): Promise<SettingValues> {
    const one = async <K extends Subject>(subject: K) => (await this.read(subject)).value;
    const [queues, results, tree, pauses, clock, hours, prefixes, kept] = await Promise.all([
      one('queueDefaults'),
      one('dispositions'),
      one('reasons'),
      one('breaks'),
      one('time'),
      one('calendars'),
      one('numbers'),
      one('retention'),
    ]);
    return {
      queueDefaults: queues,
      dispositions: results,
      reasons: tree,
      breaks: pauses,
      time: clock,
      calendars: hours,
      numbers: prefixes,
      retention: kept,
    };
  }
}

function refuse(mistakes: readonly Mistake[]): void {
  if (mistakes.length === 0) return;
  const what = mistakes.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw new Refusal('bad-input', `The setting was not changed: ${what}.`, { fields: mistakes });
}

const textOf = ({ queues, ...rest }: HouseSettings) => JSON.stringify([rest, [...queues]]);
