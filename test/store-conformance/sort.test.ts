import { Binary, MaxKey, MinKey, ObjectId } from 'mongodb';
import { failure, ids, useEngine } from './engine.ts';

const engine = useEngine();

/** One value of each type, in MongoDB's order of comparison. */
const ordered: readonly (readonly [string, unknown])[] = [
  ['MinKey', new MinKey()],
  ['null', null],
  ['a negative number', -1.5],
  ['zero', 0],
  ['a number', 7],
  ['an empty text', ''],
  ['text of a byte below all letters', '\0'],
  ['text', 'a'],
  ['longer text', 'ab'],
  ['text beyond ASCII', 'я'],
  ['a document', { a: 1 }],
  ['a document with more', { a: 2 }],
  ['binary', new Binary(Buffer.from([1]))],
  ['longer binary', new Binary(Buffer.from([0, 0]))],
  ['an ObjectId', new ObjectId('650000000000000000000001')],
  ['a later ObjectId', new ObjectId('650000000000000000000002')],
  ['false', false],
  ['true', true],
  ['an early date', new Date(-5)],
  ['a date', new Date(5)],
  ['a regular expression', /a/],
  ['MaxKey', new MaxKey()],
];

/** The same every time, and far from sorted. */
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item, at) => ({ item, key: (at * 7919) % 101 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

describe('order across types', () => {
  const docs = ordered.map(([, value], _id) => ({ _id, value }));
  const expected = docs.map((doc) => doc._id);

  it('ascending and descending', async () => {
    const collection = await engine.filled(shuffled(docs));
    expect(ids(await collection.find().sort({ value: 1 }).toArray())).toEqual(expected);
    expect(ids(await collection.find().sort({ value: -1 }).toArray())).toEqual([...expected].reverse());
  });

  it.each([1, -1] as const)('through an index of direction %s', async (direction) => {
    const collection = await engine.filled(shuffled(docs));
    await collection.createIndex({ value: direction });
    expect(ids(await collection.find().sort({ value: 1 }).toArray())).toEqual(expected);
    expect(ids(await collection.find().sort({ value: -1 }).toArray())).toEqual([...expected].reverse());
  });

  it('in a pipeline', async () => {
    const collection = await engine.filled(shuffled(docs));
    const found = await collection.aggregate([{ $set: { x: 1 } }, { $sort: { value: 1 } }]).toArray();
    expect(ids(found)).toEqual(expected);
  });
});

describe('sort', () => {
  it('takes a missing field for null', async () => {
    const collection = await engine.filled([
      { _id: 1, a: 1 },
      { _id: 2 },
      { _id: 3, a: null },
      { _id: 4, a: -1 },
    ]);
    expect(ids(await collection.find().sort({ a: 1, _id: 1 }).toArray())).toEqual([2, 3, 4, 1]);
  });

  it('goes by several fields', async () => {
    const collection = await engine.filled([
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 2 },
      { _id: 3, a: 0, b: 9 },
    ]);
    expect(ids(await collection.find().sort({ a: 1, b: -1 }).toArray())).toEqual([3, 2, 1]);
    await collection.createIndex({ a: 1, b: -1 });
    expect(ids(await collection.find().sort({ a: 1, b: -1 }).toArray())).toEqual([3, 2, 1]);
    expect(ids(await collection.find().sort({ a: -1, b: 1 }).toArray())).toEqual([1, 2, 3]);
    expect(ids(await collection.find().sort({ a: 1, b: 1 }).toArray())).toEqual([3, 1, 2]);
  });

  it('goes by nested fields', async () => {
    const collection = await engine.filled([
      { _id: 1, a: { b: 2 } },
      { _id: 2, a: { b: 1 } },
      { _id: 3, a: 5 },
    ]);
    expect(ids(await collection.find().sort({ 'a.b': 1 }).toArray())).toEqual([3, 2, 1]);
  });

  it('takes the least element of an array ascending, the greatest descending', async () => {
    const docs = [
      { _id: 1, a: [5, 1] },
      { _id: 2, a: [3] },
      { _id: 3, a: 4 },
      { _id: 4, a: [] },
    ];
    const collection = await engine.filled(docs);
    const both = async () => [
      ids(await collection.find().sort({ a: 1 }).toArray()),
      ids(await collection.find().sort({ a: -1 }).toArray()),
    ];
    const expected = [
      [4, 1, 2, 3],
      [1, 3, 2, 4],
    ];
    expect(await both()).toEqual(expected);
    await collection.createIndex({ a: 1 });
    expect(await both()).toEqual(expected);
  });

  it.each([undefined, { 'x.y': 1, 'x.z': -1 } as const])(
    'takes the best combination of fields of the documents in an array (index: %j)',
    async (index) => {
      const collection = await engine.filled([
        {
          _id: 0,
          x: [
            { y: [4, 0, 1], z: 7 },
            { y: 0, z: 9 },
          ],
        },
        {
          _id: 1,
          x: [
            { y: 1, z: 7 },
            { y: 0, z: [8, 6] },
          ],
        },
      ]);
      if (index !== undefined) await collection.createIndex(index);
      // The keys are { 0, 9 } and { 0, 8 } one way, { 4, 7 } and { 1, 7 } the other.
      expect(ids(await collection.find().sort({ 'x.y': 1, 'x.z': -1 }).toArray())).toEqual([0, 1]);
      expect(ids(await collection.find().sort({ 'x.y': -1, 'x.z': 1 }).toArray())).toEqual([0, 1]);
      expect(ids(await collection.find({ 'x.y': 1 }).sort({ 'x.z': -1 }).toArray())).toEqual([0, 1]);
    },
  );

  it('sorts by all of an array, not by what the filter found', async () => {
    const collection = await engine.filled([
      { _id: 0, a: [3, 0, 1] },
      { _id: 1, a: [8, 4, -1] },
    ]);
    const found = async () =>
      ids(
        await collection
          .find({ a: { $gte: 2 } })
          .sort({ a: 1 })
          .toArray(),
      );
    expect(await found()).toEqual([1, 0]);
    await collection.createIndex({ a: 1 });
    expect(await found()).toEqual([1, 0]);
  });

  it('with equal values held by an index gives the order of the next field', async () => {
    const docs = Array.from({ length: 200 }, (_, n) => ({
      _id: n,
      customer: n % 5,
      at: new Date((n * 7919) % 1000),
    }));
    const collection = await engine.filled(docs);
    await collection.createIndex({ customer: 1, at: -1 });
    const newest = docs
      .filter((doc) => doc.customer === 3)
      .sort((left, right) => right.at.getTime() - left.at.getTime());
    expect(ids(await collection.find({ customer: 3 }).sort({ at: -1 }).limit(7).toArray())).toEqual(
      newest.slice(0, 7).map((doc) => doc._id),
    );
    expect(ids(await collection.find({ customer: 3 }).sort({ at: 1 }).limit(3).toArray())).toEqual(
      newest
        .slice(-3)
        .reverse()
        .map((doc) => doc._id),
    );
    expect(
      ids(
        await collection
          .find({ customer: 3, at: { $lt: new Date(500) } })
          .sort({ at: -1 })
          .limit(2)
          .toArray(),
      ),
    ).toEqual(
      newest
        .filter((doc) => doc.at < new Date(500))
        .slice(0, 2)
        .map((doc) => doc._id),
    );
  });

  it('with $in on the first field and a range on the second', async () => {
    const docs = Array.from({ length: 120 }, (_, n) => ({ _id: n, queue: `q${n % 4}`, wait: (n * 31) % 97 }));
    const collection = await engine.filled(docs);
    await collection.createIndex({ queue: 1, wait: 1 });
    const wanted = docs
      .filter((doc) => ['q1', 'q3'].includes(doc.queue) && doc.wait >= 20 && doc.wait < 60)
      .sort((left, right) => left.wait - right.wait || left._id - right._id);
    const filter = { queue: { $in: ['q3', 'q1'] }, wait: { $gte: 20, $lt: 60 } };
    expect(ids(await collection.find(filter).sort({ wait: 1, _id: 1 }).toArray())).toEqual(
      wanted.map((doc) => doc._id),
    );
  });

  it('takes no direction but 1 and -1', async () => {
    const collection = await engine.filled([{ a: 1 }]);
    const error = await failure(engine.db.command({ find: collection.collectionName, sort: { a: 5 } }));
    expect(error.code).toBeGreaterThan(0);
  });
});
