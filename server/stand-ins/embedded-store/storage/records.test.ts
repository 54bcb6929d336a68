import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { find, findRequest } from '../query/find.ts';
import { sortBy, sortFields } from '../query/sort.ts';
import { encode } from '../values/codec.ts';
import type { Doc } from '../values/document.ts';
import { type Environment, openEnvironment } from './environment.ts';
import { indexOf } from './index-definition.ts';
import { createStore, type Store } from './store.ts';

const value = fc.oneof(
  fc.constant(null),
  fc.integer({ min: -2, max: 4 }),
  fc.constantFrom('a', 'b', 'ab'),
  fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
  fc.boolean(),
);
const doc = fc.record(
  { a: value, b: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant('x')) },
  { requiredKeys: [] },
);
const operand = fc.oneof(fc.integer({ min: -2, max: 4 }), fc.constantFrom('a', 'ab', null, true));
const condition = fc.oneof(
  operand,
  fc.record({ $gte: operand }),
  fc.record({ $gt: fc.integer({ min: -2, max: 3 }), $lt: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ $in: fc.array(operand, { maxLength: 3 }) }),
  fc.record({ $elemMatch: fc.record({ $gte: fc.integer({ min: 0, max: 3 }) }) }),
  fc.record({ $ne: operand }),
  fc.constantFrom([1, 2], [], /^a/),
);
const filter = fc.oneof(
  fc.record({ a: condition }),
  fc.record({ a: condition, b: condition }),
  fc.record({ $or: fc.tuple(fc.record({ a: condition }), fc.record({ b: condition })) }),
);
const sort = fc.constantFrom<Doc>({}, { a: 1 }, { a: -1 }, { a: 1, b: -1 }, { b: 1 }, { b: -1, a: 1 });
const keys = fc.constantFrom<Doc>({ a: 1 }, { a: -1 }, { a: 1, b: 1 }, { a: -1, b: 1 }, { b: 1, a: -1 });

describe('indexes', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'ringdesk-records-'));
  let env: Environment;
  let store: Store;
  let sequence = 0;

  beforeAll(() => {
    env = openEnvironment(dir);
    store = createStore(env);
  });
  afterAll(async () => {
    await env.close();
    rmSync(dir, { recursive: true, force: true });
  });

  function found(name: string, query: Doc, order: Doc): unknown[] {
    const collection = store.catalog.find('d', name);
    if (collection === undefined) throw new Error('no collection');
    const request = findRequest(query, { sort: sortFields(order) });
    return [...find(store, collection, request)].map((match) => match.doc);
  }

  /** One document put, replaced or (null) removed, in the store and in the model of it. */
  function change(name: string, model: Map<number, Doc>, id: number, next: Doc | null): void {
    const collection = store.catalog.find('d', name);
    if (collection === undefined) throw new Error('no collection');
    const [match] = find(store, collection, findRequest({ _id: id }));
    if (next === null) {
      if (match !== undefined) store.records.remove(collection, match.record);
      model.delete(id);
      return;
    }
    const whole = { _id: id, ...next };
    model.set(id, whole);
    if (match === undefined) store.records.insert(collection, encode(whole), whole);
    else store.records.replace(collection, { ...match.record, doc: match.doc }, encode(whole), whole);
  }

  it('find the same documents, in the same order, as looking at each of them', () => {
    fc.assert(
      fc.property(fc.array(doc, { maxLength: 25 }), keys, filter, sort, (docs, key, query, order) => {
        sequence += 1;
        const name = `c${sequence}`;
        env.transaction(() => {
          const collection = store.catalog.create('d', name, {});
          for (const [at, one] of docs.entries()) {
            const whole = { _id: at, ...one };
            store.records.insert(collection, encode(whole), whole);
          }
        });
        const fields = sortFields(order);
        const plain = found(name, query, order);
        env.transaction(() => {
          const collection = store.catalog.find('d', name);
          if (collection === undefined) throw new Error('no collection');
          const index = indexOf({ key, name: 'i' }, store.catalog.nextId());
          // Two arrays of one document cannot be indexed together; such a collection has nothing to compare.
          collection.indexes = [...collection.indexes, index];
          store.records.build(collection, index);
        });
        const indexed = found(name, query, order);
        const byId = (left: Doc, right: Doc) => Number(left['_id']) - Number(right['_id']);
        const sorted = (list: unknown[]) => list.map((one) => ({ ...Object(one) })).sort(byId);
        expect(sorted(indexed)).toEqual(sorted(plain));
        // Documents that are equal in the order may come in any.
        const ranks = (list: unknown[]) =>
          list.map((one) => sortBy([one, ...plain], fields, (item) => ({ ...Object(item) })).indexOf(one));
        if (fields.length > 0) expect(ranks(indexed)).toEqual(ranks(plain));
      }),
      { numRuns: 300 },
    );
  });

  it('keep nothing of documents that were changed or removed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.option(doc)), { maxLength: 30 }),
        (steps) => {
          sequence += 1;
          const name = `c${sequence}`;
          env.transaction(() => {
            const collection = store.catalog.create('d', name, {});
            const index = indexOf({ key: { a: 1, b: -1 }, name: 'i' }, store.catalog.nextId());
            collection.indexes = [...collection.indexes, index];
          });
          const model = new Map<number, Doc>();
          env.transaction(() => {
            for (const [id, next] of steps) change(name, model, id, next);
          });
          const collection = store.catalog.find('d', name);
          expect(collection?.count).toBe(model.size);
          for (const index of collection?.indexes ?? []) {
            const hinted = findRequest({}, { hint: index.name });
            const docs =
              collection === undefined ? [] : [...find(store, collection, hinted)].map((match) => match.doc);
            expect(docs.sort((left, right) => Number(left['_id']) - Number(right['_id']))).toEqual(
              [...model.values()].sort((left, right) => Number(left['_id']) - Number(right['_id'])),
            );
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are counted and found again after the store was closed', async () => {
    env.transaction(() => {
      const collection = store.catalog.create('d', 'kept', {});
      for (let at = 0; at < 50; at += 1) store.records.insert(collection, encode({ _id: at }), { _id: at });
    });
    await env.close();
    env = openEnvironment(dir);
    store = createStore(env);
    expect(store.catalog.find('d', 'kept')).toMatchObject({ count: 50, nextRecordId: 51 });
    expect(found('kept', { _id: 49 }, {})).toEqual([{ _id: 49 }]);
  });

  it('hold keys that are longer than LMDB can, and tell them apart', () => {
    const long = 'x'.repeat(5000);
    env.transaction(() => {
      const collection = store.catalog.create('d', 'long', {});
      const index = indexOf({ key: { a: 1 }, name: 'i', unique: true }, store.catalog.nextId());
      collection.indexes = [...collection.indexes, index];
      for (const [at, a] of [`${long}b`, `${long}a`, 'y'].entries()) {
        store.records.insert(collection, encode({ _id: at, a }), { _id: at, a });
      }
      expect(() =>
        store.records.insert(collection, encode({ _id: 9, a: `${long}a` }), { _id: 9, a: `${long}a` }),
      ).toThrow(/E11000/);
    });
    expect(found('long', { a: `${long}a` }, {})).toMatchObject([{ _id: 1 }]);
    expect(found('long', { a: { $gte: 'x' } }, { a: 1 })).toMatchObject([{ _id: 1 }, { _id: 0 }, { _id: 2 }]);
  });
});
