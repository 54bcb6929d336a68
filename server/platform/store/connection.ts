import { join } from 'node:path';
import { MongoClient, type MongoClientOptions } from 'mongodb';
import type { Connection, ConnectOptions } from 'mongoose';
import { startEmbeddedStore } from '../../stand-ins/embedded-store/index.ts';
import type { Log } from '../log.ts';
import { readableUrl, retryDelayMs, withoutSecrets } from './url.ts';

const poolOptions = {
  // A request must learn within two seconds that the database is away.
  serverSelectionTimeoutMS: 2000,
  heartbeatFrequencyMS: 2000,
  // Also the time limit of a heartbeat: a database that hangs counts as away after it.
  connectTimeoutMS: 4000,
  socketTimeoutMS: 60_000,
  waitQueueTimeoutMS: 10_000,
} satisfies MongoClientOptions;

const connectOptions: ConnectOptions = {
  ...poolOptions,
  maxPoolSize: 30,
  // Indexes are made by the store's preparations, at each coming up.
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
};

/** As many as look-ups of calls go on at once. */
const callPoolOptions: MongoClientOptions = { ...poolOptions, maxPoolSize: 12 };

interface KeepOptions {
  connection: Connection;
  mongoUrl: string | null;
  dataDir: string;
  log: Log;
  onState(state: 'up' | 'down'): void;
}

export interface KeptConnection {
  /** Connections that the calls have for themselves. @throws what the driver says of the URL */
  forCalls(): MongoClient;
  close(): Promise<void>;
}

/**
 * Keeps a connection to the database: tries for ever until the first success, from then on the driver reconnects by itself. Without a URL the
 * embedded store is started first.
 * @returns after the first attempt
 */
export async function keepConnected(options: KeepOptions): Promise<KeptConnection> {
  const { connection, mongoUrl, dataDir, log, onState } = options;
  let closing = false;
  let wake: (() => void) | null = null;

  connection.on('connected', () => onState('up'));
  connection.on('reconnected', () => onState('up'));
  connection.on('disconnected', () => onState('down'));
  // Mongoose raises 'error' for a failed first attempt, which `attempt` reports already.
  connection.on('error', (error) => log.debug({ err: error }, 'Database connection'));

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function attempt(url: string): Promise<boolean> {
    try {
      await connection.openUri(url, { ...connectOptions });
      return true;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      log.warn(
        { why: withoutSecrets(why, url) },
        `The database at ${readableUrl(url)} does not answer; trying again. Check that it runs and that the URL is right`,
      );
      return false;
    }
  }

  /** Tries until it is connected or closed; resolves after the first attempt. */
  async function connect(url: string): Promise<void> {
    if (await attempt(url)) return;
    void (async () => {
      for (let failures = 1; !closing; failures += 1) {
        await pause(retryDelayMs(failures, Math.random()));
        if (closing || (await attempt(url))) return;
      }
    })();
  }

  // It starts its process again by itself, at the same address.
  const embedded = mongoUrl === null ? await startEmbeddedStore({ dir: join(dataDir, 'store'), log }) : null;
  const url = mongoUrl ?? embedded?.url ?? '';
  await connect(url);
  let calls: MongoClient | null = null;

  return {
    forCalls() {
      calls ??= new MongoClient(url, callPoolOptions);
      return calls;
    },
    async close() {
      closing = true;
      wake?.();
      await calls?.close();
      await connection.close();
      await embedded?.stop();
    },
  };
}
