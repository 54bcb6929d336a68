import { firstBatchSize } from '../cursors.ts';
import { CommandFailure } from '../failure.ts';
import type { Collection } from '../storage/catalog.ts';
import { defaultIndexName, type Index, indexOf, sameKey, sameOptions } from '../storage/index-definition.ts';
import type { Store } from '../storage/store.ts';
import { encode } from '../values/codec.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { type Call, type Command, plainList, textField } from './command.ts';

/** An index that is there already; throws 85/86 where the same name or the same fields are declared differently. */
function existing(collection: Collection, wanted: Index): Index | undefined {
  const byName = collection.indexes.find((index) => index.name === wanted.name);
  const byKey = collection.indexes.find(
    (index) => sameKey(index.key, wanted.key) && sameOptions(index, wanted),
  );
  if (byName !== undefined && (!sameKey(byName.key, wanted.key) || !sameOptions(byName, wanted))) {
    const what = sameKey(byName.key, wanted.key) ? 'IndexOptionsConflict' : 'IndexKeySpecsConflict';
    throw new CommandFailure(
      sameKey(byName.key, wanted.key) && byName.unique === wanted.unique
        ? 'IndexOptionsConflict'
        : 'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${JSON.stringify(wanted.spec)}, existing index: ${JSON.stringify(byName.spec)} (${what})`,
    );
  }
  const sameFields = collection.indexes.find(
    (index) => sameKey(index.key, wanted.key) && sameSignature(index, wanted),
  );
  if (byName === undefined && sameFields !== undefined) {
    throw new CommandFailure(
      'IndexOptionsConflict',
      byKey === undefined
        ? `An equivalent index already exists with different options. Requested index: ${JSON.stringify(wanted.spec)}, existing index: ${JSON.stringify(sameFields.spec)}`
        : `Index already exists with a different name: ${byKey.name}`,
    );
  }
  return byName;
}

/** Indexes over the same fields may stand side by side when they differ in these (since MongoDB 5.0). */
function sameSignature(left: Index, right: Index): boolean {
  const samePartial = JSON.stringify(left.partial?.filter) === JSON.stringify(right.partial?.filter);
  return samePartial && left.unique === right.unique && left.sparse === right.sparse;
}

function build(store: Store, collection: Collection, wanted: readonly Doc[]): number {
  let made = 0;
  // The specifications are read before the first is built: a wrong one leaves nothing behind.
  for (const spec of wanted) indexOf(spec, 0);
  for (const spec of wanted) {
    if (existing(collection, indexOf(spec, 0)) !== undefined) continue;
    const index = indexOf(spec, store.catalog.nextId());
    const before = collection.indexes;
    collection.indexes = [...before, index];
    try {
      store.records.build(collection, index);
    } catch (error) {
      collection.indexes = before;
      store.records.dropEntries(index);
      store.catalog.save(collection);
      throw error;
    }
    store.catalog.save(collection);
    made += 1;
  }
  return made;
}

const createIndexes: Command = (call, { store }) => {
  const name = textField(call, 'createIndexes');
  const specs = plainList(call, 'indexes').map((spec) => {
    const key = spec['key'];
    return { ...spec, name: spec['name'] ?? (isDoc(key) ? defaultIndexName(key) : '') };
  });
  if (specs.length === 0) throw new CommandFailure('BadValue', 'Must specify at least one index to create');
  return store.write(() => {
    const createdCollectionAutomatically = store.catalog.find(call.db, name) === undefined;
    const collection = store.collectionForWrite(call.db, name);
    const numIndexesBefore = collection.indexes.length;
    const made = build(store, collection, specs);
    return {
      numIndexesBefore,
      numIndexesAfter: collection.indexes.length,
      createdCollectionAutomatically,
      ...(made === 0 ? { note: 'all indexes already exist' } : {}),
    };
  });
};

function required(store: Store, call: Call, name: string): Collection {
  const collection = store.catalog.find(call.db, name);
  if (collection === undefined)
    throw new CommandFailure('NamespaceNotFound', `ns does not exist: ${call.db}.${name}`);
  return collection;
}

const listIndexes: Command = (call, { store, cursors }) => {
  const name = textField(call, 'listIndexes');
  const { indexes } = required(store, call, name);
  const documents = indexes.map((index) => encode(index.spec));
  return cursors.first(`${call.db}.${name}`, documents.values(), {
    batchSize: Math.max(firstBatchSize, documents.length),
  });
};

function toDrop(collection: Collection, wanted: unknown): readonly Index[] {
  const droppable = collection.indexes.filter((index) => index.name !== '_id_');
  if (wanted === '*') return droppable;
  if (Array.isArray(wanted)) return wanted.flatMap((one) => toDrop(collection, one));
  const found = collection.indexes.find((index) =>
    isDoc(wanted) ? sameKey(index.key, wanted) : index.name === wanted,
  );
  if (found === undefined) {
    const shown = isDoc(wanted)
      ? `can't find index with key: ${JSON.stringify(wanted)}`
      : `index not found with name [${String(wanted)}]`;
    throw new CommandFailure('IndexNotFound', shown);
  }
  if (found.name === '_id_') throw new CommandFailure('InvalidOptions', 'cannot drop _id index');
  return [found];
}

const dropIndexes: Command = (call, { store }) => {
  const name = textField(call, call.name);
  return store.write(() => {
    const collection = required(store, call, name);
    const nIndexesWas = collection.indexes.length;
    const dropped = toDrop(collection, call.body['index']);
    for (const index of dropped) store.records.dropEntries(index);
    collection.indexes = collection.indexes.filter((index) => !dropped.includes(index));
    store.catalog.save(collection);
    return { nIndexesWas };
  });
};

export const indexCommands: Readonly<Record<string, Command>> = {
  createIndexes,
  listIndexes,
  dropIndexes,
  deleteIndexes: dropIndexes,
};
