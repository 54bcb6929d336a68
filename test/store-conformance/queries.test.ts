import { Decimal128, type Document, Double, Int32, Long, ObjectId } from 'mongodb';
import { failure, ids, useEngine } from './engine.ts';

const engine = useEngine();
const oid = new ObjectId('650000000000000000000001');

type Case = readonly [
  what: string,
  docs: readonly Document[],
  filter: Document,
  expected: readonly unknown[],
];

const comparison: readonly Case[] = [
  [
    'equality',
    [
      { _id: 1, a: 5 },
      { _id: 2, a: 6 },
    ],
    { a: 5 },
    [1],
  ],
  [
    'equality of numbers across their types',
    [
      { _id: 1, a: new Double(5) },
      { _id: 2, a: Long.fromNumber(5) },
      { _id: 3, a: Decimal128.fromString('5.0') },
      { _id: 4, a: '5' },
    ],
    { a: new Int32(5) },
    [1, 2, 3],
  ],
  [
    'equality of a subdocument asks for the same order of fields',
    [
      { _id: 1, a: { x: 1, y: 2 } },
      { _id: 2, a: { y: 2, x: 1 } },
      { _id: 3, a: { x: 1, y: 2, z: 3 } },
    ],
    { a: { x: 1, y: 2 } },
    [1],
  ],
  [
    'equality with an element of an array',
    [
      { _id: 1, a: [1, 2] },
      { _id: 2, a: [3] },
      { _id: 3, a: 2 },
    ],
    { a: 2 },
    [1, 3],
  ],
  [
    'equality with a whole array, or one inside of an array',
    [
      { _id: 1, a: [1, 2] },
      { _id: 2, a: [2, 1] },
      { _id: 3, a: [[1, 2], 9] },
    ],
    { a: [1, 2] },
    [1, 3],
  ],
  [
    'null finds null and missing',
    [{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: 0 }, { _id: 4, a: [null] }],
    { a: null },
    [1, 2, 4],
  ],
  [
    'null in a nested field',
    [{ _id: 1, a: { b: null } }, { _id: 2, a: {} }, { _id: 3, a: 5 }, { _id: 4, a: { b: 1 } }, { _id: 5 }],
    { 'a.b': null },
    [1, 2, 3, 5],
  ],
  [
    'null in fields of an array',
    [
      { _id: 1, a: [{ b: 1 }, {}] },
      { _id: 2, a: [{ b: 1 }] },
    ],
    { 'a.b': null },
    [1],
  ],
  [
    '$eq',
    [
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ],
    { a: { $eq: 2 } },
    [2],
  ],
  [
    '$ne finds missing too',
    [{ _id: 1, a: 1 }, { _id: 2, a: 2 }, { _id: 3 }, { _id: 4, a: [1, 2] }],
    { a: { $ne: 1 } },
    [2, 3],
  ],
  [
    '$gt looks at the same type only',
    [
      { _id: 1, a: 1 },
      { _id: 2, a: 3 },
      { _id: 3, a: '9' },
      { _id: 4, a: null },
      { _id: 5, a: new Date(9) },
    ],
    { a: { $gt: 1 } },
    [2],
  ],
  ['$gte and $lt', [1, 2, 3, 4].map((a) => ({ _id: a, a })), { a: { $gte: 2, $lt: 4 } }, [2, 3]],
  [
    '$lte of strings, by bytes',
    [
      { _id: 1, a: 'B' },
      { _id: 2, a: 'a' },
      { _id: 3, a: 'я' },
      { _id: 4, a: 1 },
    ],
    { a: { $lte: 'a' } },
    [1, 2],
  ],
  [
    '$gte of null finds null and missing',
    [{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: 1 }],
    { a: { $gte: null } },
    [1, 2],
  ],
  [
    'ranges of dates',
    [
      { _id: 1, a: new Date(10) },
      { _id: 2, a: new Date(20) },
      { _id: 3, a: 15 },
    ],
    { a: { $gt: new Date(10), $lte: new Date(20) } },
    [2],
  ],
  [
    'ranges of ObjectIds',
    [{ _id: oid }, { _id: new ObjectId('650000000000000000000002') }],
    { _id: { $gt: oid } },
    [new ObjectId('650000000000000000000002')],
  ],
  [
    'two conditions met by two elements of an array',
    [
      { _id: 1, a: [1, 9] },
      { _id: 2, a: [5] },
      { _id: 3, a: [1] },
    ],
    { a: { $gt: 4, $lt: 6 } },
    [1, 2],
  ],
  [
    'NaN equals NaN and is in no range',
    [
      { _id: 1, a: Number.NaN },
      { _id: 2, a: 1 },
    ],
    { a: Number.NaN },
    [1],
  ],
  [
    'nothing is below NaN',
    [
      { _id: 1, a: Number.NaN },
      { _id: 2, a: 1 },
    ],
    { a: { $lt: 5 } },
    [2],
  ],
  [
    '$in with values, null and a regular expression',
    [{ _id: 1, a: 'ivan' }, { _id: 2, a: 7 }, { _id: 3 }, { _id: 4, a: 'petr' }, { _id: 5, a: [7, 8] }],
    { a: { $in: [7, null, /^iv/] } },
    [1, 2, 3, 5],
  ],
  ['$in with nothing', [{ _id: 1, a: 1 }], { a: { $in: [] } }, []],
  [
    '$nin',
    [{ _id: 1, a: 1 }, { _id: 2, a: 2 }, { _id: 3 }, { _id: 4, a: [1] }],
    { a: { $nin: [1] } },
    [2, 3],
  ],
  [
    'booleans are no numbers',
    [
      { _id: 1, a: true },
      { _id: 2, a: 1 },
      { _id: 3, a: false },
    ],
    { a: true },
    [1],
  ],
  [
    'integers beyond 2^53',
    [
      { _id: 1, a: Long.fromString('9007199254740993') },
      { _id: 2, a: Long.fromString('9007199254740992') },
    ],
    { a: Long.fromString('9007199254740993') },
    [1],
  ],
];

const logical: readonly Case[] = [
  [
    'several fields all hold',
    [
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 2 },
    ],
    { a: 1, b: 2 },
    [2],
  ],
  [
    '$and',
    [
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 2 },
    ],
    { $and: [{ a: 1 }, { b: 1 }] },
    [1],
  ],
  ['$or', [{ _id: 1, a: 1 }, { _id: 2, b: 2 }, { _id: 3 }], { $or: [{ a: 1 }, { b: 2 }] }, [1, 2]],
  [
    '$or beside a field',
    [
      { _id: 1, a: 1, c: 1 },
      { _id: 2, b: 2, c: 0 },
    ],
    { c: 1, $or: [{ a: 1 }, { b: 2 }] },
    [1],
  ],
  ['$nor', [{ _id: 1, a: 1 }, { _id: 2, b: 2 }, { _id: 3 }], { $nor: [{ a: 1 }, { b: 2 }] }, [3]],
  [
    '$not finds missing too',
    [{ _id: 1, a: 5 }, { _id: 2, a: 1 }, { _id: 3 }],
    { a: { $not: { $gt: 3 } } },
    [2, 3],
  ],
  [
    '$not of a regular expression',
    [
      { _id: 1, a: 'ivan' },
      { _id: 2, a: 'petr' },
    ],
    { a: { $not: /^iv/ } },
    [2],
  ],
  ['$comment says nothing', [{ _id: 1, a: 1 }], { a: 1, $comment: 'why' }, [1]],
];

const element: readonly Case[] = [
  ['$exists true', [{ _id: 1, a: null }, { _id: 2 }], { a: { $exists: true } }, [1]],
  ['$exists false', [{ _id: 1, a: null }, { _id: 2 }], { a: { $exists: false } }, [2]],
  [
    '$exists in an array',
    [
      { _id: 1, a: [{ b: 1 }, {}] },
      { _id: 2, a: [{}] },
    ],
    { 'a.b': { $exists: true } },
    [1],
  ],
  [
    '$type by name',
    [
      { _id: 1, a: 'x' },
      { _id: 2, a: 1 },
      { _id: 3, a: ['x'] },
    ],
    { a: { $type: 'string' } },
    [1, 3],
  ],
  [
    '$type by number',
    [
      { _id: 1, a: new Date() },
      { _id: 2, a: 1 },
    ],
    { a: { $type: 9 } },
    [1],
  ],
  [
    '$type tells int, long, double and decimal apart',
    [
      { _id: 1, a: new Int32(1) },
      { _id: 2, a: Long.fromNumber(1) },
      { _id: 3, a: new Double(1) },
      { _id: 4, a: Decimal128.fromString('1') },
    ],
    { a: { $type: ['double', 'long'] } },
    [2, 3],
  ],
  [
    '$type number is all of them',
    [
      { _id: 1, a: new Int32(1) },
      { _id: 2, a: new Double(1.5) },
      { _id: 3, a: '1' },
    ],
    { a: { $type: 'number' } },
    [1, 2],
  ],
  [
    '$type array',
    [
      { _id: 1, a: [] },
      { _id: 2, a: {} },
    ],
    { a: { $type: 'array' } },
    [1],
  ],
];

const arrays: readonly Case[] = [
  [
    '$all',
    [
      { _id: 1, a: [1, 2, 3] },
      { _id: 2, a: [1] },
      { _id: 3, a: 1 },
    ],
    { a: { $all: [1, 2] } },
    [1],
  ],
  [
    '$all of one value finds a plain one',
    [
      { _id: 1, a: [1, 2] },
      { _id: 2, a: 1 },
    ],
    { a: { $all: [1] } },
    [1, 2],
  ],
  ['$all of nothing', [{ _id: 1, a: [1] }], { a: { $all: [] } }, []],
  [
    '$all with $elemMatch',
    [
      { _id: 1, a: [{ x: 1 }, { x: 2 }] },
      { _id: 2, a: [{ x: 1 }] },
    ],
    { a: { $all: [{ $elemMatch: { x: 1 } }, { $elemMatch: { x: 2 } }] } },
    [1],
  ],
  [
    '$size',
    [
      { _id: 1, a: [1, 2] },
      { _id: 2, a: [] },
      { _id: 3, a: 2 },
    ],
    { a: { $size: 2 } },
    [1],
  ],
  [
    '$elemMatch on values',
    [
      { _id: 1, a: [1, 9] },
      { _id: 2, a: [5] },
      { _id: 3, a: 5 },
    ],
    { a: { $elemMatch: { $gt: 4, $lt: 6 } } },
    [2],
  ],
  [
    '$elemMatch on documents',
    [
      {
        _id: 1,
        a: [
          { x: 1, y: 2 },
          { x: 2, y: 1 },
        ],
      },
      { _id: 2, a: [{ x: 1, y: 1 }] },
    ],
    { a: { $elemMatch: { x: 1, y: 1 } } },
    [2],
  ],
  [
    'dotted fields may be met by different elements',
    [
      {
        _id: 1,
        a: [
          { x: 1, y: 2 },
          { x: 2, y: 1 },
        ],
      },
      { _id: 2, a: [{ x: 2 }] },
    ],
    { 'a.x': 1, 'a.y': 1 },
    [1],
  ],
  [
    'a position in an array',
    [
      { _id: 1, a: [5, 6] },
      { _id: 2, a: [6, 5] },
    ],
    { 'a.1': 5 },
    [2],
  ],
  [
    'a field of an element by position',
    [
      { _id: 1, a: [{ x: 1 }, { x: 2 }] },
      { _id: 2, a: [{ x: 2 }] },
    ],
    { 'a.1.x': 2 },
    [1],
  ],
  [
    'a nested path through documents and arrays',
    [
      { _id: 1, a: { b: [{ c: { d: 1 } }] } },
      { _id: 2, a: { b: { c: { d: 2 } } } },
    ],
    { 'a.b.c.d': 1 },
    [1],
  ],
];

const evaluation: readonly Case[] = [
  [
    'a regular expression',
    [
      { _id: 1, a: 'Ivanov' },
      { _id: 2, a: 'Petrov' },
      { _id: 3, a: 5 },
    ],
    { a: /^Iv/ },
    [1],
  ],
  [
    '$regex with $options',
    [
      { _id: 1, a: 'ИВАНОВ' },
      { _id: 2, a: 'Петров' },
    ],
    { a: { $regex: '^иван', $options: 'i' } },
    [1],
  ],
  [
    'a regular expression in an array',
    [
      { _id: 1, a: ['x', 'Ivan'] },
      { _id: 2, a: ['x'] },
    ],
    { a: /van/ },
    [1],
  ],
  [
    'special letters of a prefix',
    [
      { _id: 1, a: '+7495' },
      { _id: 2, a: '7495' },
    ],
    { a: /^\+7/ },
    [1],
  ],
  ['$mod', [0, 1, 2, 3, 4].map((a) => ({ _id: a, a })), { a: { $mod: [2, 1] } }, [1, 3]],
  [
    '$expr compares fields',
    [
      { _id: 1, a: 5, b: 3 },
      { _id: 2, a: 1, b: 3 },
    ],
    { $expr: { $gt: ['$a', '$b'] } },
    [1],
  ],
  [
    '$expr: a missing field is not null',
    [{ _id: 1, a: null }, { _id: 2 }],
    { $expr: { $eq: ['$a', null] } },
    [1],
  ],
  [
    '$expr: an array is one value',
    [
      { _id: 1, a: [1] },
      { _id: 2, a: 1 },
    ],
    { $expr: { $eq: ['$a', 1] } },
    [2],
  ],
];

describe.each([
  ['comparison', comparison],
  ['logical', logical],
  ['element', element],
  ['array', arrays],
  ['evaluation', evaluation],
])('%s operators', (_, cases) => {
  it.each(cases)('%s', async (_what, docs, filter, expected) => {
    const collection = await engine.filled(docs);
    expect(ids(await collection.find(filter).sort({ _id: 1 }).toArray())).toEqual(expected);
  });

  it.each(cases.filter(([, , filter]) => 'a' in filter))(
    'with an index: %s',
    async (_what, docs, filter, expected) => {
      const collection = await engine.filled(docs);
      await collection.createIndex({ a: 1 });
      expect(ids(await collection.find(filter).toArray()).sort()).toEqual([...expected].sort());
      await collection.dropIndex('a_1');
      await collection.createIndex({ a: -1 });
      expect(ids(await collection.find(filter).toArray()).sort()).toEqual([...expected].sort());
    },
  );
});

describe('filters that are refused', () => {
  it.each([
    ['an unknown operator', { a: { $foo: 1 } }, 2],
    ['an unknown operator at the top', { $foo: [] }, 2],
    ['$in without an array', { a: { $in: 5 } }, 2],
    ['$size of text', { a: { $size: 'x' } }, undefined],
    ['$or without an array', { $or: { a: 1 } }, 2],
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
