import { failure, useEngine } from './engine.ts';

const engine = useEngine();

describe('findOneAndUpdate', () => {
  it('gives the document as it was, or as it is', async () => {
    const collection = await engine.filled([{ _id: 1, n: 1 }]);
    expect(await collection.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } })).toEqual({
      _id: 1,
      n: 1,
    });
    expect(
      await collection.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }, { returnDocument: 'after' }),
    ).toEqual({ _id: 1, n: 3 });
  });

  it('gives null when nothing matches', async () => {
    const collection = await engine.filled([{ _id: 1 }]);
    expect(await collection.findOneAndUpdate({ _id: 2 }, { $set: { a: 1 } })).toBeNull();
    expect(await engine.empty().findOneAndUpdate({}, { $set: { a: 1 } })).toBeNull();
  });

  it('takes the first in the wished order', async () => {
    const collection = await engine.filled([
      { _id: 1, at: 5 },
      { _id: 2, at: 3 },
      { _id: 3, at: 9 },
    ]);
    expect(
      await collection.findOneAndUpdate(
        {},
        { $set: { taken: true } },
        { sort: { at: -1 }, returnDocument: 'after' },
      ),
    ).toEqual({ _id: 3, at: 9, taken: true });
  });

  it('applies a projection', async () => {
    const collection = await engine.filled([{ _id: 1, a: 1, b: 2 }]);
    expect(
      await collection.findOneAndUpdate(
        {},
        { $set: { a: 5 } },
        { projection: { a: 1, _id: 0 }, returnDocument: 'after' },
      ),
    ).toEqual({ a: 5 });
  });

  it('inserts with upsert', async () => {
    const collection = engine.empty();
    expect(
      await collection.findOneAndUpdate(
        { _id: 'seq' },
        { $inc: { n: 1 } },
        { upsert: true, returnDocument: 'after' },
      ),
    ).toEqual({ _id: 'seq', n: 1 });
    expect(
      await collection.findOneAndUpdate({ _id: 'other' }, { $inc: { n: 1 } }, { upsert: true }),
    ).toBeNull();
    expect(await collection.countDocuments()).toBe(2);
  });

  it('tells with its metadata whether there was a document', async () => {
    const collection = await engine.filled([{ _id: 1 }]);
    const found = await collection.findOneAndUpdate(
      { _id: 1 },
      { $set: { a: 1 } },
      { includeResultMetadata: true },
    );
    expect(found).toMatchObject({
      ok: 1,
      lastErrorObject: { n: 1, updatedExisting: true },
      value: { _id: 1 },
    });
    const made = await collection.findOneAndUpdate(
      { _id: 2 },
      { $set: { a: 1 } },
      { upsert: true, includeResultMetadata: true },
    );
    expect(made).toMatchObject({
      lastErrorObject: { n: 1, updatedExisting: false, upserted: 2 },
      value: null,
    });
  });

  it('counts without losing a step when many ask at a time', async () => {
    const collection = await engine.filled([{ _id: 'ticket', n: 0 }]);
    const numbers = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const doc = await collection.findOneAndUpdate(
          { _id: 'ticket' },
          { $inc: { n: 1 } },
          { returnDocument: 'after' },
        );
        return Number(doc?.['n']);
      }),
    );
    expect(numbers.sort((left, right) => left - right)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  });

  it('lets only one of many have a thing', async () => {
    const collection = await engine.filled([{ _id: 1, owner: null }]);
    const winners = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        collection.findOneAndUpdate({ _id: 1, owner: null }, { $set: { owner: n } }),
      ),
    );
    expect(winners.filter((winner) => winner !== null)).toHaveLength(1);
  });

  it('raises what breaks a unique index', async () => {
    const collection = await engine.filled([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
    await collection.createIndex({ a: 1 }, { unique: true });
    expect(await failure(collection.findOneAndUpdate({ _id: 2 }, { $set: { a: 1 } }))).toMatchObject({
      code: 11000,
      keyValue: { a: 1 },
    });
  });

  it('takes a pipeline', async () => {
    const collection = await engine.filled([{ _id: 1, a: 2 }]);
    expect(
      await collection.findOneAndUpdate({}, [{ $set: { b: { $multiply: ['$a', 10] } } }], {
        returnDocument: 'after',
      }),
    ).toEqual({ _id: 1, a: 2, b: 20 });
  });
});

describe('findOneAndReplace and findOneAndDelete', () => {
  it('replace', async () => {
    const collection = await engine.filled([{ _id: 1, a: 1 }]);
    expect(await collection.findOneAndReplace({ a: 1 }, { b: 2 }, { returnDocument: 'after' })).toEqual({
      _id: 1,
      b: 2,
    });
  });

  it('delete', async () => {
    const collection = await engine.filled([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
    expect(await collection.findOneAndDelete({}, { sort: { a: -1 } })).toEqual({ _id: 2, a: 2 });
    expect(await collection.findOneAndDelete({ a: 9 })).toBeNull();
    expect(await collection.countDocuments()).toBe(1);
  });
});
