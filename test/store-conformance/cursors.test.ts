import { type Document, Double, Long } from 'mongodb';
import { failure, ids, useEngine } from './engine.ts';

const engine = useEngine();
const numbers = (count: number) => Array.from({ length: count }, (_, _id) => ({ _id }));

/**
 * Runs commands that belong to one cursor: in one session, as MongoDB asks for (50738), and with the cursor's id left
 * the 64-bit integer that it is, however small.
 */
async function withCommands(
  work: (run: (command: Document) => Promise<Document>) => Promise<void>,
): Promise<void> {
  await engine.client.withSession((session) =>
    work((command) => engine.db.command(command, { session, promoteLongs: false })),
  );
}

describe('find', () => {
  it.each([1, 2, 7, 100, 1000])('gives everything in batches of %s', async (batchSize) => {
    const collection = await engine.filled(numbers(250));
    const found = await collection.find().sort({ _id: 1 }).batchSize(batchSize).toArray();
    expect(ids(found)).toEqual(numbers(250).map((doc) => doc._id));
  });

  it('gives 101 documents first when no size is asked for', async () => {
    const collection = await engine.filled(numbers(150));
    await withCommands(async (run) => {
      const { cursor } = await run({ find: collection.collectionName });
      expect(cursor.firstBatch).toHaveLength(101);
      expect(cursor.ns).toBe(`${engine.db.databaseName}.${collection.collectionName}`);
      const next = await run({ getMore: cursor.id, collection: collection.collectionName });
      expect(next['cursor'].nextBatch).toHaveLength(49);
      expect(Number(next['cursor'].id)).toBe(0);
    });
  });

  it.each([
    ['limit', 0, 5, [0, 1, 2, 3, 4]],
    ['skip', 7, 0, [7, 8, 9]],
    ['skip and limit', 2, 3, [2, 3, 4]],
    ['skip beyond the end', 50, 0, []],
  ])('%s', async (_, skip, limit, expected) => {
    const collection = await engine.filled(numbers(10));
    expect(ids(await collection.find().sort({ _id: 1 }).skip(skip).limit(limit).toArray())).toEqual(expected);
  });

  it('limits over several batches', async () => {
    const collection = await engine.filled(numbers(50));
    expect(await collection.find().batchSize(4).limit(10).toArray()).toHaveLength(10);
  });

  it('of a single batch leaves no cursor', async () => {
    const collection = await engine.filled(numbers(10));
    const { cursor } = await engine.db.command({
      find: collection.collectionName,
      batchSize: 3,
      singleBatch: true,
    });
    expect(cursor.firstBatch).toHaveLength(3);
    expect(Number(cursor.id)).toBe(0);
  });

  it('with a batch size of 0 gives a cursor and nothing yet', async () => {
    const collection = await engine.filled(numbers(3));
    await withCommands(async (run) => {
      const { cursor } = await run({ find: collection.collectionName, batchSize: 0 });
      expect(cursor.firstBatch).toEqual([]);
      const next = await run({ getMore: cursor.id, collection: collection.collectionName });
      expect(next['cursor'].nextBatch).toHaveLength(3);
    });
  });

  it('of a collection that is not there gives nothing', async () => {
    expect(await engine.empty().find({ a: 1 }).toArray()).toEqual([]);
  });
});

describe('a cursor', () => {
  it('goes on when documents are removed and added meanwhile', async () => {
    const collection = await engine.filled(numbers(100));
    const cursor = collection.find().sort({ _id: 1 }).batchSize(10);
    const seen: unknown[] = [];
    for (let at = 0; at < 10; at += 1) seen.push((await cursor.next())?._id);
    await collection.deleteMany({ _id: { $gte: 50 } });
    for await (const doc of cursor) seen.push(doc._id);
    expect(seen.slice(0, 50)).toEqual(numbers(50).map((doc) => doc._id));
  });

  it('that is closed is gone', async () => {
    const collection = await engine.filled(numbers(100));
    await withCommands(async (run) => {
      const { cursor } = await run({ find: collection.collectionName, batchSize: 1 });
      const kill = { killCursors: collection.collectionName, cursors: [cursor.id] };
      expect((await run(kill))['cursorsKilled']).toEqual([cursor.id]);
      expect(await failure(run({ getMore: cursor.id, collection: collection.collectionName }))).toMatchObject(
        { code: 43, codeName: 'CursorNotFound' },
      );
      expect((await run(kill))['cursorsNotFound']).toEqual([cursor.id]);
    });
  });

  it('that never was is an error', async () => {
    const collection = await engine.filled(numbers(1));
    const error = await failure(
      engine.db.command({
        getMore: Long.fromString('123456789012345'),
        collection: collection.collectionName,
      }),
    );
    expect(error.code).toBe(43);
  });

  it('of an aggregate comes in batches too', async () => {
    const collection = await engine.filled(numbers(250));
    const cursor = collection.aggregate([{ $match: { _id: { $gte: 0 } } }, { $set: { x: '$_id' } }], {
      batchSize: 9,
    });
    expect(await cursor.toArray()).toHaveLength(250);
  });
});

describe('counting', () => {
  it('countDocuments, estimatedDocumentCount and count', async () => {
    const collection = await engine.filled(numbers(20));
    expect(await collection.countDocuments({ _id: { $gte: 15 } })).toBe(5);
    expect(await collection.countDocuments({ _id: { $gte: 5 } }, { skip: 3, limit: 7 })).toBe(7);
    expect(await collection.countDocuments({ none: 1 })).toBe(0);
    expect(await collection.estimatedDocumentCount()).toBe(20);
    expect(
      await engine.db.command({ count: collection.collectionName, query: { _id: { $lt: 3 } } }),
    ).toMatchObject({ n: 3 });
  });

  it('follows what is written', async () => {
    const collection = await engine.filled(numbers(5));
    await collection.deleteOne({ _id: 1 });
    await collection.insertMany([{ _id: 10 }, { _id: 11 }]);
    await collection.updateOne({ _id: 12 }, { $set: { a: 1 } }, { upsert: true });
    expect(await collection.estimatedDocumentCount()).toBe(7);
    expect(await collection.countDocuments({})).toBe(7);
  });
});

describe('distinct', () => {
  it.each([
    ['values', 'a', {}, [1, 2, 'x']],
    ['values of what matches', 'a', { _id: { $lte: 2 } }, [1, 2]],
    ['elements of arrays', 'list', {}, [1, 2, 3]],
    ['nested fields', 'n.v', {}, [5, 6]],
    ['fields of documents in arrays', 'rows.v', {}, [7, 8]],
    ['nothing', 'none', {}, []],
  ])('%s', async (_, field, filter, expected) => {
    const collection = await engine.filled([
      { _id: 1, a: 1, list: [1, 2], n: { v: 5 }, rows: [{ v: 7 }, { v: 8 }] },
      { _id: 2, a: 2, list: [2, 3], n: { v: 6 }, rows: [{ v: 7 }] },
      { _id: 3, a: 'x', list: [], n: { v: 5 } },
      { _id: 4, a: 1 },
    ]);
    const found = await collection.distinct(field, filter);
    expect(found).toHaveLength(expected.length);
    expect(new Set(found)).toEqual(new Set(expected));
  });

  const texts = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort();

  it.each([
    ['null, but nothing of missing fields and empty arrays', [{ a: null }, {}, { a: [] }], 'a', [null]],
    ['arrays in arrays', [{ a: [1, [2, 3]] }, { a: [[]] }, { a: 2 }], 'a', [1, [2, 3], [], 2]],
    ['numbers of several types once', [{ a: new Double(1) }, { a: 1 }, { a: Long.fromNumber(1) }], 'a', [1]],
    ['a position of arrays', [{ a: 0 }, { a: [1, 2] }, { a: [[2, 3], 'x'] }], 'a.0', [1, 2, 3]],
    ['arrays at the end of a path', [{ a: [{ b: 1 }, { b: [2, 3] }] }, { a: { b: [3] } }], 'a.b', [1, 2, 3]],
  ])('%s', async (_, docs: Document[], field, expected) => {
    const collection = await engine.filled(docs);
    expect(texts(await collection.distinct(field))).toEqual(texts(expected));
  });
});
