import { describeOperators, type QueryCase } from './query-operators.ts';

const arrays: readonly QueryCase[] = [
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
    '$elemMatch within $elemMatch looks into arrays of arrays',
    [
      { _id: 1, a: [[1, 9], [5]] },
      { _id: 2, a: [[1, 9]] },
      { _id: 3, a: [5] },
    ],
    { a: { $elemMatch: { $elemMatch: { $gt: 4, $lt: 6 } } } },
    [1],
  ],
  [
    '$size within $elemMatch',
    [
      { _id: 1, a: [[1, 2], [3]] },
      { _id: 2, a: [1, 2] },
    ],
    { a: { $elemMatch: { $size: 2 } } },
    [1],
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

describeOperators('array', arrays);
