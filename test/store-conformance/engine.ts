import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type Collection,
  type Db,
  type Document,
  MongoClient,
  MongoServerError,
  type ObjectId,
} from 'mongodb';
import pino from 'pino';
import { startEmbeddedStore } from '../../server/stand-ins/embedded-store/index.ts';

/** Documents of the tests have an `_id` of any type. */
export type TestDocument = { _id?: number | string | ObjectId | number[] | RegExp } & Document;

export type Engine = {
  readonly url: string;
  readonly client: MongoClient;
  readonly db: Db;
  /** A collection with a name of its own, filled with the documents. */
  readonly filled: (docs: readonly Document[]) => Promise<Collection<TestDocument>>;
  readonly empty: () => Collection<TestDocument>;
  /** True when the database has what came with that release of MongoDB, told by its wire version as drivers do. */
  readonly has: (release: keyof typeof wireVersions) => Promise<boolean>;
};

/** https://github.com/mongodb/specifications/blob/master/source/wireversion-featurelist/wireversion-featurelist.md */
const wireVersions = { '7.0': 21 } as const;

/**
 * The database under test: the one that MONGODB_URL names, else the embedded store in a directory of its own. The tests
 * work in databases with names of their own, which are dropped at the end. Expectations are those of MongoDB 6.0 and
 * later, alone or as a replica set; where its releases differ, the test says so. Nothing is expected of the order in
 * which documents come when no sort is asked for: MongoDB promises none. The URL's user, if it names one, has to be
 * allowed to read and write in databases of any name, and to list and drop them.
 */
export function useEngine(): Engine {
  // Bounded, but not by how busy the machine is or how far away the database.
  jest.setTimeout(120_000);
  let client: MongoClient | undefined;
  let stop: () => Promise<void> = async () => undefined;
  let url = '';
  let sequence = 0;
  const name = `ringdesk_conformance_${randomBytes(6).toString('hex')}`;

  beforeAll(async () => {
    url = process.env['MONGODB_URL'] ?? '';
    if (url === '') {
      const dir = await mkdtemp(path.join(tmpdir(), 'ringdesk-store-'));
      const store = await startEmbeddedStore({ dir, log: pino({ level: 'silent' }) });
      url = store.url;
      stop = async () => {
        await store.stop();
        await rm(dir, { recursive: true, force: true });
      };
    }
    // What was written is read at once: a replica set is asked at its primary.
    const opened = new MongoClient(url, { readPreference: 'primary' });
    await opened.connect();
    client = opened;
  });

  afterAll(async () => {
    for (const suffix of ['', '_other', '_m']) await client?.db(`${name}${suffix}`).dropDatabase();
    await client?.close();
    await stop();
  });

  const connected = (): MongoClient => {
    if (client === undefined) throw new Error('The engine is open in tests only');
    return client;
  };
  const empty = () => {
    sequence += 1;
    return connected().db(name).collection<TestDocument>(`c${sequence}`, { ignoreUndefined: true });
  };
  return {
    get url() {
      return url;
    },
    get client() {
      return connected();
    },
    get db() {
      return connected().db(name);
    },
    empty,
    async filled(docs) {
      const collection = empty();
      // A collection that is made first exists even when there is nothing to put into it.
      await connected().db(name).createCollection(collection.collectionName);
      if (docs.length > 0) await collection.insertMany(docs.map((doc) => ({ ...doc })));
      return collection;
    },
    async has(release) {
      const { maxWireVersion } = await connected().db(name).command({ hello: 1 });
      return Number(maxWireVersion) >= wireVersions[release];
    },
  };
}

/** The error that the database raises, or a failed test when it raises none. */
export async function failure(work: Promise<unknown>): Promise<MongoServerError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof MongoServerError) return error;
    throw error;
  }
  throw new Error('The database was expected to refuse this and did not');
}

/** `_id`s of documents, in order. */
export function ids(docs: readonly Document[]): unknown[] {
  return docs.map((doc) => doc['_id']);
}
