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

const nothing = Buffer.alloc(0);

/** Documents and their index entries, always changed together. Each change is checked in full before its first write. */
export class Records {
  private readonly env: Environment;
  private readonly catalog: Catalog;

  constructor(env: Environment, catalog: Catalog) {
    this.env = env;
    this.catalog = catalog;
  }

  get(collection: Collection, id: number): StoredRecord | undefined {
    const bytes = this.env.documents.get(documentKey(collection.id, id));
    return bytes === undefined ? undefined : { id, bytes };
  }

  *all(collection: Collection, reverse = false): Generator<StoredRecord> {
    for (const { key, value } of scanEntries(this.env.documents, idRange(collection.id), reverse)) {
      yield { id: recordIdOf(key), bytes: value };
    }
  }

  /** Record ids of index entries, in the order of the index; an id may come more than once when the index is multikey. */
  *byIndex(range: KeyRange, reverse: boolean): Generator<number> {
    for (const key of scanKeys(this.env.entries, range, reverse)) yield recordIdOf(key);
  }

  insert(collection: Collection, bytes: Uint8Array, doc: Doc): void {
    const id = collection.nextRecordId;
    const indexed = this.checked(collection, id, bytes, doc);
    this.env.documents.put(documentKey(collection.id, id), Buffer.from(bytes));
    for (const { index, entries } of indexed) {
      for (const entry of entries.list) this.env.entries.put(entryKey(index.id, entry.encoded, id), nothing);
      this.observe(collection, index, entries);
    }
    collection.nextRecordId += 1;
    collection.count += 1;
  }

  replace(
    collection: Collection,
    old: StoredRecord & { readonly doc: Doc },
    bytes: Uint8Array,
    doc: Doc,
  ): void {
    const indexed = this.checked(collection, old.id, bytes, doc);
    this.env.documents.put(documentKey(collection.id, old.id), Buffer.from(bytes));
    for (const { index, entries } of indexed) {
      const before = entriesOf(index, old.doc).list.map((entry) => entryKey(index.id, entry.encoded, old.id));
      const after = entries.list.map((entry) => entryKey(index.id, entry.encoded, old.id));
      for (const key of before) if (!after.some((other) => other.equals(key))) this.env.entries.remove(key);
      for (const key of after)
        if (!before.some((other) => other.equals(key))) this.env.entries.put(key, nothing);
      this.observe(collection, index, entries);
    }
  }

  remove(collection: Collection, record: StoredRecord): void {
    const doc = decodePlain(record.bytes);
    for (const index of collection.indexes) {
      for (const entry of entriesOf(index, doc).list) {
        this.env.entries.remove(entryKey(index.id, entry.encoded, record.id));
      }
    }
    this.env.documents.remove(documentKey(collection.id, record.id));
    collection.count -= 1;
  }

  /** Builds a new index from the documents that are there. @throws CommandFailure E11000 where they break its uniqueness */
  build(collection: Collection, index: Index): void {
    for (const record of this.all(collection)) {
      const entries = entriesOf(index, decodePlain(record.bytes));
      this.assertUnique(collection, index, entries, record.id, record.bytes);
      for (const entry of entries.list)
        this.env.entries.put(entryKey(index.id, entry.encoded, record.id), nothing);
      const known = collection.indexes.find((other) => other.id === index.id);
      if (known !== undefined) this.observe(collection, known, entries);
    }
  }

  dropEntries(index: Index): void {
    for (const key of scanKeys(this.env.entries, idRange(index.id))) this.env.entries.remove(key);
  }

  dropDocuments(collection: Collection): void {
    for (const key of scanKeys(this.env.documents, idRange(collection.id))) this.env.documents.remove(key);
    collection.count = 0;
  }

  /** A key that was cut is compared by the whole values of the other document. */
  private holdsSame(collection: Collection, index: Index, id: number, values: readonly unknown[]): boolean {
    const other = this.get(collection, id);
    if (other === undefined) return false;
    return entriesOf(index, decodePlain(other.bytes)).list.some((entry) => equalValues(entry.values, values));
  }

  private assertUnique(
    collection: Collection,
    index: Index,
    entries: Entries,
    own: number,
    bytes: Uint8Array,
  ): void {
    if (!index.unique) return;
    for (const [position, entry] of entries.list.entries()) {
      for (const id of this.byIndex(exactRange(index.id, entry.encoded), false)) {
        if (id === own) continue;
        if (entry.encoded.length === longestKey && !this.holdsSame(collection, index, id, entry.values))
          continue;
        const typed = entriesOf(index, decodeTyped(bytes)).list[position];
        throw duplicateKey(collection, index, typed?.values ?? entry.values);
      }
    }
  }

  /** Notes what the planner has to know of an index: that it has arrays, that it has keys that were cut. */
  private observe(collection: Collection, index: Index, entries: Entries): void {
    const multikey = index.multikey || entries.multikey;
    const truncated = index.truncated || entries.truncated;
    if (multikey === index.multikey && truncated === index.truncated) return;
    collection.indexes = collection.indexes.map((other) =>
      other.id === index.id ? { ...other, multikey, truncated } : other,
    );
    this.catalog.save(collection);
  }

  private checked(collection: Collection, id: number, bytes: Uint8Array, doc: Doc) {
    return collection.indexes.map((index) => {
      const entries = entriesOf(index, doc);
      this.assertUnique(collection, index, entries, id, bytes);
      return { index, entries };
    });
  }
}
