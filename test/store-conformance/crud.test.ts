import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } from 'mongodb';
import { failure, ids, useEngine } from './engine.ts';

const engine = useEngine();

describe('insert', () => {
  it('stores one document and gives its _id', async () => {
    const collection = engine.empty();
    const { insertedId, acknowledged } = await collection.insertOne({ name: 'Иван', tags: ['vip'] });
    expect(acknowledged).toBe(true);
    expect(await collection.findOne({ _id: insertedId })).toEqual({
      _id: insertedId,
      name: 'Иван',
      tags: ['vip'],
    });
  });

  it('makes an ObjectId for a document that comes without one and puts it first', async () => {
    const collection = engine.empty();
    await engine.db.command({ insert: collection.collectionName, documents: [{ a: 1 }] });
    const doc = await collection.findOne();
    expect(Object.keys(doc ?? {})).toEqual(['_id', 'a']);
    expect(doc?.['_id']).toBeInstanceOf(ObjectId);
  });

  it('puts _id first wherever it stood', async () => {
    const collection = engine.empty();
    await engine.db.command({ insert: collection.collectionName, documents: [{ a: 1, _id: 7, b: 2 }] });
    expect(Object.keys((await collection.findOne()) ?? {})).toEqual(['_id', 'a', 'b']);
  });

  it('keeps the order of fields', async () => {
    const collection = await engine.filled([{ _id: 1, z: 1, a: 2, m: { y: 1, b: 2 } }]);
    const doc = await collection.findOne();
    expect(Object.keys(doc ?? {})).toEqual(['_id', 'z', 'a', 'm']);
    expect(Object.keys(doc?.['m'])).toEqual(['y', 'b']);
  });

  it.each([
    ['an array', [1, 2]],
    ['a regular expression', /x/],
  ])('refuses %s as _id', async (_, id) => {
    const error = await failure(engine.empty().insertOne({ _id: id }));
    expect([2, 53]).toContain(error.code);
  });

  it('refuses a document above 16 MiB', async () => {
    const collection = engine.empty();
    const big = { text: 'x'.repeat(16 * 1024 * 1024) };
    await expect(collection.insertOne(big)).rejects.toThrow();
    expect(await collection.countDocuments()).toBe(0);
  });

  it('stores a document of nearly 16 MiB', async () => {
    const collection = engine.empty();
    const text = 'x'.repeat(16 * 1024 * 1024 - 200);
    await collection.insertOne({ text });
    expect((await collection.findOne())?.['text']).toHaveLength(text.length);
  });
});

describe('BSON types', () => {
  const values = {
    double: new Double(1),
    int: new Int32(2),
    long: Long.fromString('9007199254740993'),
    decimal: Decimal128.fromString('12.50'),
    string: 'текст \u0000 и 😀',
    date: new Date('2026-11-24T10:11:12.345Z'),
    early: new Date(-1),
    objectId: new ObjectId(),
    binary: new Binary(Buffer.from([0, 1, 255]), 0),
    uuid: new UUID(),
    yes: true,
    no: false,
    nothing: null,
    nested: { list: [1, [2, { deep: 'x' }]], empty: {}, none: [] },
    timestamp: new Timestamp({ t: 5, i: 6 }),
    least: new MinKey(),
    most: new MaxKey(),
  };

  it('come back as they were given', async () => {
    const collection = engine.empty();
    await collection.insertOne({ _id: 1, ...values });
    const doc = await collection.findOne({}, { promoteValues: false });
    const { nested, ...flat } = values;
    for (const [name, value] of Object.entries(flat)) expect([name, doc?.[name]]).toEqual([name, value]);
    expect((await collection.findOne())?.['nested']).toEqual(nested);
  });

  it('keep their type through an update of another field', async () => {
    const collection = engine.empty();
    await collection.insertOne({ _id: 1, ...values });
    await collection.updateOne({}, { $set: { other: 1 } });
    const doc = await collection.findOne({}, { promoteValues: false });
    expect(doc).toMatchObject({
      double: values.double,
      int: values.int,
      long: values.long,
      decimal: values.decimal,
    });
  });
});

describe('delete', () => {
  it('removes one, or all that match', async () => {
    const collection = await engine.filled([1, 2, 3, 4].map((_id) => ({ _id, even: _id % 2 === 0 })));
    expect(await collection.deleteOne({ even: true })).toMatchObject({ deletedCount: 1 });
    expect(await collection.deleteMany({ even: false })).toMatchObject({ deletedCount: 2 });
    expect(await collection.countDocuments()).toBe(1);
    expect(await collection.deleteMany({ even: 'none' })).toMatchObject({ deletedCount: 0 });
  });

  it('does nothing in a collection that is not there', async () => {
    expect(await engine.empty().deleteMany({})).toMatchObject({ deletedCount: 0 });
  });
});

describe('replace', () => {
  it('replaces all fields but _id', async () => {
    const collection = await engine.filled([{ _id: 1, a: 1, b: 2 }]);
    expect(await collection.replaceOne({ a: 1 }, { c: 3 })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    });
    expect(await collection.findOne()).toEqual({ _id: 1, c: 3 });
  });

  it('refuses another _id', async () => {
    const collection = await engine.filled([{ _id: 1, a: 1 }]);
    expect(await failure(collection.replaceOne({ a: 1 }, { _id: 2, a: 1 }))).toMatchObject({
      code: 66,
    });
  });

  it('says when nothing changed', async () => {
    const collection = await engine.filled([{ _id: 1, a: 1 }]);
    expect(await collection.replaceOne({ _id: 1 }, { a: 1 })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
    });
  });
});

describe('collections', () => {
  it('are made, listed and dropped', async () => {
    const collection = await engine.filled([{ _id: 1 }]);
    const name = collection.collectionName;
    expect(await engine.db.listCollections({ name }).toArray()).toMatchObject([{ name, type: 'collection' }]);
    expect(await collection.drop()).toBe(true);
    expect(await engine.db.listCollections({ name }).toArray()).toEqual([]);
    expect(await collection.find().toArray()).toEqual([]);
  });

  it('made again as they are stay as they are: an error before MongoDB 7.0, none since', async () => {
    const collection = await engine.filled([{ _id: 1 }]);
    const again = engine.db.createCollection(collection.collectionName);
    if (await engine.has('7.0')) await again;
    else expect(await failure(again)).toMatchObject({ code: 48, codeName: 'NamespaceExists' });
    expect(await collection.countDocuments()).toBe(1);
  });

  it('cannot be made again with other options', async () => {
    const collection = await engine.filled([{ _id: 1 }]);
    const again = engine.db.createCollection(collection.collectionName, { capped: true, size: 4096 });
    expect(await failure(again)).toMatchObject({ code: 48, codeName: 'NamespaceExists' });
    expect(await collection.countDocuments()).toBe(1);
  });

  it('are gone with their database', async () => {
    const other = engine.client.db(`${engine.db.databaseName}_other`);
    await other.collection('things').insertOne({ a: 1 });
    await other.dropDatabase();
    expect(await other.collection('things').countDocuments()).toBe(0);
    expect(await other.listCollections().toArray()).toEqual([]);
  });

  it('have an order of their own, which can be asked for in either direction', async () => {
    const collection = await engine.filled([{ _id: 3 }, { _id: 1 }, { _id: 2 }]);
    const forward = ids(await collection.find().sort({ $natural: 1 }).toArray());
    expect(new Set(forward)).toEqual(new Set([1, 2, 3]));
    expect(ids(await collection.find().sort({ $natural: -1 }).toArray())).toEqual([...forward].reverse());
  });
});
