import { Decimal128, Double, Int32, Long, ObjectId } from 'mongodb';
import { describeOperators, type QueryCase } from './query-operators.ts';

const oid = new ObjectId('650000000000000000000001');

const comparison: readonly QueryCase[] = [
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
    '$ne null and $nin with null want a value that is not null',
    [
      { _id: 1, a: null },
      { _id: 2 },
      { _id: 3, a: {} },
      { _id: 4, a: [] },
      { _id: 5, a: [1, null] },
      { _id: 6, a: [1] },
    ],
    { a: { $ne: null, $nin: [null] } },
    [3, 4, 6],
  ],
  [
    '$elemMatch with null asks the elements',
    [{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: [null, 1] }, { _id: 4, a: [] }, { _id: 5, a: [1] }],
    { a: { $elemMatch: { $eq: null } } },
    [3],
  ],
  [
    '$nin with null and a regular expression',
    [
      { _id: 1, a: 'text' },
      { _id: 2, a: null },
      { _id: 3, a: ['text', 1] },
      { _id: 4, a: 1 },
      { _id: 5, a: 'other' },
    ],
    { a: { $nin: [null, /^te/] } },
    [4, 5],
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

describeOperators('comparison', comparison);
