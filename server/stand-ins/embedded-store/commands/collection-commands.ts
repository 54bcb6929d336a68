import { UUID } from 'bson';
import { CommandFailure, notImplemented } from '../failure.ts';
import { createMatcher } from '../query/matcher.ts';
import type { Collection } from '../storage/catalog.ts';
import { indexOf } from '../storage/index-definition.ts';
import { assertNamespace, type Store } from '../storage/store.ts';
import { encode } from '../values/codec.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { type Call, type Command, docField, textField } from './command.ts';

const createOptions = new Set([
  'create',
  'lsid',
  '$db',
  '$readPreference',
  'writeConcern',
  'comment',
  'autoIndexId',
  '$clusterTime',
  'maxTimeMS',
]);

/** Since MongoDB 7.0 it is no error to make a collection again as it is: https://www.mongodb.com/docs/v7.0/reference/command/create/ */
const create: Command = (call, { store }) => {
  const name = textField(call, 'create');
  const unknown = Object.keys(call.body).find(
    (option) => !createOptions.has(option) && call.body[option] !== false,
  );
  assertNamespace(call.db, name);
  return store.write(() => {
    const there = store.catalog.find(call.db, name) !== undefined;
    if (there && unknown !== undefined) {
      throw new CommandFailure(
        'NamespaceExists',
        `namespace ${call.db}.${name} already exists, but with different options: '${unknown}'`,
      );
    }
    if (unknown !== undefined) throw notImplemented(`the collection option '${unknown}'`);
    if (!there) store.catalog.create(call.db, name, {});
    return {};
  });
};

function dropCollection(store: Store, collection: Collection): void {
  for (const index of collection.indexes) store.records.dropEntries(index);
  store.records.dropDocuments(collection);
  store.catalog.remove(collection);
}

const drop: Command = (call, { store }) => {
  const name = textField(call, 'drop');
  return store.write((): Doc => {
    const collection = store.catalog.find(call.db, name);
    // Since MongoDB 7.0 it is no error to drop what is not there.
    if (collection === undefined) return {};
    const nIndexesWas = collection.indexes.length;
    dropCollection(store, collection);
    return { nIndexesWas, ns: `${call.db}.${name}` };
  });
};

const dropDatabase: Command = (call, { store }) =>
  store.write((): Doc => {
    const collections = store.catalog.inDatabase(call.db);
    for (const collection of collections) dropCollection(store, collection);
    return collections.length === 0 ? {} : { dropped: call.db };
  });

function describe(collection: Collection, nameOnly: boolean): Doc {
  if (nameOnly) return { name: collection.name, type: 'collection' };
  return {
    name: collection.name,
    type: 'collection',
    options: collection.options,
    info: { readOnly: false, uuid: new UUID(collection.uuid) },
    idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
  };
}

const listCollections: Command = (call, { store, cursors }) => {
  const { test } = createMatcher(docField(call, 'filter'));
  const found = store.catalog
    .inDatabase(call.db)
    .map((collection) => describe(collection, call.body['nameOnly'] === true))
    .filter(test)
    .map(encode);
  return cursors.first(`${call.db}.$cmd.listCollections`, found.values(), {
    batchSize: Number.MAX_SAFE_INTEGER,
  });
};

const listDatabases: Command = (call, { store }) => {
  const { test } = createMatcher(docField(call, 'filter'));
  const nameOnly = call.body['nameOnly'] === true;
  const databases = store.catalog
    .databases()
    .map((name): Doc => (nameOnly ? { name } : { name, sizeOnDisk: 0, empty: false }));
  return { databases: databases.filter(test), ...(nameOnly ? {} : { totalSize: 0 }) };
};

/** Changes how long a TTL index keeps documents: the one thing `collMod` does here. */
const collMod: Command = (call, { store }) => {
  const name = textField(call, 'collMod');
  const wanted = docField(call, 'index');
  const seconds = wanted['expireAfterSeconds'];
  if (seconds === undefined) throw notImplemented('collMod of anything but expireAfterSeconds');
  return store.write(() => {
    const collection = required(store, call, name);
    const index = collection.indexes.find((one) =>
      isDoc(wanted['keyPattern'])
        ? JSON.stringify(one.key) === JSON.stringify(wanted['keyPattern'])
        : one.name === wanted['name'],
    );
    if (index === undefined)
      throw new CommandFailure(
        'IndexNotFound',
        `cannot find index ${String(wanted['name'] ?? JSON.stringify(wanted['keyPattern']))} for ns ${call.db}.${name}`,
      );
    const changed = indexOf({ ...index.spec, expireAfterSeconds: seconds }, index.id, index);
    collection.indexes = collection.indexes.map((one) => (one.id === index.id ? changed : one));
    store.catalog.save(collection);
    return { expireAfterSeconds_old: index.expireAfterSeconds, expireAfterSeconds_new: seconds };
  });
};

function required(store: Store, call: Call, name: string): Collection {
  const collection = store.catalog.find(call.db, name);
  if (collection === undefined)
    throw new CommandFailure('NamespaceNotFound', `ns does not exist: ${call.db}.${name}`);
  return collection;
}

export const collectionCommands: Readonly<Record<string, Command>> = {
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  collMod,
};
