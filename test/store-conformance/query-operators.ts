import type { Document } from 'mongodb';
import { ids, useEngine } from './engine.ts';

/** What a query finds: the documents (by `_id`, from 1 on where they have none) that match the filter, in order. */
export type QueryCase = readonly [
  what: string,
  docs: readonly Document[],
  filter: Document,
  expected: readonly unknown[],
];

/** Declares the tests of a family of operators: without an index, and with one in either direction where the filter asks for `a`. */
export function describeOperators(family: string, cases: readonly QueryCase[]): void {
  const engine = useEngine();
  describe(`${family} operators`, () => {
    it.each(cases)('%s', async (_what, docs, filter, expected) => {
      const collection = await engine.filled(docs);
      expect(ids(await collection.find(filter).sort({ _id: 1 }).toArray())).toEqual(expected);
    });

    it.each(cases.filter(([, , filter]) => 'a' in filter))(
      'with an index: %s',
      async (_what, docs, filter, expected) => {
        const collection = await engine.filled(docs);
        await collection.createIndex({ a: 1 });
        expect(ids(await collection.find(filter).toArray()).sort()).toEqual([...expected].sort());
        await collection.dropIndex('a_1');
        await collection.createIndex({ a: -1 });
        expect(ids(await collection.find(filter).toArray()).sort()).toEqual([...expected].sort());
      },
    );
  });
}
