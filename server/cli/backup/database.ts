import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Db, MongoClient } from 'mongodb';
import type { Config } from '../../config/index.ts';
import { createLog } from '../../platform/log.ts';
import { startEmbeddedStore } from '../../stand-ins/embedded-store/index.ts';
import { exitCode, Failure } from '../exit.ts';

type Where = Pick<Config, 'mongoUrl' | 'dataDir'>;

/**
 * The database of this configuration, also beside a server that runs: MongoDB, the embedded store by the socket of its process, or started for this.
 * @throws Failure when it cannot be opened
 */
export async function withDatabase<T>(where: Where, act: (db: Db) => Promise<T>): Promise<T> {
  const { mongoUrl, dataDir } = where;
  const dir = join(dataDir, 'store');
  const socket = join(dir, 'store.sock');
  const url = mongoUrl ?? (existsSync(socket) ? `mongodb://${encodeURIComponent(socket)}/ringdesk` : null);
  if (url !== null) {
    const client = await connected(url);
    if (client !== null) return closing(client, act);
    if (mongoUrl !== null)
      throw new Failure(exitCode.rejects, 'The database of MONGODB_URL does not answer.');
  }
  const log = createLog({ level: 'silent', showPersonal: false });
  const store = await startEmbeddedStore({ dir, log }).catch((error: unknown) => {
    throw new Failure(exitCode.rejects, error instanceof Error ? error.message : String(error));
  });
  try {
    const client = await connected(store.url);
    if (client === null) throw new Failure(exitCode.rejects, `The embedded store in ${dir} does not answer.`);
    return await closing(client, act);
  } finally {
    await store.stop();
  }
}

async function connected(url: string): Promise<MongoClient | null> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 5000 });
  try {
    await client.db().command({ ping: 1 });
    return client;
  } catch {
    await client.close();
    return null;
  }
}

async function closing<T>(client: MongoClient, act: (db: Db) => Promise<T>): Promise<T> {
  try {
    return await act(client.db());
  } finally {
    await client.close();
  }
}

/** The collections of a database, without those of its own. */
export async function collectionNames(db: Db): Promise<string[]> {
  const listed = await db.listCollections({}, { nameOnly: true }).toArray();
  return listed
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.'))
    .sort();
}
