import type { Document } from 'mongodb';
import { failure, useEngine } from './engine.ts';
import { calls } from './sample-calls.ts';

const engine = useEngine();

type Case = readonly [what: string, stages: Document[], expected: readonly Document[]];

describe('stages', () => {
  const cases: readonly Case[] = [
    [
      '$match',
      [{ $match: { queue: 'support' } }, { $sort: { _id: 1 } }, { $project: { _id: 1 } }],
      [{ _id: 4 }, { _id: 5 }],
    ],
    [
      '$match with $expr',
      [
        { $match: { $expr: { $gt: ['$talkMs', { $multiply: ['$waitMs', 10] }] } } },
        { $sort: { _id: 1 } },
        { $project: { _id: 1 } },
      ],
      [{ _id: 1 }, { _id: 5 }],
    ],
    [
      '$match after $group',
      [{ $group: { _id: '$queue', n: { $sum: 1 } } }, { $match: { n: { $gt: 2 } } }],
      [{ _id: 'sales', n: 3 }],
    ],
    [
      '$sort, $skip and $limit',
      [{ $sort: { waitMs: -1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { waitMs: 1 } }],
      [
        { _id: 4, waitMs: 12000 },
        { _id: 2, waitMs: 8000 },
      ],
    ],
    [
      '$limit before $sort',
      [
        { $sort: { _id: 1 } },
        { $limit: 3 },
        { $sort: { waitMs: 1 } },
        { $limit: 1 },
        { $project: { _id: 1 } },
      ],
      [{ _id: 1 }],
    ],
    [
      '$group by a field',
      [
        {
          $group: {
            _id: '$queue',
            calls: { $sum: 1 },
            talk: { $sum: '$talkMs' },
            longest: { $max: '$waitMs' },
            shortest: { $min: '$waitMs' },
          },
        },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: 'sales', calls: 3, talk: 90000, longest: 25000, shortest: 3000 },
        { _id: 'support', calls: 2, talk: 135000, longest: 12000, shortest: 1000 },
      ],
    ],
    [
      '$group by several fields',
      [
        { $group: { _id: { queue: '$queue', outcome: '$outcome' }, n: { $sum: 1 } } },
        { $sort: { '_id.queue': 1, '_id.outcome': 1 } },
      ],
      [
        { _id: { queue: 'sales', outcome: 'abandoned' }, n: 1 },
        { _id: { queue: 'sales', outcome: 'answered' }, n: 2 },
        { _id: { queue: 'support', outcome: 'answered' }, n: 2 },
      ],
    ],
    [
      '$group of everything',
      [{ $group: { _id: null, n: { $sum: 1 }, average: { $avg: '$waitMs' } } }],
      [{ _id: null, n: 5, average: 9800 }],
    ],
    [
      '$group takes missing and null together',
      [{ $group: { _id: '$agent', n: { $sum: 1 } } }, { $match: { _id: null } }],
      [{ _id: null, n: 1 }],
    ],
    [
      '$group with a condition inside',
      [
        { $group: { _id: '$queue', inTime: { $sum: { $cond: [{ $lte: ['$waitMs', 10000] }, 1, 0] } } } },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: 'sales', inTime: 2 },
        { _id: 'support', inTime: 1 },
      ],
    ],
    [
      '$project',
      [{ $match: { _id: 1 } }, { $project: { queue: 1, total: { $add: ['$waitMs', '$talkMs'] }, _id: 0 } }],
      [{ queue: 'sales', total: 63000 }],
    ],
    [
      '$project of exclusions',
      [{ $match: { _id: 3 } }, { $project: { at: 0, outcome: 0, talkMs: 0 } }],
      [{ _id: 3, queue: 'sales', agent: null, waitMs: 25000 }],
    ],
    [
      '$project of a new document',
      [{ $match: { _id: 1 } }, { $project: { _id: 0, who: { agent: '$agent', queue: '$queue' } } }],
      [{ who: { agent: '1001', queue: 'sales' } }],
    ],
    [
      '$addFields and $unset',
      [
        { $match: { _id: 3 } },
        { $addFields: { seconds: { $divide: ['$waitMs', 1000] } } },
        { $unset: ['at', 'talkMs', 'outcome', 'queue', 'agent'] },
      ],
      [{ _id: 3, waitMs: 25000, seconds: 25 }],
    ],
    [
      '$set of a nested field',
      [{ $match: { _id: 3 } }, { $set: { 'a.b': 1, 'a.c': 2 } }, { $project: { a: 1 } }],
      [{ _id: 3, a: { b: 1, c: 2 } }],
    ],
    [
      '$unwind',
      [{ $unwind: '$tags' }, { $project: { tags: 1 } }, { $sort: { _id: 1, tags: 1 } }],
      [
        { _id: 1, tags: 'new' },
        { _id: 1, tags: 'vip' },
        { _id: 4, tags: 'vip' },
        { _id: 5, tags: 'new' },
      ],
    ],
    [
      '$unwind that keeps empty ones',
      [
        { $match: { _id: { $lte: 3 } } },
        { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'place' } },
        { $project: { tags: 1, place: 1 } },
        { $sort: { _id: 1, place: 1 } },
      ],
      [
        { _id: 1, tags: 'new', place: 0 },
        { _id: 1, tags: 'vip', place: 1 },
        { _id: 2, place: null },
        { _id: 3, place: null },
      ],
    ],
    [
      '$unwind of what is no array',
      [{ $match: { _id: 1 } }, { $unwind: '$queue' }, { $project: { queue: 1 } }],
      [{ _id: 1, queue: 'sales' }],
    ],
    ['$count', [{ $match: { queue: 'sales' } }, { $count: 'n' }], [{ n: 3 }]],
    ['$count of nothing', [{ $match: { queue: 'none' } }, { $count: 'n' }], []],
    [
      '$sortByCount',
      [{ $sortByCount: '$queue' }],
      [
        { _id: 'sales', count: 3 },
        { _id: 'support', count: 2 },
      ],
    ],
    [
      '$bucket',
      [
        { $sort: { _id: 1 } },
        {
          $bucket: {
            groupBy: '$waitMs',
            boundaries: [0, 5000, 10000, 15000, 20000],
            default: 'later',
            output: { n: { $sum: 1 }, ids: { $push: '$_id' } },
          },
        },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: 0, n: 2, ids: [1, 5] },
        { _id: 5000, n: 1, ids: [2] },
        { _id: 10000, n: 1, ids: [4] },
        { _id: 'later', n: 1, ids: [3] },
      ],
    ],
    [
      '$facet',
      [
        {
          $facet: {
            byQueue: [{ $group: { _id: '$queue', n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
            total: [{ $count: 'n' }],
            none: [{ $match: { x: 1 } }],
          },
        },
      ],
      [
        {
          byQueue: [
            { _id: 'sales', n: 3 },
            { _id: 'support', n: 2 },
          ],
          total: [{ n: 5 }],
          none: [],
        },
      ],
    ],
    [
      '$replaceRoot',
      [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: { q: '$queue' } } }],
      [{ q: 'sales' }],
    ],
    [
      '$replaceWith',
      [
        { $match: { _id: 1 } },
        { $replaceWith: { $mergeObjects: [{ a: 1, queue: 'x' }, { queue: '$queue' }] } },
      ],
      [{ a: 1, queue: 'sales' }],
    ],
    [
      '$setWindowFields with a running sum',
      [
        {
          $setWindowFields: {
            partitionBy: '$queue',
            sortBy: { _id: 1 },
            output: { running: { $sum: '$talkMs', window: { documents: ['unbounded', 'current'] } } },
          },
        },
        { $sort: { _id: 1 } },
        { $project: { running: 1 } },
      ],
      [
        { _id: 1, running: 60000 },
        { _id: 2, running: 90000 },
        { _id: 3, running: 90000 },
        { _id: 4, running: 90000 },
        { _id: 5, running: 135000 },
      ],
    ],
  ];

  it.each(cases)('%s', async (_, stages, expected) => {
    const collection = await engine.filled(calls);
    expect(await collection.aggregate(stages).toArray()).toEqual(expected);
  });

  it('$bucket without a default is an error for what is outside', async () => {
    const collection = await engine.filled(calls);
    const error = await failure(
      collection.aggregate([{ $bucket: { groupBy: '$waitMs', boundaries: [0, 5000] } }]).toArray(),
    );
    expect(error.code).toBeGreaterThan(0);
  });

  it('$sample gives as many as there are', async () => {
    const collection = await engine.filled(calls);
    expect(await collection.aggregate([{ $sample: { size: 3 } }]).toArray()).toHaveLength(3);
    expect(await collection.aggregate([{ $sample: { size: 50 } }]).toArray()).toHaveLength(5);
  });

  it('leading $match and $sort give the same with an index', async () => {
    const collection = await engine.filled(calls);
    await collection.createIndex({ queue: 1, waitMs: -1 });
    const found = await collection
      .aggregate([
        { $match: { queue: 'sales' } },
        { $sort: { waitMs: -1 } },
        { $limit: 2 },
        { $project: { waitMs: 1 } },
      ])
      .toArray();
    expect(found).toEqual([
      { _id: 3, waitMs: 25000 },
      { _id: 2, waitMs: 8000 },
    ]);
  });
});

describe('explain', () => {
  it.each([
    ['what an index can do alone', [{ $match: { queue: 'sales' } }]],
    ['stages', [{ $match: { queue: 'sales' } }, { $group: { _id: '$agent', n: { $sum: 1 } } }]],
  ])('tells a plan for %s', async (_, stages) => {
    const collection = await engine.filled(calls);
    const told = await collection.aggregate(stages).explain('queryPlanner');
    expect(told).toMatchObject({ ok: 1 });
    // Where it stands differs from release to release.
    expect(JSON.stringify(told)).toMatch(/"winningPlan"/);
  });
});

describe('pipelines that are refused', () => {
  it.each([
    ['an unknown stage', [{ $foo: 1 }], 40324],
    ['a stage with two names', [{ $match: {}, $limit: 1 }], 40323],
    ['an unknown expression', [{ $project: { a: { $foo: 1 } } }], undefined],
    ['division by zero', [{ $project: { a: { $divide: ['$waitMs', 0] } } }], undefined],
    ['$limit of 0', [{ $limit: 0 }], undefined],
    ['$skip below 0', [{ $skip: -1 }], undefined],
    ['$group without _id', [{ $group: { n: { $sum: 1 } } }], undefined],
    // The engines of MongoDB have codes of their own for what goes wrong with a document.
    [
      'an unknown time zone',
      [{ $project: { a: { $hour: { date: '$at', timezone: 'Nowhere/Else' } } } }],
      undefined,
    ],
    ['$size of no array', [{ $project: { a: { $size: '$queue' } } }], undefined],
  ])('%s', async (_, stages, code) => {
    const collection = await engine.filled(calls);
    const error = await failure(collection.aggregate(stages as Document[]).toArray());
    if (code === undefined) expect(error.code).toBeGreaterThan(0);
    else expect(error.code).toBe(code);
  });
});
