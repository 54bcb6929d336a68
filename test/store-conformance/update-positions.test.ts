import { failure, useEngine } from './engine.ts';

const engine = useEngine();

describe('the positional $', () => {
  it('changes the first element that the filter met', async () => {
    const collection = await engine.filled([{ _id: 1, a: [{ x: 1 }, { x: 2 }, { x: 2 }] }]);
    await collection.updateOne({ 'a.x': 2 }, { $set: { 'a.$.y': true } });
    expect(await collection.findOne()).toEqual({ _id: 1, a: [{ x: 1 }, { x: 2, y: true }, { x: 2 }] });
  });

  it('goes with $elemMatch', async () => {
    const collection = await engine.filled([
      {
        _id: 1,
        a: [
          { x: 1, y: 5 },
          { x: 1, y: 9 },
        ],
      },
    ]);
    await collection.updateOne({ a: { $elemMatch: { x: 1, y: { $gt: 6 } } } }, { $inc: { 'a.$.y': 1 } });
    expect(await collection.findOne()).toEqual({
      _id: 1,
      a: [
        { x: 1, y: 5 },
        { x: 1, y: 10 },
      ],
    });
  });

  it('changes a value of a plain array', async () => {
    const collection = await engine.filled([{ _id: 1, a: [5, 6, 7] }]);
    await collection.updateOne({ a: 6 }, { $set: { 'a.$': 0 } });
    expect(await collection.findOne()).toEqual({ _id: 1, a: [5, 0, 7] });
  });

  it('is an error when the filter does not speak of the array', async () => {
    const collection = await engine.filled([{ _id: 1, a: [5] }]);
    expect(await failure(collection.updateOne({ _id: 1 }, { $set: { 'a.$': 0 } }))).toMatchObject({
      code: 2,
    });
  });
});

describe('arrayFilters', () => {
  it('choose elements', async () => {
    const collection = await engine.filled([{ _id: 1, a: [{ n: 1 }, { n: 5 }, { n: 9 }] }]);
    await collection.updateOne(
      {},
      { $set: { 'a.$[big].big': true } },
      { arrayFilters: [{ 'big.n': { $gte: 5 } }] },
    );
    expect(await collection.findOne()).toEqual({
      _id: 1,
      a: [{ n: 1 }, { n: 5, big: true }, { n: 9, big: true }],
    });
  });

  it('choose values', async () => {
    const collection = await engine.filled([{ _id: 1, a: [1, 5, 9] }]);
    await collection.updateMany({}, { $set: { 'a.$[v]': 0 } }, { arrayFilters: [{ v: { $lt: 6 } }] });
    expect(await collection.findOne()).toEqual({ _id: 1, a: [0, 0, 9] });
  });

  it('of several levels go together', async () => {
    const collection = await engine.filled([
      {
        _id: 1,
        a: [
          { x: 1, b: [{ y: 1 }, { y: 2 }] },
          { x: 2, b: [{ y: 2 }] },
        ],
      },
    ]);
    const arrayFilters = [{ 'i.x': 1 }, { $and: [{ 'j.y': { $gt: 1 } }, { 'j.y': { $lt: 3 } }] }];
    await collection.updateOne({}, { $set: { 'a.$[i].b.$[j].z': 9 } }, { arrayFilters });
    expect((await collection.findOne())?.['a']).toEqual([
      { x: 1, b: [{ y: 1 }, { y: 2, z: 9 }] },
      { x: 2, b: [{ y: 2 }] },
    ]);
  });

  it('are an error when the update does not use them', async () => {
    const collection = await engine.filled([{ _id: 1, a: [1] }]);
    const unused = collection.updateOne({}, { $set: { b: 1 } }, { arrayFilters: [{ v: 1 }] });
    expect(await failure(unused)).toMatchObject({ code: 9 });
  });

  it('are an error when one is missing', async () => {
    const collection = await engine.filled([{ _id: 1, a: [1] }]);
    expect(await failure(collection.updateOne({}, { $set: { 'a.$[v]': 0 } }))).toMatchObject({ code: 2 });
  });
});
