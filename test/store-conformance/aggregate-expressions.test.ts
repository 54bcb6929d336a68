import { Decimal128, type Document, Long, ObjectId } from 'mongodb';
import { failure, useEngine } from './engine.ts';

const engine = useEngine();
const oid = new ObjectId('650000000000000000000001');
const big = Long.fromString('9007199254740993');
const dec = (text: string) => Decimal128.fromString(text);
const tenth = dec('0.1');
const day = '2026-03-29T00:00:00Z';

/** A branch of $switch. */
const branch = (when: unknown, then: unknown) => ({ case: when, then });

type Case = readonly [what: string, doc: Document, expression: unknown, expected: unknown];

const values: readonly Case[] = [
  ['$eq tells null from missing', {}, { $eq: ['$a', null] }, false],
  ['$gt: null is above missing', { a: null }, { $gt: ['$a', '$b'] }, true],
  ['$gt across types', { a: 'x' }, { $gt: ['$a', 5] }, true],
  ['$gt of null asks whether there is a value', { a: 0 }, { $gt: ['$a', null] }, true],
  ['$cmp', { a: 1, b: 2 }, { $cmp: ['$a', '$b'] }, -1],
  ['$ne of arrays', { a: [1, 2] }, { $ne: ['$a', [1, 2]] }, false],
  ['$in', { a: 2 }, { $in: ['$a', [1, 2]] }, true],
  ['$and, $or, $not', { a: 1, b: 0 }, { $and: ['$a', { $not: ['$b'] }, { $or: ['$b', '$a'] }] }, true],
  ['an empty text is true', { a: '' }, { $and: ['$a'] }, true],
  ['$cond', { a: 5 }, { $cond: [{ $gte: ['$a', 5] }, 'yes', 'no'] }, 'yes'],
  ['$ifNull', { b: null, c: 3 }, { $ifNull: ['$a', '$b', '$c'] }, 3],
  [
    '$switch',
    { a: 7 },
    {
      $switch: {
        branches: [branch({ $lt: ['$a', 5] }, 'few'), branch({ $lt: ['$a', 10] }, 'some')],
        default: 'many',
      },
    },
    'some',
  ],
  ['$literal', {}, { $literal: '$a' }, '$a'],
  ['$let', { a: 3 }, { $let: { vars: { x: { $add: ['$a', 1] } }, in: { $multiply: ['$$x', '$$x'] } } }, 16],
  ['$type', { a: oid }, { $type: '$a' }, 'objectId'],
  ['$type of missing', {}, { $type: '$a' }, 'missing'],
];

const numbers: readonly Case[] = [
  ['$add and $subtract', { a: 5, b: 2 }, { $subtract: [{ $add: ['$a', '$b', 1] }, 3] }, 5],
  ['$add with null', { a: 5 }, { $add: ['$a', null] }, null],
  ['$multiply and $divide', { a: 6, b: 4 }, { $divide: [{ $multiply: ['$a', 2] }, '$b'] }, 3],
  ['$mod', { a: 7 }, { $mod: ['$a', 3] }, 1],
  ['$abs, $ceil, $floor', { a: -1.5 }, [{ $abs: '$a' }, { $ceil: '$a' }, { $floor: '$a' }], [1.5, -1, -2]],
  ['$round to places', { a: 2.345 }, { $round: ['$a', 1] }, 2.3],
  ['$round to the even digit', { a: 2.5, b: 3.5 }, [{ $round: '$a' }, { $round: ['$b', 0] }], [2, 4]],
  ['$round before the point', { a: 1250 }, { $round: ['$a', -2] }, 1200],
  ['$round of what is above a half', { a: 0.125001 }, { $round: ['$a', 2] }, 0.13],
  ['$trunc', { a: 7.89 }, { $trunc: ['$a', 1] }, 7.8],
  ['$pow and $sqrt', { a: 3 }, { $sqrt: { $pow: ['$a', 2] } }, 3],
  [
    '$max and $min of several',
    { a: 3, b: 9 },
    [{ $max: ['$a', '$b', null] }, { $min: ['$a', '$b'] }],
    [9, 3],
  ],
  ['$sum and $avg of an array', { a: [1, 2, 6] }, [{ $sum: '$a' }, { $avg: '$a' }], [9, 3]],
  ['$toInt, $toDouble', { a: '42', b: '1.5' }, [{ $toInt: '$a' }, { $toDouble: '$b' }], [42, 1.5]],
  ['$add with a long beyond 2^53', { a: big }, { $add: ['$a', 1] }, Long.fromString('9007199254740994')],
  ['$add and $multiply with a decimal', { a: tenth }, { $multiply: [{ $add: ['$a', 1] }, 3] }, dec('3.3')],
  ['$subtract of decimals is exact', { a: dec('0.3'), b: tenth }, { $subtract: ['$a', '$b'] }, dec('0.2')],
  ['$subtract and $mod with null', {}, [{ $subtract: ['$a', 1] }, { $mod: ['$a', 2] }], [null, null]],
  ['$abs of a decimal', { a: dec('-1.5') }, { $abs: '$a' }, dec('1.5')],
  ['a converted number is calculated with', { a: '41' }, { $add: [{ $toInt: '$a' }, 1] }, 42],
  ['$toLong', { a: '9007199254740993' }, { $toLong: '$a' }, big],
  ['$toDecimal', { a: '0.10' }, { $toDecimal: '$a' }, dec('0.10')],
  ['$toBool', { a: 'no', b: 0 }, [{ $toBool: '$a' }, { $toBool: '$b' }], [true, false]],
  ['$toDate of milliseconds', { a: 5000 }, { $toDate: { $toLong: '$a' } }, new Date(5000)],
  ['$toDate of text', { a: '2026-03-29' }, { $toDate: '$a' }, new Date('2026-03-29T00:00:00Z')],
  ['$toDate of an ObjectId', { a: oid }, { $toDate: '$a' }, oid.getTimestamp()],
  ['$convert to a date', { a: '2026-03-29' }, { $convert: { input: '$a', to: 'date' } }, new Date(day)],
  ['$convert of a text like a path', { a: '$b', b: 1 }, { $convert: { input: '$a', to: 'string' } }, '$b'],
  ['$toInt of no whole number', { a: '1.5' }, { $convert: { input: '$a', to: 'int', onError: 'x' } }, 'x'],
  ['$convert with onError', { a: 'x' }, { $convert: { input: '$a', to: 'int', onError: -1 } }, -1],
  ['$convert with onNull', {}, { $convert: { input: '$a', to: 'int', onNull: 0 } }, 0],
];

const texts: readonly Case[] = [
  ['$concat', { a: 'x', b: 'y' }, { $concat: ['$a', '-', '$b'] }, 'x-y'],
  ['$concat with null', { a: 'x' }, { $concat: ['$a', '$b'] }, null],
  ['$toLower and $toUpper', { a: 'aB' }, [{ $toLower: '$a' }, { $toUpper: '$a' }], ['ab', 'AB']],
  ['$toLower of null', {}, { $toLower: '$a' }, ''],
  ['$substrCP', { a: 'Привет' }, { $substrCP: ['$a', 0, 3] }, 'При'],
  ['$strLenCP', { a: 'Привет' }, { $strLenCP: '$a' }, 6],
  ['$strLenBytes', { a: 'Привет' }, { $strLenBytes: '$a' }, 12],
  ['$split', { a: 'a,b' }, { $split: ['$a', ','] }, ['a', 'b']],
  ['$trim', { a: '  x ' }, { $trim: { input: '$a' } }, 'x'],
  ['$indexOfBytes', { a: 'éa' }, { $indexOfBytes: ['$a', 'a'] }, 2],
  ['$indexOfCP', { a: 'abc' }, { $indexOfCP: ['$a', 'c'] }, 2],
  ['$replaceAll', { a: 'a-b-c' }, { $replaceAll: { input: '$a', find: '-', replacement: '' } }, 'abc'],
  ['$regexMatch', { a: '+7495' }, { $regexMatch: { input: '$a', regex: '^\\+7' } }, true],
  [
    '$regexMatch with options',
    { a: 'Иван' },
    { $regexMatch: { input: '$a', regex: 'иван', options: 'i' } },
    true,
  ],
  ['$toString', { a: oid, b: 5 }, [{ $toString: '$a' }, { $toString: '$b' }], [oid.toHexString(), '5']],
  ['$toObjectId', { a: oid.toHexString() }, { $toObjectId: '$a' }, oid],
];

const arrays: readonly Case[] = [
  ['$size', { a: [1, 2] }, { $size: '$a' }, 2],
  ['$arrayElemAt', { a: [1, 2, 3] }, [{ $arrayElemAt: ['$a', 0] }, { $arrayElemAt: ['$a', -1] }], [1, 3]],
  ['$first and $last', { a: [1, 2, 3] }, [{ $first: '$a' }, { $last: '$a' }], [1, 3]],
  ['$slice', { a: [1, 2, 3] }, { $slice: ['$a', 1, 2] }, [2, 3]],
  ['$concatArrays', { a: [1], b: [2] }, { $concatArrays: ['$a', '$b'] }, [1, 2]],
  ['$filter', { a: [1, 5, 9] }, { $filter: { input: '$a', as: 'x', cond: { $gte: ['$$x', 5] } } }, [5, 9]],
  ['$map', { a: [1, 2] }, { $map: { input: '$a', as: 'x', in: { $multiply: ['$$x', 10] } } }, [10, 20]],
  ['$map of documents', { a: [{ n: 1 }, { n: 2 }] }, { $map: { input: '$a', in: '$$this.n' } }, [1, 2]],
  [
    '$reduce',
    { a: [1, 2, 3] },
    { $reduce: { input: '$a', initialValue: 0, in: { $add: ['$$value', '$$this'] } } },
    6,
  ],
  ['$in of an array', { a: ['x', 'y'] }, { $in: ['y', '$a'] }, true],
  ['$isArray', { a: [1] }, { $isArray: '$a' }, true],
  ['$reverseArray', { a: [1, 2] }, { $reverseArray: '$a' }, [2, 1]],
  ['$range', {}, { $range: [0, 6, 2] }, [0, 2, 4]],
  ['$sortArray', { a: [3, 1, 2] }, { $sortArray: { input: '$a', sortBy: -1 } }, [3, 2, 1]],
  [
    '$sortArray of documents',
    { a: [{ n: 2 }, { n: 1 }] },
    { $sortArray: { input: '$a', sortBy: { n: 1 } } },
    [{ n: 1 }, { n: 2 }],
  ],
  ['$setUnion', { a: [1, 2], b: [2, 3] }, { $size: { $setUnion: ['$a', '$b'] } }, 3],
  ['$setIsSubset', { a: [1], b: [1, 2] }, { $setIsSubset: ['$a', '$b'] }, true],
  ['$objectToArray', { a: { x: 1 } }, { $objectToArray: '$a' }, [{ k: 'x', v: 1 }]],
  ['$arrayToObject', { a: [{ k: 'x', v: 1 }] }, { $arrayToObject: '$a' }, { x: 1 }],
  [
    '$arrayToObject of pairs',
    {},
    {
      $arrayToObject: [
        [
          ['x', 1],
          ['y', 2],
        ],
      ],
    },
    { x: 1, y: 2 },
  ],
  ['$mergeObjects', { a: { x: 1 }, b: { y: 2 } }, { $mergeObjects: ['$a', '$b'] }, { x: 1, y: 2 }],
  ['a field of the documents of an array', { a: [{ n: 1 }, { n: 2 }, {}] }, '$a.n', [1, 2]],
];

describe.each([
  ['values', values],
  ['numbers', numbers],
  ['texts', texts],
  ['arrays', arrays],
])('expressions on %s', (_, cases) => {
  it.each(cases)('%s', async (_what, doc, expression, expected) => {
    const collection = await engine.filled([{ _id: 1, ...doc }]);
    const [found] = await collection.aggregate([{ $project: { result: expression } }]).toArray();
    expect(found).toEqual({ _id: 1, result: expected });
  });
});

describe('accumulators', () => {
  const rows = [
    { _id: 1, n: 10, at: 3, tag: 'a' },
    { _id: 2, n: 20, at: 1, tag: 'b' },
    { _id: 3, n: 60, at: 2, tag: 'a' },
    { _id: 4, at: 4 },
  ];
  const cases: readonly (readonly [string, Document, unknown])[] = [
    ['$sum', { $sum: '$n' }, 90],
    ['$sum of an expression', { $sum: { $multiply: ['$n', 2] } }, 180],
    ['$avg leaves missing values out', { $avg: '$n' }, 30],
    ['$avg of nothing', { $avg: '$none' }, null],
    ['$min', { $min: '$n' }, 10],
    ['$max', { $max: '$n' }, 60],
    ['$max of nothing', { $max: '$none' }, null],
    ['$first', { $first: '$n' }, 10],
    ['$last of a missing field', { $last: '$n' }, null],
    ['$push leaves missing values out', { $push: '$n' }, [10, 20, 60]],
    ['$push of documents', { $push: { id: '$_id' } }, [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]],
    ['$count', { $count: {} }, 4],
    ['$stdDevPop', { $stdDevPop: '$at' }, Math.sqrt(1.25)],
    ['$stdDevSamp of one value', { $stdDevSamp: { $cond: [{ $eq: ['$_id', 1] }, '$n', null] } }, null],
    ['$top', { $top: { sortBy: { at: 1 }, output: '$_id' } }, 2],
    ['$topN', { $topN: { n: 2, sortBy: { at: -1 }, output: '$_id' } }, [4, 1]],
    ['$bottom', { $bottom: { sortBy: { at: 1 }, output: '$_id' } }, 4],
    ['$firstN', { $firstN: { input: '$_id', n: 2 } }, [1, 2]],
    [
      '$mergeObjects',
      { $mergeObjects: { $cond: [{ $lte: ['$_id', 2] }, { last: '$_id' }, {}] } },
      { last: 2 },
    ],
  ];

  it.each(cases)('%s', async (_, accumulator, expected) => {
    const collection = await engine.filled(rows);
    const [found] = await collection
      .aggregate([{ $sort: { _id: 1 } }, { $group: { _id: null, result: accumulator } }])
      .toArray();
    expect(found).toEqual({ _id: null, result: expected });
  });

  it.each([
    ['$median', { $median: { input: '$n', method: 'approximate' } }, 20],
    ['$percentile', { $percentile: { input: '$n', p: [0.9], method: 'approximate' } }, [60]],
  ])('%s, known since MongoDB 7.0', async (_, accumulator, expected) => {
    const collection = await engine.filled(rows);
    const found = collection.aggregate([{ $group: { _id: null, result: accumulator } }]).toArray();
    if (await engine.has('7.0')) expect(await found).toEqual([{ _id: null, result: expected }]);
    else expect((await failure(found)).code).toBeGreaterThan(0);
  });

  it.each([
    ['$addToSet', { $addToSet: '$tag' }, ['a', 'b']],
    ['$maxN', { $maxN: { input: '$n', n: 2 } }, [20, 60]],
    ['$minN', { $minN: { input: '$n', n: 2 } }, [10, 20]],
  ])('%s, in no promised order', async (_, accumulator, expected) => {
    const collection = await engine.filled(rows);
    const [found] = await collection.aggregate([{ $group: { _id: null, result: accumulator } }]).toArray();
    expect(found?.['result'].sort()).toEqual(expected);
  });
});
