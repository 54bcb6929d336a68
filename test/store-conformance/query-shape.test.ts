import type { Document } from 'mongodb';
import { failure, useEngine } from './engine.ts';

const engine = useEngine();

describe('filters that are refused', () => {
  it.each([
    ['an unknown operator', { a: { $foo: 1 } }, 2],
    ['an unknown operator at the top', { $foo: [] }, 2],
    ['$in without an array', { a: { $in: 5 } }, 2],
    ['$size of text', { a: { $size: 'x' } }, undefined],
    ['$or without an array', { $or: { a: 1 } }, 2],
    ['$and of nothing', { $and: [] }, 2],
    ['$or of nothing', { $or: [] }, 2],
    ['$not of nothing', { a: { $not: {} } }, 2],
    ['$not of a value', { a: { $not: 5 } }, 2],
    ['$ne with a regular expression', { a: { $ne: /x/ } }, 2],
    ['$all without an array', { a: { $all: 1 } }, 2],
    ['a broken regular expression', { a: { $regex: '(' } }, 51091],
    ['$mod by zero', { a: { $mod: [0, 1] } }, 2],
  ])('%s', async (_, filter, code) => {
    const collection = await engine.filled([{ a: 1 }]);
    const error = await failure(collection.find(filter as Document).toArray());
    if (code === undefined) expect(error.code).toBeGreaterThan(0);
    else expect(error.code).toBe(code);
  });
});

describe('projection', () => {
  const doc = { _id: 1, a: 1, b: { c: 2, d: 3 }, list: [{ x: 1, y: 2 }, { x: 3 }, 5], marks: [1, 2, 3, 4] };

  it.each([
    ['inclusion', { a: 1 }, { _id: 1, a: 1 }],
    ['inclusion without _id', { a: 1, _id: 0 }, { a: 1 }],
    ['exclusion', { list: 0, b: 0, marks: 0 }, { _id: 1, a: 1 }],
    ['exclusion of _id', { _id: 0, list: 0, marks: 0, a: 0 }, { b: { c: 2, d: 3 } }],
    ['a nested field', { 'b.c': 1 }, { _id: 1, b: { c: 2 } }],
    ['a nested document', { b: { d: 1 } }, { _id: 1, b: { d: 3 } }],
    ['without a nested field', { 'b.c': 0, list: 0, marks: 0 }, { _id: 1, a: 1, b: { d: 3 } }],
    ['fields of an array', { 'list.x': 1 }, { _id: 1, list: [{ x: 1 }, { x: 3 }] }],
    [
      'without fields of an array',
      { 'list.x': 0, b: 0, marks: 0 },
      { _id: 1, a: 1, list: [{ y: 2 }, {}, 5] },
    ],
    ['a missing field', { none: 1 }, { _id: 1 }],
    ['$slice of the first', { marks: { $slice: 2 }, a: 1 }, { _id: 1, a: 1, marks: [1, 2] }],
    ['$slice of the last', { marks: { $slice: -1 }, a: 1 }, { _id: 1, a: 1, marks: [4] }],
    [
      '$slice with a start',
      { marks: { $slice: [1, 2] }, list: 0 },
      { _id: 1, a: 1, b: { c: 2, d: 3 }, marks: [2, 3] },
    ],
    ['$elemMatch', { list: { $elemMatch: { x: 3 } } }, { _id: 1, list: [{ x: 3 }] }],
    ['$elemMatch without a match', { list: { $elemMatch: { x: 9 } } }, { _id: 1 }],
    ['a computed field', { total: { $add: ['$a', '$b.c'] } }, { _id: 1, total: 3 }],
    ['a renamed field', { c: '$b.c' }, { _id: 1, c: 2 }],
  ])('%s', async (_, projection, expected) => {
    const collection = await engine.filled([doc]);
    expect(await collection.findOne({}, { projection: projection as Document })).toEqual(expected);
  });

  it('gives the element that the filter met for $', async () => {
    const collection = await engine.filled([{ _id: 1, list: [{ x: 1 }, { x: 2, ok: true }] }]);
    expect(await collection.findOne({ 'list.x': 2 }, { projection: { 'list.$': 1 } })).toEqual({
      _id: 1,
      list: [{ x: 2, ok: true }],
    });
  });

  it('refuses to mix inclusion and exclusion', async () => {
    const collection = await engine.filled([doc]);
    expect(await failure(collection.findOne({}, { projection: { a: 1, b: 0 } }))).toMatchObject({
      code: 31254,
    });
    expect(await failure(collection.findOne({}, { projection: { a: 0, b: 1 } }))).toMatchObject({
      code: 31253,
    });
  });
});
