import type { Document } from 'mongodb';
import { useEngine } from './engine.ts';
import { calls } from './sample-calls.ts';

const engine = useEngine();

describe('$lookup', () => {
  const agents = [
    { _id: '1001', name: 'Анна', teams: ['a', 'b'] },
    { _id: '1002', name: 'Борис', teams: ['b'] },
  ];

  it.each([false, true])('by equal fields (index: %s)', async (indexed) => {
    const [collection, foreign] = [
      await engine.filled(calls),
      await engine.filled(agents.map(({ _id, ...rest }) => ({ ...rest, number: _id }))),
    ];
    if (indexed) await foreign.createIndex({ number: 1 });
    const found = await collection
      .aggregate([
        { $lookup: { from: foreign.collectionName, localField: 'agent', foreignField: 'number', as: 'who' } },
        { $project: { name: '$who.name' } },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    expect(found).toEqual([
      { _id: 1, name: ['Анна'] },
      { _id: 2, name: ['Борис'] },
      { _id: 3, name: [] },
      { _id: 4, name: ['Анна'] },
      { _id: 5, name: [] },
    ]);
  });

  it('with an array on either side', async () => {
    const [teams, foreign] = [
      await engine.filled([{ _id: 1, members: ['1002', '1001'] }]),
      await engine.filled(agents),
    ];
    const ofMembers = await teams
      .aggregate([
        { $lookup: { from: foreign.collectionName, localField: 'members', foreignField: '_id', as: 'm' } },
      ])
      .toArray();
    expect(ofMembers[0]?.['m'].map((agent: Document) => agent['name']).sort()).toEqual(['Анна', 'Борис']);
    const wanted = await engine.filled([{ _id: 1, team: 'b' }]);
    const ofTeam = await wanted
      .aggregate([
        { $lookup: { from: foreign.collectionName, localField: 'team', foreignField: 'teams', as: 'm' } },
      ])
      .toArray();
    expect(ofTeam[0]?.['m']).toHaveLength(2);
  });

  it('with a pipeline and let', async () => {
    const [collection, foreign] = [await engine.filled(calls), await engine.filled(agents)];
    const found = await foreign
      .aggregate([
        {
          $lookup: {
            from: collection.collectionName,
            let: { agent: '$_id' },
            pipeline: [
              { $match: { $expr: { $and: [{ $eq: ['$agent', '$$agent'] }, { $gt: ['$talkMs', 50000] }] } } },
              { $sort: { _id: 1 } },
              { $project: { _id: 0, talkMs: 1 } },
            ],
            as: 'long',
          },
        },
        { $project: { long: 1 } },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    expect(found).toEqual([
      { _id: '1001', long: [{ talkMs: 60000 }, { talkMs: 90000 }] },
      { _id: '1002', long: [] },
    ]);
  });

  it('with equal fields and a pipeline', async () => {
    const [collection, foreign] = [await engine.filled(calls), await engine.filled(agents)];
    const found = await foreign
      .aggregate([
        {
          $lookup: {
            from: collection.collectionName,
            localField: '_id',
            foreignField: 'agent',
            pipeline: [{ $count: 'n' }],
            as: 'calls',
          },
        },
        { $project: { n: { $first: '$calls.n' } } },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    expect(found).toEqual([
      { _id: '1001', n: 2 },
      { _id: '1002', n: 1 },
    ]);
  });

  it('of a collection that is not there finds nothing', async () => {
    const collection = await engine.filled([{ _id: 1, a: 1 }]);
    const found = await collection
      .aggregate([{ $lookup: { from: 'not_there', localField: 'a', foreignField: 'b', as: 'c' } }])
      .toArray();
    expect(found).toEqual([{ _id: 1, a: 1, c: [] }]);
  });

  it('$unionWith puts two collections together', async () => {
    const [left, right] = [
      await engine.filled([{ _id: 1 }]),
      await engine.filled([
        { _id: 2, a: 1 },
        { _id: 3, a: 2 },
      ]),
    ];
    const found = await left
      .aggregate([
        { $unionWith: { coll: right.collectionName, pipeline: [{ $match: { a: 2 } }] } },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    expect(found).toEqual([{ _id: 1 }, { _id: 3, a: 2 }]);
  });
});
