import { type Document, type Filter, ObjectId } from 'mongodb';
import { failure, type TestDocument, useEngine } from './engine.ts';

const engine = useEngine();

type Case = readonly [what: string, filter: Document, update: Document, inserted: Document];

describe('an upsert that finds nothing inserts', () => {
  const cases: readonly Case[] = [
    [
      'the equal fields of the filter and the update',
      { _id: 1, a: 'x' },
      { $set: { b: 2 } },
      { _id: 1, a: 'x', b: 2 },
    ],
    ['$eq of the filter', { _id: 1, a: { $eq: 'x' } }, { $set: { b: 2 } }, { _id: 1, a: 'x', b: 2 }],
    ['$and of the filter', { $and: [{ _id: 1 }, { a: 2 }] }, { $set: { b: 2 } }, { _id: 1, a: 2, b: 2 }],
    [
      '$in and $all of one value',
      { _id: { $in: [1] }, a: { $all: ['x'] } },
      { $set: { b: 2 } },
      { _id: 1, a: 'x', b: 2 },
    ],
    ['$or of one condition', { _id: 1, $or: [{ a: 'x' }] }, { $set: { b: 2 } }, { _id: 1, a: 'x', b: 2 }],
    [
      'nothing of several choices',
      { _id: 1, a: { $in: [1, 2] }, $or: [{ c: 1 }, { c: 2 }] },
      { $set: { b: 2 } },
      { _id: 1, b: 2 },
    ],
    [
      'nothing of what is not to be',
      { _id: 1, a: { $not: { $gt: 5 } }, c: { $ne: 1 } },
      { $set: { b: 2 } },
      { _id: 1, b: 2 },
    ],
    ['dotted fields as nested ones', { _id: 1, 'a.b': 2 }, { $set: { c: 3 } }, { _id: 1, a: { b: 2 }, c: 3 }],
    ['nothing of ranges', { _id: 1, a: { $gt: 5 } }, { $set: { b: 2 } }, { _id: 1, b: 2 }],
    [
      '$setOnInsert',
      { _id: 1 },
      { $setOnInsert: { made: true }, $inc: { n: 1 } },
      { _id: 1, made: true, n: 1 },
    ],
    ['$inc over the filter', { _id: 1, n: 5 }, { $inc: { n: 1 } }, { _id: 1, n: 6 }],
    ['$push', { _id: 1 }, { $push: { list: 'x' } }, { _id: 1, list: ['x'] }],
    ['an array of the filter', { _id: 1, a: [1, 2] }, { $set: { b: 1 } }, { _id: 1, a: [1, 2], b: 1 }],
    ['nothing of a regular expression', { _id: 1, a: /x/ }, { $set: { b: 1 } }, { _id: 1, b: 1 }],
  ];

  it.each(cases)('%s', async (_, filter, update, inserted) => {
    const collection = engine.empty();
    const result = await collection.updateOne(filter, update, { upsert: true });
    expect(result).toMatchObject({ matchedCount: 0, modifiedCount: 0, upsertedCount: 1, upsertedId: 1 });
    expect(await collection.find().toArray()).toEqual([inserted]);
  });

  it('with an ObjectId of its own when there is no _id', async () => {
    const collection = engine.empty();
    const { upsertedId } = await collection.updateOne({ a: 1 }, { $set: { b: 2 } }, { upsert: true });
    expect(upsertedId).toBeInstanceOf(ObjectId);
    expect(await collection.findOne()).toEqual({ _id: upsertedId, a: 1, b: 2 });
  });

  it('an _id that $setOnInsert gives', async () => {
    const collection = engine.empty();
    await collection.updateOne({ a: 1 }, { $setOnInsert: { _id: 7 } }, { upsert: true });
    expect(await collection.findOne()).toEqual({ _id: 7, a: 1 });
  });

  it('a replacement, with the _id of the filter', async () => {
    const collection = engine.empty();
    await collection.replaceOne({ _id: 1, a: 1 }, { b: 2 }, { upsert: true });
    expect(await collection.findOne()).toEqual({ _id: 1, b: 2 });
  });

  it('what a pipeline makes of the filter', async () => {
    const collection = engine.empty();
    await collection.updateOne({ _id: 1, a: 2 }, [{ $set: { b: { $add: ['$a', 1] } } }], {
      upsert: true,
    });
    expect(await collection.findOne()).toEqual({ _id: 1, a: 2, b: 3 });
  });

  it('one document for updateMany', async () => {
    const collection = engine.empty();
    expect(await collection.updateMany({ a: 1 }, { $set: { b: 1 } }, { upsert: true })).toMatchObject({
      upsertedCount: 1,
    });
    expect(await collection.countDocuments()).toBe(1);
  });
});

describe('an upsert that finds a document', () => {
  it('changes it and leaves $setOnInsert out', async () => {
    const collection = await engine.filled([{ _id: 1, a: 1 }]);
    const result = await collection.updateOne(
      { _id: 1 },
      { $set: { b: 2 }, $setOnInsert: { made: true } },
      { upsert: true },
    );
    expect(result).toMatchObject({ matchedCount: 1, modifiedCount: 1, upsertedCount: 0, upsertedId: null });
    expect(await collection.findOne()).toEqual({ _id: 1, a: 1, b: 2 });
  });

  it('may be repeated as often as one likes', async () => {
    const collection = engine.empty();
    const once = () =>
      collection.updateOne(
        { _id: 'call-1' },
        { $set: { end: 'caller' }, $setOnInsert: { n: 1 } },
        { upsert: true },
      );
    const results = [await once(), await once(), await once()];
    expect(results.map((result) => [result.upsertedCount, result.modifiedCount])).toEqual([
      [1, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(await collection.find().toArray()).toEqual([{ _id: 'call-1', end: 'caller', n: 1 }]);
  });

  it('at the same time from many sides makes one document', async () => {
    const collection = await engine.filled([]);
    await Promise.all(
      Array.from({ length: 50 }, () =>
        collection.updateOne({ _id: 'one' }, { $inc: { n: 1 } }, { upsert: true }),
      ),
    );
    expect(await collection.find().toArray()).toEqual([{ _id: 'one', n: 50 }]);
  });
});

describe('upserts that are refused', () => {
  it('when they break a unique index', async () => {
    const collection = await engine.filled([{ _id: 1, phone: '+7' }]);
    await collection.createIndex({ phone: 1 }, { unique: true });
    const error = await failure(
      collection.updateOne({ _id: 2 }, { $set: { phone: '+7' } }, { upsert: true }),
    );
    expect(error).toMatchObject({ code: 11000, keyPattern: { phone: 1 }, keyValue: { phone: '+7' } });
    expect(await collection.countDocuments()).toBe(1);
  });

  it.each([
    ['twice', { $and: [{ a: 1 }, { a: 2 }] }],
    ['with two values', { a: { $all: [1, 2] } }],
    ['and its inside', { a: { b: 1 }, 'a.c': 1 }],
    ['inside of a value', { 'a.b': 1, a: 1 }],
  ])('when the filter names a field %s', async (_, filter: Filter<TestDocument>) => {
    const collection = engine.empty();
    const error = await failure(collection.updateOne(filter, { $set: { b: 1 } }, { upsert: true }));
    expect(error.code).toBe(54);
    expect(await collection.countDocuments()).toBe(0);
  });

  it('when the filter computes', async () => {
    const computes = { $expr: { $eq: ['$a', 1] } };
    const error = await failure(engine.empty().updateOne(computes, { $set: { b: 1 } }, { upsert: true }));
    expect(error.code).toBe(224);
  });

  it('when the document is there and only the filter leaves it out', async () => {
    const collection = await engine.filled([{ _id: 1, said: { at: 5 } }]);
    const late = collection.updateOne(
      { _id: 1, 'said.at': { $not: { $gt: 3 } } },
      { $set: { said: { at: 3 } } },
      { upsert: true },
    );
    expect(await failure(late)).toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } });
    expect(await collection.findOne()).toEqual({ _id: 1, said: { at: 5 } });
  });
});
