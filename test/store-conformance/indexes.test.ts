import { type Collection, Double, type IndexDescriptionInfo, Long } from 'mongodb';
import { failure, ids, type TestDocument, useEngine } from './engine.ts';

const engine = useEngine();

/** The indexes of a collection by name: they are listed in no promised order. */
async function listed(collection: Collection<TestDocument>): Promise<Map<string, IndexDescriptionInfo>> {
  return new Map((await collection.indexes()).map((index) => [String(index.name), index]));
}

const names = async (collection: Collection<TestDocument>) => [...(await listed(collection)).keys()].sort();

describe('createIndexes and listIndexes', () => {
  it('name and list what was declared', async () => {
    const collection = await engine.filled([]);
    expect(await collection.createIndex({ a: 1, b: -1 })).toBe('a_1_b_-1');
    await collection.createIndex({ c: 1 }, { unique: true, name: 'own' });
    await collection.createIndex({ d: 1 }, { sparse: true });
    await collection.createIndex({ e: 1 }, { partialFilterExpression: { e: { $gt: 5 } } });
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: 3600 });
    expect(Object.fromEntries(await listed(collection))).toEqual({
      _id_: expect.objectContaining({ key: { _id: 1 } }),
      'a_1_b_-1': expect.objectContaining({ key: { a: 1, b: -1 } }),
      own: expect.objectContaining({ key: { c: 1 }, unique: true }),
      d_1: expect.objectContaining({ key: { d: 1 }, sparse: true }),
      e_1: expect.objectContaining({ key: { e: 1 }, partialFilterExpression: { e: { $gt: 5 } } }),
      at_1: expect.objectContaining({ key: { at: 1 }, expireAfterSeconds: 3600 }),
    });
  });

  it('may be declared again', async () => {
    const collection = await engine.filled([]);
    await collection.createIndex({ a: 1 }, { unique: true });
    await collection.createIndex({ a: 1 }, { unique: true });
    expect(await collection.indexes()).toHaveLength(2);
  });

  it('makes the collection when it is not there', async () => {
    const collection = engine.empty();
    await collection.createIndex({ a: 1 });
    expect(await collection.indexes()).toHaveLength(2);
  });

  it.each([
    ['other options under the same fields', { a: 1 }, {}, { a: 1 }, { sparse: true }, [85, 86]],
    ['another name for the same index', { a: 1 }, { name: 'x' }, { a: 1 }, { name: 'y' }, [85]],
    ['other fields under the same name', { a: 1 }, { name: 'x' }, { b: 1 }, { name: 'x' }, [86]],
  ])('refuses %s', async (_, firstKey, firstOptions, secondKey, secondOptions, codes) => {
    const collection = await engine.filled([]);
    await collection.createIndex(firstKey, firstOptions);
    const error = await failure(collection.createIndex(secondKey, secondOptions));
    expect(codes).toContain(error.code);
  });

  it('are dropped by name, by fields, and all at once', async () => {
    const collection = await engine.filled([{ a: 1, b: 2, c: 3 }]);
    await collection.createIndexes([
      { key: { a: 1 } },
      { key: { b: 1 } },
      { key: { c: 1 } },
      { key: { d: 1 } },
    ]);
    await collection.dropIndex('a_1');
    await engine.db.command({ dropIndexes: collection.collectionName, index: { b: 1 } });
    expect(await names(collection)).toEqual(['_id_', 'c_1', 'd_1']);
    await collection.dropIndexes();
    expect(await names(collection)).toEqual(['_id_']);
    expect(await collection.find({ a: 1 }).toArray()).toHaveLength(1);
  });

  it('refuse to drop the index of _id', async () => {
    const collection = await engine.filled([]);
    expect(await failure(collection.dropIndex('_id_'))).toMatchObject({ code: 72 });
    expect(await names(collection)).toEqual(['_id_']);
  });

  it('stay as they are when one is dropped that is not there: an error before MongoDB 8.3, none since', async () => {
    const collection = await engine.filled([]);
    await collection.createIndex({ a: 1 });
    const told = await collection.dropIndex('none').then(
      () => undefined,
      (error: unknown) => error,
    );
    if (told !== undefined) expect(told).toMatchObject({ code: 27, codeName: 'IndexNotFound' });
    expect(await names(collection)).toEqual(['_id_', 'a_1']);
  });

  it('may lie over the same fields when one is unique or sparse and has a name of its own', async () => {
    const collection = await engine.filled([{ _id: 1, a: 1 }, { _id: 2 }]);
    await collection.createIndex({ a: 1 });
    await collection.createIndex({ a: 1 }, { unique: true, name: 'unique' });
    await collection.createIndex({ a: 1 }, { unique: true, sparse: true, name: 'sparse' });
    expect(await names(collection)).toEqual(['_id_', 'a_1', 'sparse', 'unique']);
    expect(await failure(collection.insertOne({ a: 1 }))).toMatchObject({ code: 11000 });
    expect(ids(await collection.find({ a: 1 }).toArray())).toEqual([1]);
    expect(ids(await collection.find({ a: null }).toArray())).toEqual([2]);
  });

  it('cannot be listed for a collection that is not there', async () => {
    expect(await failure(engine.empty().listIndexes().toArray())).toMatchObject({ code: 26 });
  });

  it('change how long documents are kept by collMod', async () => {
    const collection = await engine.filled([]);
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: 100 });
    const answer = await engine.db.command({
      collMod: collection.collectionName,
      index: { keyPattern: { at: 1 }, expireAfterSeconds: 200 },
    });
    expect(answer).toMatchObject({ expireAfterSeconds_old: 100, expireAfterSeconds_new: 200 });
    expect((await listed(collection)).get('at_1')).toMatchObject({ expireAfterSeconds: 200 });
  });
});

describe('unique indexes', () => {
  it('refuse a second document, as E11000', async () => {
    const collection = await engine.filled([{ _id: 1, phone: '+7', n: 5 }]);
    await collection.createIndex({ phone: 1, n: -1 }, { unique: true });
    const error = await failure(collection.insertOne({ _id: 2, phone: '+7', n: 5 }));
    expect(error).toMatchObject({
      code: 11000,
      keyPattern: { phone: 1, n: -1 },
      keyValue: { phone: '+7', n: 5 },
    });
    const namespace = `${engine.db.databaseName}.${collection.collectionName}`;
    expect(error.message).toContain(
      `E11000 duplicate key error collection: ${namespace} index: phone_1_n_-1 dup key: { phone: "+7", n: 5 }`,
    );
  });

  it('name _id', async () => {
    const collection = await engine.filled([{ _id: 'x' }]);
    const error = await failure(collection.insertOne({ _id: 'x' }));
    expect(error).toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 'x' } });
    expect(error.message).toContain('index: _id_ dup key: { _id: "x" }');
  });

  it('count a missing field as null', async () => {
    const collection = await engine.filled([{ _id: 1 }]);
    await collection.createIndex({ a: 1 }, { unique: true });
    const error = await failure(collection.insertOne({ _id: 2 }));
    expect(error).toMatchObject({ code: 11000, keyValue: { a: null } });
    expect(error.message).toContain('dup key: { a: null }');
  });

  it('take numbers of different types for equal', async () => {
    const collection = await engine.filled([{ _id: 1 }]);
    for (const same of [new Double(1), Long.fromNumber(1)]) {
      const insert = engine.db
        .collection<{ _id: unknown }>(collection.collectionName)
        .insertOne({ _id: same });
      expect(await failure(insert)).toMatchObject({ code: 11000 });
    }
    await collection.insertOne({ _id: '1' });
    expect(await collection.countDocuments()).toBe(2);
  });

  it('with sparse leave out documents without the field', async () => {
    const collection = await engine.filled([{ _id: 1 }, { _id: 2 }]);
    await collection.createIndex({ a: 1 }, { unique: true, sparse: true });
    await collection.insertMany([{ _id: 3 }, { _id: 4, a: 1 }]);
    expect(await failure(collection.insertOne({ a: 1 }))).toMatchObject({ code: 11000 });
    expect(await collection.countDocuments({})).toBe(4);
    expect(
      ids(
        await collection
          .find({ a: { $exists: false } })
          .sort({ _id: 1 })
          .toArray(),
      ),
    ).toEqual([1, 2, 3]);
    expect(ids(await collection.find({}).sort({ a: 1, _id: 1 }).toArray())).toEqual([1, 2, 3, 4]);
  });

  it('with partialFilterExpression hold for the documents that it names', async () => {
    const collection = await engine.filled([]);
    await collection.createIndex({ email: 1 }, { unique: true, partialFilterExpression: { active: true } });
    await collection.insertMany([
      { email: 'x', active: false },
      { email: 'x', active: false },
      { email: 'x', active: true },
    ]);
    expect(await failure(collection.insertOne({ email: 'x', active: true }))).toMatchObject({ code: 11000 });
    expect(await collection.countDocuments({ email: 'x' })).toBe(3);
    expect(await collection.countDocuments({ email: 'x', active: true })).toBe(1);
    expect(await failure(collection.updateOne({ active: false }, { $set: { active: true } }))).toMatchObject({
      code: 11000,
    });
  });

  it('hold for each element of an array', async () => {
    const collection = await engine.filled([{ _id: 1, phones: ['+1', '+2'] }]);
    await collection.createIndex({ phones: 1 }, { unique: true });
    expect(await failure(collection.insertOne({ phones: ['+3', '+2'] }))).toMatchObject({
      code: 11000,
      keyValue: { phones: '+2' },
    });
    await collection.insertOne({ _id: 2, phones: ['+3', '+3'] });
    expect(ids(await collection.find({ phones: '+3' }).toArray())).toEqual([2]);
  });

  it('let a document keep its own key', async () => {
    const collection = await engine.filled([{ _id: 1, a: 1, b: 1 }]);
    await collection.createIndex({ a: 1 }, { unique: true });
    await collection.updateOne({ a: 1 }, { $set: { b: 2 } });
    await collection.replaceOne({ a: 1 }, { a: 1, b: 3 });
    expect(await collection.findOne()).toEqual({ _id: 1, a: 1, b: 3 });
  });

  it('free a key that is given up', async () => {
    const collection = await engine.filled([{ _id: 1, a: 1 }]);
    await collection.createIndex({ a: 1 }, { unique: true });
    await collection.updateOne({ _id: 1 }, { $set: { a: 2 } });
    await collection.insertOne({ _id: 2, a: 1 });
    await collection.deleteOne({ _id: 2 });
    await collection.insertOne({ _id: 3, a: 1 });
    expect(ids(await collection.find().sort({ a: 1 }).toArray())).toEqual([3, 1]);
  });

  it('cannot be made over documents that break them', async () => {
    const collection = await engine.filled([{ a: 1 }, { a: 1 }]);
    const error = await failure(collection.createIndex({ a: 1 }, { unique: true }));
    expect(error.code).toBe(11000);
    expect(await names(collection)).toEqual(['_id_']);
    await collection.insertOne({ a: 1 });
  });
});

describe('indexes on arrays', () => {
  it('cannot hold two arrays of one document', async () => {
    const collection = await engine.filled([]);
    await collection.createIndex({ a: 1, b: 1 });
    await collection.insertOne({ a: [1, 2], b: 3 });
    expect(await failure(collection.insertOne({ a: [1], b: [2] }))).toMatchObject({ code: 171 });
  });

  it('find documents by a field of an element, each once', async () => {
    const collection = await engine.filled([
      { _id: 1, phones: [{ number: '+1' }, { number: '+2' }] },
      { _id: 2, phones: [{ number: '+2' }] },
    ]);
    await collection.createIndex({ 'phones.number': 1 });
    expect(ids(await collection.find({ 'phones.number': '+2' }).toArray()).sort()).toEqual([1, 2]);
    expect(ids(await collection.find({ 'phones.number': { $in: ['+1', '+2'] } }).toArray()).sort()).toEqual([
      1, 2,
    ]);
    expect(ids(await collection.find({ 'phones.number': { $gte: '+1' } }).toArray()).sort()).toEqual([1, 2]);
  });
});

describe('hints', () => {
  it('may name an index by its fields or its name', async () => {
    const collection = await engine.filled([{ _id: 1, a: 1 }]);
    await collection.createIndex({ a: 1 });
    expect(await collection.find({ a: 1 }).hint({ a: 1 }).toArray()).toHaveLength(1);
    expect(await collection.find({ a: 1 }).hint('a_1').toArray()).toHaveLength(1);
  });

  it('must name one that is there', async () => {
    const collection = await engine.filled([{ _id: 1, a: 1 }]);
    expect(await failure(collection.find({ a: 1 }).hint('none_1').toArray())).toMatchObject({ code: 2 });
  });
});
