import { Decimal128, Double, Int32, Long } from 'mongodb';
import { describeOperators, type QueryCase } from './query-operators.ts';

const logical: readonly QueryCase[] = [
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

const element: readonly QueryCase[] = [
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

const evaluation: readonly QueryCase[] = [
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
    'a regular expression that is stored',
    [
      { _id: 1, a: /x/ },
      { _id: 2, a: 'x' },
      { _id: 3, a: /x/i },
      { _id: 4, a: /y/ },
    ],
    { a: /x/ },
    [1, 2],
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

describeOperators('logical', logical);
describeOperators('element', element);
describeOperators('evaluation', evaluation);
