import { decodePlain, decodeTyped } from '../values/codec.ts';
import { equalValues } from '../values/compare.ts';
import type { Doc } from '../values/document.ts';
import type { Catalog, Collection } from './catalog.ts';
import { duplicateKey } from './duplicate-key.ts';
import type { Environment, KeyRange } from './environment.ts';
import { scanEntries, scanKeys } from './environment.ts';
import type { Index } from './index-definition.ts';
import { type Entries, entriesOf, longestKey } from './index-entries.ts';
import { documentKey, entryKey, exactRange, idRange, recordIdOf } from './record-key.ts';

/** A stored document: its record id and its BSON bytes. */
export type StoredRecord = { readonly id: number; readonly bytes: Buffer };

/** Documents and their index entries, always changed together. Each change is checked in full before its first write. */
export type Records = {
  readonly get: (collection: Collection, id: number) => StoredRecord | undefined;
  readonly all: (collection: Collection, reverse?: boolean) => Generator<StoredRecord>;
  /** Record ids of index entries, in the order of the index; an id may come more than once when the index is multikey. */
  readonly byIndex: (range: KeyRange, reverse: boolean) => Generator<number>;
  readonly insert: (collection: Collection, bytes: Uint8Array, doc: Doc) => void;
  readonly replace: (
    collection: Collection,
    old: StoredRecord & { readonly doc: Doc },
    bytes: Uint8Array,
    doc: Doc,
  ) => void;
  readonly remove: (collection: Collection, record: StoredRecord) => void;
  /** Builds a new index from the documents that are there. Throws E11000 where they break its uniqueness. */
  readonly build: (collection: Collection, index: Index) => void;
  readonly dropEntries: (index: Index) => void;
  readonly dropDocuments: (collection: Collection) => void;
};

const nothing = Buffer.alloc(0);

export function createRecords(env: Environment, catalog: Catalog): Records {
  function get(collection: Collection, id: number): StoredRecord | undefined {
    const bytes = env.documents.get(documentKey(collection.id, id));
    return bytes === undefined ? undefined : { id, bytes };
  }

  function* all(collection: Collection, reverse = false): Generator<StoredRecord> {
    for (const { key, value } of scanEntries(env.documents, idRange(collection.id), reverse)) {
      yield { id: recordIdOf(key), bytes: value };
    }
  }

  function* byIndex(range: KeyRange, reverse: boolean): Generator<number> {
    for (const key of scanKeys(env.entries, range, reverse)) yield recordIdOf(key);
  }

  /** A key that was cut is compared by the whole values of the other document. */
  function holdsSame(collection: Collection, index: Index, id: number, values: readonly unknown[]): boolean {
    const other = get(collection, id);
    if (other === undefined) return false;
    return entriesOf(index, decodePlain(other.bytes)).list.some((entry) => equalValues(entry.values, values));
  }

  function assertUnique(
    collection: Collection,
    index: Index,
    entries: Entries,
    own: number,
    bytes: Uint8Array,
  ): void {
    if (!index.unique) return;
    for (const [position, entry] of entries.list.entries()) {
      for (const id of byIndex(exactRange(index.id, entry.encoded), false)) {
        if (id === own) continue;
        if (entry.encoded.length === longestKey && !holdsSame(collection, index, id, entry.values)) continue;
        const typed = entriesOf(index, decodeTyped(bytes)).list[position];
        throw duplicateKey(collection, index, typed?.values ?? entry.values);
      }
    }
  }

  /** Notes what the planner has to know of an index: that it has arrays, that it has keys that were cut. */
  function observe(collection: Collection, index: Index, entries: Entries): void {
    const multikey = index.multikey || entries.multikey;
    const truncated = index.truncated || entries.truncated;
    if (multikey === index.multikey && truncated === index.truncated) return;
    collection.indexes = collection.indexes.map((other) =>
      other.id === index.id ? { ...other, multikey, truncated } : other,
    );
    catalog.save(collection);
  }

  function checked(collection: Collection, id: number, bytes: Uint8Array, doc: Doc) {
    return collection.indexes.map((index) => {
      const entries = entriesOf(index, doc);
      assertUnique(collection, index, entries, id, bytes);
      return { index, entries };
    });
  }

  return {
    get,
    all,
    byIndex,
    insert(collection, bytes, doc) {
      const id = collection.nextRecordId;
      const indexed = checked(collection, id, bytes, doc);
      env.documents.put(documentKey(collection.id, id), Buffer.from(bytes));
      for (const { index, entries } of indexed) {
        for (const entry of entries.list) env.entries.put(entryKey(index.id, entry.encoded, id), nothing);
        observe(collection, index, entries);
      }
      collection.nextRecordId += 1;
      collection.count += 1;
    },
    replace(collection, old, bytes, doc) {
      const indexed = checked(collection, old.id, bytes, doc);
      env.documents.put(documentKey(collection.id, old.id), Buffer.from(bytes));
      for (const { index, entries } of indexed) {
        const before = entriesOf(index, old.doc).list.map((entry) =>
          entryKey(index.id, entry.encoded, old.id),
        );
        const after = entries.list.map((entry) => entryKey(index.id, entry.encoded, old.id));
        for (const key of before) if (!after.some((other) => other.equals(key))) env.entries.remove(key);
        for (const key of after)
          if (!before.some((other) => other.equals(key))) env.entries.put(key, nothing);
        observe(collection, index, entries);
      }
    },
    remove(collection, record) {
      const doc = decodePlain(record.bytes);
      for (const index of collection.indexes) {
        for (const entry of entriesOf(index, doc).list) {
          env.entries.remove(entryKey(index.id, entry.encoded, record.id));
        }
      }
      env.documents.remove(documentKey(collection.id, record.id));
      collection.count -= 1;
    },
    build(collection, index) {
      for (const record of all(collection)) {
        const entries = entriesOf(index, decodePlain(record.bytes));
        assertUnique(collection, index, entries, record.id, record.bytes);
        for (const entry of entries.list)
          env.entries.put(entryKey(index.id, entry.encoded, record.id), nothing);
        const known = collection.indexes.find((other) => other.id === index.id);
        if (known !== undefined) observe(collection, known, entries);
      }
    },
    dropEntries(index) {
      for (const key of scanKeys(env.entries, idRange(index.id))) env.entries.remove(key);
    },
    dropDocuments(collection) {
      for (const key of scanKeys(env.documents, idRange(collection.id))) env.documents.remove(key);
      collection.count = 0;
    },
  };
}
