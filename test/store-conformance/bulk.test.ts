import { MongoBulkWriteError } from 'mongodb';
import { useEngine } from './engine.ts';

const engine = useEngine();

async function bulkFailure(work: Promise<unknown>): Promise<MongoBulkWriteError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof MongoBulkWriteError) return error;
  throw new Error(`Expected a bulk write error, not ${String(error)}`);
}

describe('bulkWrite', () => {
  it('runs operations of all kinds and adds up what they did', async () => {
    const collection = await engine.filled([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
      { _id: 3, a: 3 },
    ]);
    const result = await collection.bulkWrite([
      { insertOne: { document: { _id: 4, a: 4 } } },
      { updateOne: { filter: { _id: 1 }, update: { $set: { a: 10 } } } },
      { updateMany: { filter: { a: { $lte: 3 } }, update: { $inc: { a: 1 } } } },
      { replaceOne: { filter: { _id: 3 }, replacement: { b: 1 } } },
      { updateOne: { filter: { _id: 5 }, update: { $set: { a: 5 } }, upsert: true } },
      { deleteOne: { filter: { _id: 2 } } },
      { deleteMany: { filter: { a: 4 } } },
    ]);
    expect(result).toMatchObject({
      insertedCount: 1,
      matchedCount: 4,
      modifiedCount: 4,
      deletedCount: 2,
      upsertedCount: 1,
      upsertedIds: { 4: 5 },
    });
    expect(await collection.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, a: 10 },
      { _id: 3, b: 1 },
      { _id: 5, a: 5 },
    ]);
  });

  it('stops at the first error when it is ordered', async () => {
    const collection = await engine.filled([]);
    const error = await bulkFailure(
      collection.bulkWrite([1, 1, 2].map((id) => ({ insertOne: { document: { _id: id } } }))),
    );
    expect(error.code).toBe(11000);
    expect(error.result.insertedCount).toBe(1);
    expect(await collection.countDocuments()).toBe(1);
  });

  it('goes on after an error when it is unordered', async () => {
    const collection = await engine.filled([]);
    const error = await bulkFailure(
      collection.bulkWrite(
        [1, 1, 2, 2, 3].map((id) => ({ insertOne: { document: { _id: id } } })),
        { ordered: false },
      ),
    );
    expect(error.result.insertedCount).toBe(3);
    expect([error.writeErrors].flat().map((one) => [one.index, one.code])).toEqual([
      [1, 11000],
      [3, 11000],
    ]);
    expect(await collection.countDocuments()).toBe(3);
  });

  it('takes idempotent upserts by the thousand', async () => {
    const collection = await engine.filled([]);
    const operations = Array.from({ length: 3000 }, (_, n) => ({
      updateOne: {
        filter: { _id: `call-${n}` },
        update: { $set: { n, at: new Date(n) } },
        upsert: true,
      },
    }));
    expect(await collection.bulkWrite(operations, { ordered: false })).toMatchObject({ upsertedCount: 3000 });
    expect(await collection.bulkWrite(operations, { ordered: false })).toMatchObject({
      upsertedCount: 0,
      matchedCount: 3000,
      modifiedCount: 0,
    });
    expect(await collection.countDocuments()).toBe(3000);
  });
});

describe('insertMany', () => {
  it('stores thousands of documents', async () => {
    const collection = await engine.filled([]);
    const docs = Array.from({ length: 5000 }, (_, n) => ({ _id: n, text: `номер ${n}` }));
    expect((await collection.insertMany(docs)).insertedCount).toBe(5000);
    expect(await collection.countDocuments({})).toBe(5000);
    expect(await collection.findOne({ _id: 4999 })).toEqual({ _id: 4999, text: 'номер 4999' });
  });

  it('tells which documents were not stored', async () => {
    const collection = await engine.filled([{ _id: 2 }]);
    const error = await bulkFailure(
      collection.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }], {
        ordered: false,
      }),
    );
    expect(error.result.insertedCount).toBe(2);
    expect([error.writeErrors].flat()[0]).toMatchObject({ index: 1, code: 11000 });
  });

  it('goes over the size of one message', async () => {
    const collection = await engine.filled([]);
    const text = 'x'.repeat(2 * 1024 * 1024);
    await collection.insertMany(Array.from({ length: 30 }, (_, n) => ({ _id: n, text })));
    expect(await collection.countDocuments()).toBe(30);
    let bytes = 0;
    for await (const doc of collection.find()) bytes += String(doc['text']).length;
    expect(bytes).toBe(30 * text.length);
  });
});
