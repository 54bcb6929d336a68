import type { Document } from 'mongodb';
import { failure, ids, useEngine } from './engine.ts';

const engine = useEngine();
const above = { $expr: { $gt: ['$n', '$$least'] } };
const options = { let: { least: 1 } };
const filled = () => engine.filled([1, 2, 3].map((n) => ({ _id: n, n })));

describe("the variables of a command's let", () => {
  it('are known to find', async () => {
    const collection = await filled();
    expect(ids(await collection.find(above, options).sort({ _id: 1 }).toArray())).toEqual([2, 3]);
    const nested = { $and: [{ _id: { $lt: 3 } }, { $or: [above] }] };
    expect(ids(await collection.find(nested, options).toArray())).toEqual([2]);
  });

  it.each([
    ['first', [{ $match: above }]],
    ['later', [{ $set: { more: 1 } }, { $match: above }]],
  ])('are known to the $match that comes %s in a pipeline', async (_, stages: Document[]) => {
    const collection = await filled();
    const found = collection.aggregate([...stages, { $sort: { _id: 1 } }], options);
    expect(ids(await found.toArray())).toEqual([2, 3]);
  });

  it('are known to updates and what they set', async () => {
    const collection = await filled();
    const set = [{ $set: { least: '$$least' } }];
    expect(await collection.updateMany(above, set, options)).toMatchObject({ modifiedCount: 2 });
    expect(await collection.findOne({ _id: 3 })).toEqual({ _id: 3, n: 3, least: 1 });
    expect(await collection.findOneAndUpdate(above, set, { ...options, sort: { _id: -1 } })).toMatchObject({
      _id: 3,
    });
  });

  it('are known to delete', async () => {
    const collection = await filled();
    expect(await collection.deleteMany(above, options)).toMatchObject({ deletedCount: 2 });
    expect(ids(await collection.find().toArray())).toEqual([1]);
  });

  it('must be there', async () => {
    const collection = await filled();
    expect((await failure(collection.find(above).toArray())).code).toBe(17276);
  });
});
