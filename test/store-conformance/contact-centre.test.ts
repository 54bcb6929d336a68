import type { Filter } from 'mongodb';
import { failure, ids, type TestDocument, useEngine } from './engine.ts';

const engine = useEngine();

/** What Ringdesk itself asks of its database, with its indexes. */
describe('customers', () => {
  const customers = [
    { _id: 'a', searchKeys: ['anna', 'ivanova', '74955550101'], phones: [{ number: '+74955550101' }] },
    { _id: 'b', searchKeys: ['boris', 'ivanov', '74955550102'], phones: [{ number: '+74955550102' }] },
    {
      _id: 'c',
      searchKeys: ['anna', 'petrova', '74955550101'],
      phones: [{ number: '+74955550101' }, { number: '+74955550103' }],
    },
  ];
  const startsWith = (...beginnings: string[]): Filter<TestDocument> => ({
    searchKeys: { $in: beginnings.map((beginning) => new RegExp(`^${beginning}`)) },
  });

  it.each([
    ['one word', [startsWith('iv')], ['a', 'b']],
    ['several words, each of them', [startsWith('an'), startsWith('iv')], ['a']],
    ['a word or a number', [startsWith('pet', '74955550102')], ['b', 'c']],
    ['what nobody has', [startsWith('an'), startsWith('zz')], []],
  ])('are found by the beginnings of %s', async (_, groups, expected) => {
    const collection = await engine.filled(customers);
    const search = () => collection.find({ $and: groups }).limit(10).toArray();
    expect(ids(await search()).sort()).toEqual(expected);
    await collection.createIndex({ searchKeys: 1 });
    expect(ids(await search()).sort()).toEqual(expected);
  });

  it('are found by any of their numbers', async () => {
    const collection = await engine.filled(customers);
    await collection.createIndex({ 'phones.number': 1 }, { name: 'phones' });
    const by = async (number: string) =>
      ids(await collection.find({ 'phones.number': number }).limit(20).toArray()).sort();
    expect(await by('+74955550101')).toEqual(['a', 'c']);
    expect(await by('+74955550103')).toEqual(['c']);
    expect(await by('+7')).toEqual([]);
  });

  it('are counted by whom agents picked', async () => {
    const collection = engine.empty();
    const pick = (id: string) =>
      collection.updateOne(
        { _id: '+7' },
        { $set: { last: id }, $inc: { [`counts.${id}`]: 1 } },
        { upsert: true },
      );
    for (const id of ['a', 'c-1', 'a']) await pick(id);
    expect(await collection.findOne()).toEqual({ _id: '+7', last: 'a', counts: { a: 2, 'c-1': 1 } });
  });
});

describe('interactions', () => {
  const newest = { startedAt: -1, _id: -1 } as const;
  const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 9, minute));
  // Several start in the same millisecond.
  const records = [5, 4, 4, 4, 3, 2].map((minute, n) => ({
    _id: `call-${n}`,
    startedAt: at(minute),
    agents: n % 2 === 0 ? ['1001', '1002'] : ['1002'],
  }));
  const order = ['call-0', 'call-3', 'call-2', 'call-1', 'call-4', 'call-5'];

  it('are listed page by page, newest first', async () => {
    const collection = await engine.filled([...records, { _id: 'half', human: { customerBy: '1001' } }]);
    await collection.createIndex(newest, { name: 'newest' });
    const seen: unknown[] = [];
    let place: Filter<TestDocument> = { startedAt: { $gte: new Date(0) } };
    for (let page = 0; page < 4; page += 1) {
      const found = await collection.find(place).sort(newest).limit(2).toArray();
      seen.push(...ids(found));
      const last = found.at(-1);
      if (last === undefined) break;
      place = {
        startedAt: { $gte: new Date(0), $lte: last['startedAt'] },
        $or: [{ startedAt: { $lt: last['startedAt'] } }, { _id: { $lt: String(last._id) } }],
      };
    }
    expect(seen).toEqual(order);
  });

  it('are listed by agent, one of several', async () => {
    const collection = await engine.filled(records);
    await collection.createIndex({ agents: 1, ...newest }, { name: 'agent' });
    const found = await collection
      .find({ agents: '1001', startedAt: { $gte: at(3), $lt: at(5) } })
      .sort(newest)
      .toArray();
    expect(ids(found)).toEqual(['call-2', 'call-4']);
  });

  it("are nobody's until they have a customer", async () => {
    const collection = await engine.filled([
      { _id: 1, number: '+7', startedAt: at(1) },
      { _id: 2, number: '+7', startedAt: at(2), customerId: 'a' },
      { _id: 3, number: '+7', startedAt: at(3) },
    ]);
    await collection.createIndex({ number: 1, ...newest }, { name: 'number' });
    const nobodys = { number: '+7', startedAt: { $gte: new Date(0) }, customerId: { $exists: false } };
    expect(ids(await collection.find(nobodys).sort(newest).limit(5).toArray())).toEqual([3, 1]);
    const claim = {
      filter: { _id: 3, customerId: { $exists: false } },
      update: { $set: { customerId: 'b' } },
    };
    const twice = [{ updateOne: claim }, { updateOne: claim }];
    expect(await collection.bulkWrite(twice, { ordered: false })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
      upsertedCount: 0,
    });
  });

  it('keep what people said when the record is written again, and the newest word of each leg', async () => {
    const collection = engine.empty();
    const say = (text: string, minute: number) =>
      collection.updateOne(
        { _id: 'x', 'human.wrapUps.leg0.at': { $not: { $gt: minute } } },
        { $set: { 'human.wrapUps.leg0': { text, at: minute } } },
        { upsert: true },
      );
    await say('first', 1);
    await say('second', 2);
    expect(await failure(say('late', 1))).toMatchObject({ code: 11000 });
    const record = {
      updateOne: { filter: { _id: 'x' }, update: { $set: { record: { n: 1 } } }, upsert: true },
    };
    await collection.bulkWrite([record], { ordered: false });
    expect(await collection.findOne()).toEqual({
      _id: 'x',
      human: { wrapUps: { leg0: { text: 'second', at: 2 } } },
      record: { n: 1 },
    });
  });
});

describe('users and sessions', () => {
  it('give way to somebody real with the same login or seat', async () => {
    const collection = await engine.filled([
      { _id: 1, demo: true, loginKey: 'anna', agent: '1001' },
      { _id: 2, demo: true, loginKey: 'boris', agent: '1002' },
      { _id: 3, loginKey: 'clara', agent: '1003' },
    ]);
    const real = { demo: true, $or: [{ loginKey: 'clara' }, { loginKey: 'anna' }, { agent: '1003' }] };
    expect(await collection.deleteMany(real)).toMatchObject({ deletedCount: 1 });
    expect(ids(await collection.find().sort({ _id: 1 }).toArray())).toEqual([2, 3]);
    expect(
      await collection.updateOne(
        { loginKey: 'boris' },
        { $set: { hash: 'x' }, $inc: { credentials: 1 }, $unset: { demo: true } },
      ),
    ).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await collection.findOne({ _id: 2 })).toEqual({
      _id: 2,
      loginKey: 'boris',
      agent: '1002',
      hash: 'x',
      credentials: 1,
    });
  });

  it('end at a moment of their own', async () => {
    const collection = engine.empty();
    await collection.createIndex({ expires: 1 }, { name: 'expires', expireAfterSeconds: 0 });
    await collection.createIndex({ expires: 1 }, { name: 'expires', expireAfterSeconds: 0 });
    const later = new Date(Date.now() + 3_600_000);
    await collection.insertMany([{ _id: 's1', expires: later }, { _id: 's2' }]);
    const valid = { $or: [{ expires: { $exists: false } }, { expires: { $gt: new Date() } }] };
    expect(ids(await collection.find(valid).sort({ _id: 1 }).toArray())).toEqual(['s1', 's2']);
    const past = { $or: [{ expires: { $gt: new Date(later.getTime() + 1) } }] };
    expect(await collection.countDocuments(past)).toBe(0);
  });
});
