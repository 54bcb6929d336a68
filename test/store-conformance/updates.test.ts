import { Decimal128, type Document, Double, Int32, Long } from 'mongodb';
import { failure, useEngine } from './engine.ts';

const engine = useEngine();

type Case = readonly [what: string, before: Document, update: Document, after: Document];

const fields: readonly Case[] = [
  ['$set', { a: 1 }, { $set: { a: 2, b: 3 } }, { a: 2, b: 3 }],
  [
    '$set of a nested field makes the documents on the way',
    {},
    { $set: { 'a.b.c': 1 } },
    { a: { b: { c: 1 } } },
  ],
  ['$set at a position of an array', { a: [1, 2, 3] }, { $set: { 'a.1': 9 } }, { a: [1, 9, 3] }],
  [
    '$set beyond the end of an array fills it up with null',
    { a: [1] },
    { $set: { 'a.3': 9 } },
    { a: [1, null, null, 9] },
  ],
  ['$set of a field of an element', { a: [{ x: 1 }] }, { $set: { 'a.0.x': 2 } }, { a: [{ x: 2 }] }],
  ['$unset', { a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
  ['$unset of a nested field', { a: { b: 1, c: 2 } }, { $unset: { 'a.b': 1 } }, { a: { c: 2 } }],
  ['$unset of an element leaves null', { a: [1, 2] }, { $unset: { 'a.0': 1 } }, { a: [null, 2] }],
  ['$unset of a missing field', { a: 1 }, { $unset: { x: 1, 'y.z': 1 } }, { a: 1 }],
  ['$inc', { a: 1 }, { $inc: { a: 2, b: 5 } }, { a: 3, b: 5 }],
  ['$inc of a nested field', { a: { b: 1 } }, { $inc: { 'a.b': -1 } }, { a: { b: 0 } }],
  ['$inc by a fraction', { a: 1 }, { $inc: { a: 0.5 } }, { a: 1.5 }],
  ['$mul', { a: 4 }, { $mul: { a: 2.5, b: 7 } }, { a: 10, b: 0 }],
  ['$min', { a: 5, b: 5 }, { $min: { a: 3, b: 9, c: 1 } }, { a: 3, b: 5, c: 1 }],
  ['$max', { a: 5, b: 5 }, { $max: { a: 3, b: 9, c: 1 } }, { a: 5, b: 9, c: 1 }],
  ['$max of dates', { a: new Date(5) }, { $max: { a: new Date(9) } }, { a: new Date(9) }],
  ['$min goes by the order of types', { a: 'x' }, { $min: { a: 5 } }, { a: 5 }],
  ['$rename', { a: 1, b: 2 }, { $rename: { a: 'c' } }, { b: 2, c: 1 }],
  ['$rename into a nested field', { a: 1 }, { $rename: { a: 'b.c' } }, { b: { c: 1 } }],
  ['$rename of a missing field', { a: 1 }, { $rename: { x: 'y' } }, { a: 1 }],
  ['$rename over a field that is there', { a: 1, b: 2 }, { $rename: { a: 'b' } }, { b: 1 }],
  [
    '$setOnInsert does nothing to what is there',
    { a: 1 },
    { $setOnInsert: { b: 1 }, $set: { a: 2 } },
    { a: 2 },
  ],
  ['$bit', { a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
  [
    'several operators',
    { a: 1, b: [1] },
    { $inc: { a: 1 }, $push: { b: 2 }, $set: { c: 3 } },
    { a: 2, b: [1, 2], c: 3 },
  ],
];

const arrays: readonly Case[] = [
  ['$push', { a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }],
  ['$push into a missing field', {}, { $push: { a: 1 } }, { a: [1] }],
  ['$push of an array is one element', { a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }],
  ['$push with $each', { a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }],
  ['$push with $position', { a: [1, 2] }, { $push: { a: { $each: [9], $position: 0 } } }, { a: [9, 1, 2] }],
  [
    '$push with a position from the end',
    { a: [1, 2, 3] },
    { $push: { a: { $each: [9], $position: -1 } } },
    { a: [1, 2, 9, 3] },
  ],
  [
    '$push with $slice of the last',
    { a: [1, 2, 3] },
    { $push: { a: { $each: [4], $slice: -3 } } },
    { a: [2, 3, 4] },
  ],
  [
    '$push with $slice of the first',
    { a: [1, 2] },
    { $push: { a: { $each: [3, 4], $slice: 3 } } },
    { a: [1, 2, 3] },
  ],
  [
    '$push with $sort of values',
    { a: [3, 1] },
    { $push: { a: { $each: [2], $sort: -1 } } },
    { a: [3, 2, 1] },
  ],
  [
    '$push with $sort of documents and $slice',
    { a: [{ n: 3 }, { n: 1 }] },
    { $push: { a: { $each: [{ n: 2 }], $sort: { n: 1 }, $slice: 2 } } },
    { a: [{ n: 1 }, { n: 2 }] },
  ],
  ['$addToSet', { a: [1, 2] }, { $addToSet: { a: 2 } }, { a: [1, 2] }],
  ['$addToSet of something new', { a: [1] }, { $addToSet: { a: { x: 1 } } }, { a: [1, { x: 1 }] }],
  [
    '$addToSet goes by the order of fields',
    { a: [{ x: 1, y: 2 }] },
    { $addToSet: { a: { y: 2, x: 1 } } },
    {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  ],
  ['$addToSet with $each', { a: [1] }, { $addToSet: { a: { $each: [1, 2, 2, 3] } } }, { a: [1, 2, 3] }],
  ['$pop of the last', { a: [1, 2, 3] }, { $pop: { a: 1 } }, { a: [1, 2] }],
  ['$pop of the first', { a: [1, 2, 3] }, { $pop: { a: -1 } }, { a: [2, 3] }],
  ['$pull of a value', { a: [1, 2, 1, 3] }, { $pull: { a: 1 } }, { a: [2, 3] }],
  ['$pull by a condition', { a: [1, 5, 8] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  ['$pull of documents', { a: [{ x: 1, y: 1 }, { x: 2 }] }, { $pull: { a: { x: 1 } } }, { a: [{ x: 2 }] }],
  [
    '$pull with $or',
    { a: [{ x: 1 }, { y: 2 }, { z: 3 }] },
    { $pull: { a: { $or: [{ x: 1 }, { y: 2 }] } } },
    { a: [{ z: 3 }] },
  ],
  [
    '$pull of documents in any order of fields',
    { a: [{ x: 1, y: 2, z: 3 }, { x: 1 }] },
    { $pull: { a: { y: 2, x: 1 } } },
    { a: [{ x: 1 }] },
  ],
  [
    '$pullAll of documents as they are',
    { a: [{ x: 1, y: 1 }, { x: 1 }] },
    { $pullAll: { a: [{ x: 1 }] } },
    { a: [{ x: 1, y: 1 }] },
  ],
  ['$pull with $in', { a: ['x', 'y', 'z'] }, { $pull: { a: { $in: ['x', 'z'] } } }, { a: ['y'] }],
  ['$pullAll', { a: [1, 2, 3, 1] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
  ['$pull of a missing field', { b: 1 }, { $pull: { a: 1 } }, { b: 1 }],
  ['$[] changes all elements', { a: [1, 2] }, { $inc: { 'a.$[]': 10 } }, { a: [11, 12] }],
  [
    '$[] in documents',
    { a: [{ x: 1 }, { x: 2 }] },
    { $set: { 'a.$[].y': 0 } },
    {
      a: [
        { x: 1, y: 0 },
        { x: 2, y: 0 },
      ],
    },
  ],
];

const pipelines: readonly (readonly [string, Document, Document[], Document])[] = [
  [
    '$set from other fields',
    { a: 2, b: 3 },
    [{ $set: { c: { $multiply: ['$a', '$b'] } } }],
    { a: 2, b: 3, c: 6 },
  ],
  [
    '$set keeps what else a nested document has',
    { a: { x: 1 } },
    [{ $set: { a: { y: 2 } } }],
    { a: { x: 1, y: 2 } },
  ],
  ['$unset', { a: 1, b: 2 }, [{ $unset: 'a' }], { b: 2 }],
  [
    'stages one after the other',
    { a: 1 },
    [{ $set: { b: { $add: ['$a', 1] } } }, { $set: { c: { $add: ['$b', 1] } } }],
    { a: 1, b: 2, c: 3 },
  ],
  ['$replaceWith', { a: { x: 1 } }, [{ $replaceWith: '$a' }], { x: 1 }],
  ['$project', { a: 1, b: 2 }, [{ $project: { b: 1 } }], { b: 2 }],
  ['a condition', { a: 5, best: 3 }, [{ $set: { best: { $max: ['$a', '$best'] } } }], { a: 5, best: 5 }],
];

describe.each([
  ['fields', fields],
  ['arrays', arrays],
  ['pipelines', pipelines],
])('%s', (_, cases) => {
  it.each(cases as readonly Case[])('%s', async (_what, before, update, after) => {
    const collection = await engine.filled([{ _id: 1, ...before }]);
    const result = await collection.updateOne({ _id: 1 }, update);
    expect(await collection.findOne()).toEqual({ _id: 1, ...after });
    const changed = JSON.stringify(before) !== JSON.stringify(after);
    expect(result).toMatchObject({ matchedCount: 1, modifiedCount: changed ? 1 : 0, upsertedCount: 0 });
  });
});

describe('$currentDate', () => {
  it('puts the present time', async () => {
    const collection = await engine.filled([{ _id: 1 }]);
    await collection.updateOne({}, { $currentDate: { at: { $type: 'date' }, day: { $type: 'date' } } });
    const doc = await collection.findOne();
    expect(doc?.['at']).toBeInstanceOf(Date);
    expect(doc?.['day']).toBeInstanceOf(Date);
  });
});

describe('types of numbers', () => {
  it.each([
    ['int and int', new Int32(1), new Int32(2), new Int32(3)],
    ['int and long', new Int32(1), Long.fromNumber(2), Long.fromNumber(3)],
    ['int and double', new Int32(1), new Double(2), new Double(3)],
    ['long and int', Long.fromNumber(1), new Int32(2), Long.fromNumber(3)],
    ['an int that grows out of 32 bits', new Int32(2147483647), new Int32(1), Long.fromNumber(2147483648)],
    ['decimal and int', Decimal128.fromString('1.5'), new Int32(2), Decimal128.fromString('3.5')],
  ])('$inc: %s', async (_, before, by, after) => {
    const collection = await engine.filled([{ _id: 1, a: before }]);
    await collection.updateOne({}, { $inc: { a: by } });
    const doc = await collection.findOne({}, { promoteValues: false });
    expect(doc?.['a']).toEqual(after);
  });
});

describe('updates that are refused', () => {
  it.each([
    ['$inc of text', { a: 'x' }, { $inc: { a: 1 } }, 14],
    ['$inc by text', { a: 1 }, { $inc: { a: 'x' } }, 14],
    ['$mul of text', { a: 'x' }, { $mul: { a: 2 } }, 14],
    ['$push to no array', { a: 1 }, { $push: { a: 1 } }, 2],
    ['$addToSet to no array', { a: 1 }, { $addToSet: { a: 1 } }, 2],
    ['$pop of no array', { a: 1 }, { $pop: { a: 1 } }, 14],
    ['$pull of no array', { a: 1 }, { $pull: { a: 1 } }, 2],
    ['a field inside of a number', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
    ['a field inside of null', { a: null }, { $set: { 'a.b': 1 } }, 28],
    ['a field of an array', { a: [] }, { $set: { 'a.b': 1 } }, 28],
    ['another _id', { a: 1 }, { $set: { _id: 2 } }, 66],
    ['an unknown operator', { a: 1 }, { $foo: { a: 1 } }, 9],
    ['$rename of a field to itself', { a: 1 }, { $rename: { a: 'a' } }, 2],
    ['$rename of a field into itself', { a: 1 }, { $rename: { a: 'a.b' } }, 2],
    ['$rename of a field of an element', { a: [{ x: 1 }] }, { $rename: { 'a.0.x': 'y' } }, 2],
    ['$[] of no array', { a: 5 }, { $set: { 'a.$[]': 1 } }, 2],
    ['$[] of a missing field', {}, { $set: { 'a.$[].b': 1 } }, 2],
    ['$pop of anything but 1 and -1', { a: [1] }, { $pop: { a: 2 } }, 9],
    ['the same field twice', { a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    ['a field and its inside', { a: {} }, { $set: { a: {}, 'a.b': 1 } }, 40],
    ['an empty field name', { a: 1 }, { $set: { 'a..b': 1 } }, 56],
  ])('%s', async (_, before, update, code) => {
    const collection = await engine.filled([{ _id: 1, ...before }]);
    expect(await failure(collection.updateOne({ _id: 1 }, update as Document))).toMatchObject({
      code,
    });
    expect(await collection.findOne()).toEqual({ _id: 1, ...before });
  });
});

describe('updateMany', () => {
  it('changes all that match and counts those that changed', async () => {
    const collection = await engine.filled([1, 2, 3].map((n) => ({ _id: n, n, seen: n === 3 })));
    expect(await collection.updateMany({ n: { $gte: 2 } }, { $set: { seen: true } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 1,
    });
  });

  it('meets no document twice when it changes the field it looks at', async () => {
    const collection = await engine.filled(Array.from({ length: 300 }, (_, n) => ({ _id: n, n })));
    await collection.createIndex({ n: 1 });
    expect(await collection.updateMany({ n: { $gte: 0 } }, { $inc: { n: 1 } })).toMatchObject({
      modifiedCount: 300,
    });
    expect(await collection.findOne({ _id: 299 })).toEqual({ _id: 299, n: 300 });
  });

  it('takes no replacement', async () => {
    const collection = await engine.filled([{ _id: 1, a: 1 }]);
    const answer = await engine.db.command({
      update: collection.collectionName,
      updates: [{ q: {}, u: { b: 1 }, multi: true }],
    });
    // A refused statement stands in the answer: the driver raises it for its own methods only.
    expect(answer).toMatchObject({ ok: 1, n: 0, writeErrors: [{ index: 0, code: 9 }] });
    expect(await collection.findOne()).toEqual({ _id: 1, a: 1 });
  });
});
