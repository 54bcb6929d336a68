import { randomUUID } from 'node:crypto';
import { decodePlain, encode } from '../values/codec.ts';
import { type Doc, docOf, listOf } from '../values/document.ts';
import type { Environment } from './environment.ts';
import { scanKeys } from './environment.ts';
import { type Index, indexOf } from './index-definition.ts';
import { idRange, recordIdOf } from './record-key.ts';

/** A collection as it stands in memory; `count` and `nextRecordId` are counted at the start and kept along. */
export type Collection = {
  readonly id: number;
  readonly db: string;
  readonly name: string;
  readonly uuid: string;
  readonly options: Doc;
  indexes: readonly Index[];
  nextRecordId: number;
  count: number;
};

/** What collections and indexes there are. Every change is written in the transaction that is under way. */
export type Catalog = {
  readonly find: (db: string, name: string) => Collection | undefined;
  readonly inDatabase: (db: string) => Collection[];
  readonly databases: () => string[];
  readonly all: () => Iterable<Collection>;
  readonly create: (db: string, name: string, options: Doc) => Collection;
  readonly save: (collection: Collection) => void;
  readonly remove: (collection: Collection) => void;
  readonly nextId: () => number;
  /** Reads everything anew: after a transaction that was undone. */
  readonly reload: () => void;
};

const sequenceKey = Buffer.from('\0sequence');
const namespaceKey = (db: string, name: string) => Buffer.from(`${db}.${name}`, 'utf8');

function indexRecord(index: Index): Doc {
  return { id: index.id, spec: index.spec, multikey: index.multikey, truncated: index.truncated };
}

function readIndex(record: Doc): Index {
  return indexOf(docOf(record['spec']), Number(record['id']), {
    multikey: record['multikey'] === true,
    truncated: record['truncated'] === true,
  });
}

export function createCatalog(env: Environment): Catalog {
  const collections = new Map<string, Collection>();
  let sequence = 0;

  function readCollection(record: Doc): Collection {
    const id = Number(record['id']);
    const range = idRange(id);
    const [last] = scanKeys(env.documents, range, true);
    return {
      id,
      db: String(record['db']),
      name: String(record['name']),
      uuid: String(record['uuid']),
      options: docOf(record['options']),
      indexes: listOf(record['indexes']).map((index) => readIndex(docOf(index))),
      nextRecordId: last === undefined ? 1 : recordIdOf(last) + 1,
      count: env.documents.getKeysCount(range),
    };
  }

  function reload(): void {
    collections.clear();
    sequence = 0;
    for (const { key, value } of env.catalog.getRange({})) {
      const record = decodePlain(value);
      if (key.equals(sequenceKey)) sequence = Number(record['last']);
      else {
        const collection = readCollection(record);
        collections.set(`${collection.db}.${collection.name}`, collection);
      }
    }
  }

  function nextId(): number {
    sequence += 1;
    env.catalog.put(sequenceKey, Buffer.from(encode({ last: sequence })));
    return sequence;
  }

  function save(collection: Collection): void {
    const { id, db, name, uuid, options } = collection;
    const record = { id, db, name, uuid, options, indexes: collection.indexes.map(indexRecord) };
    env.catalog.put(namespaceKey(db, name), Buffer.from(encode(record)));
    collections.set(`${db}.${name}`, collection);
  }

  reload();
  return {
    find: (db, name) => collections.get(`${db}.${name}`),
    inDatabase: (db) => [...collections.values()].filter((collection) => collection.db === db),
    databases: () => [...new Set([...collections.values()].map((collection) => collection.db))],
    all: () => collections.values(),
    create(db, name, options) {
      const collection: Collection = {
        id: nextId(),
        db,
        name,
        uuid: randomUUID(),
        options,
        indexes: [indexOf({ key: { _id: 1 }, name: '_id_', unique: true }, nextId())],
        nextRecordId: 1,
        count: 0,
      };
      save(collection);
      return collection;
    },
    save,
    remove(collection) {
      env.catalog.remove(namespaceKey(collection.db, collection.name));
      collections.delete(`${collection.db}.${collection.name}`);
    },
    nextId,
    reload,
  };
}
