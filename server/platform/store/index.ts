import type { Collection, Document, IndexDescription } from 'mongodb';
import mongoose from 'mongoose';
import { Gauge, type Registry } from 'prom-client';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import { keepConnected } from './connection.ts';
import { createPreparations, type Preparation } from './preparation.ts';

export { isDuplicate, isStoreAway } from './failures.ts';

type StoreState = 'up' | 'down';

/** The database, MongoDB or the embedded one. It may be away at any moment; whoever uses it lives with that. */
export interface Store {
  readonly connection: mongoose.Connection;
  /** True when no MongoDB was named and the embedded store serves. */
  readonly embedded: boolean;
  state(): StoreState;
  /** Told at each change of state. Returns the function that ends it. */
  onState(told: (state: StoreState) => void): () => void;
  /**
   * A collection for direct use of the driver.
   * @throws Refusal `store-unavailable` at once while the database is known to be away
   */
  collection<T extends Document>(name: string): Collection<T>;
  /**
   * The same over connections of its own: look-ups of calls wait behind nobody's lists and searches.
   * @throws Refusal `store-unavailable` at once while the database is known to be away
   */
  collectionForCalls<T extends Document>(name: string): Collection<T>;
  /** @throws Refusal `store-unavailable` while the database is known to be away: nobody waits for what cannot come. */
  requireUp(): void;
  /** Indexes, migrations: run now, or when the database comes up, and again each time it does. */
  prepare(preparation: Preparation): void;
  /** Declares the indexes of a collection; a `prepare` of the usual kind. */
  index(collection: string, indexes: IndexDescription[]): void;
  /** Resolves when all preparations have run, or the database is away. */
  prepared(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** `mongodb://…`, with the database's name in its path; null starts the embedded store. */
  mongoUrl: string | null;
  /** Where the embedded store keeps its files (in `store/` below it). */
  dataDir: string;
  log: Log;
  metrics: Registry;
}

/**
 * Opens the database and keeps the connection for ever. Resolves after the first attempt, whether it succeeded or not: calls are taken and
 * shown without a database, and what they leave is written when it is back.
 * @throws when the embedded store cannot start, or the URL is not one
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { mongoUrl, dataDir, log, metrics } = options;
  const connection = mongoose.createConnection();
  const listeners = new Set<(state: StoreState) => void>();
  let state: StoreState = 'down';
  let closing = false;

  const gauge = new Gauge({
    name: 'ringdesk_store_up',
    help: '1 while the database can be reached',
    registers: [metrics],
  });
  const preparations = createPreparations({ isUp: () => state === 'up', log, retryMs: 2000 });

  function change(next: StoreState): void {
    if (next === state) return;
    state = next;
    gauge.set(next === 'up' ? 1 : 0);
    if (next === 'up') {
      log.info('The database is there');
      preparations.up();
    } else if (!closing) {
      log.warn('The database is away; live calls go on and are written when it is back');
    }
    for (const told of listeners) told(next);
  }

  const keeper = await keepConnected({ connection, mongoUrl, dataDir, log, onState: change });

  function requireUp(): void {
    if (state === 'up') return;
    throw new Refusal(
      'store-unavailable',
      'The database cannot be reached now; what you asked for was not done. Try again in a moment.',
    );
  }

  function collection<T extends Document>(name: string): Collection<T> {
    requireUp();
    // The connection's own, where it has one already: making one anew for every question costs as much as the question.
    const db = connection.db ?? connection.getClient().db(connection.name);
    return db.collection<T>(name);
  }

  return {
    connection,
    embedded: mongoUrl === null,
    state: () => state,
    onState(told) {
      listeners.add(told);
      return () => listeners.delete(told);
    },
    collection,
    collectionForCalls(name) {
      requireUp();
      return keeper.forCalls().db(connection.name).collection(name);
    },
    requireUp,
    prepare: (preparation) => preparations.add(preparation),
    index: (name, indexes) =>
      preparations.add({
        name: `indexes of ${name}`,
        run: async () => {
          await collection(name).createIndexes(indexes);
        },
      }),
    prepared: () => preparations.settled(),
    async close() {
      closing = true;
      preparations.stop();
      await keeper.close();
      change('down');
    },
  };
}
