import type { Collection } from '../storage/catalog.ts';
import { type Index, indexOf } from '../storage/index-definition.ts';
import type { Doc } from '../values/document.ts';
import { createMatcher } from './matcher.ts';
import { choosePlan } from './planner.ts';
import { sortFields } from './sort.ts';

const declared: readonly Doc[] = [
  { key: { _id: 1 }, name: '_id_', unique: true },
  { key: { number: 1, startedAt: -1 }, name: 'byNumber' },
  { key: { startedAt: -1 }, name: 'byTime' },
  { key: { queue: 1, agent: 1, startedAt: 1 }, name: 'byQueue' },
  { key: { email: 1 }, name: 'byEmail', sparse: true },
  { key: { openAt: 1 }, name: 'open', partialFilterExpression: { state: 'open' } },
  { key: { phones: 1, name: 1 }, name: 'byPhones' },
];

function plan(filter: Doc, sort: Doc = {}, options: { limited?: boolean; hint?: unknown } = {}) {
  const indexes = declared.map(
    (spec, at): Index => ({ ...indexOf(spec, at + 1), multikey: spec['name'] === 'byPhones' }),
  );
  const collection: Collection = {
    id: 1,
    db: 'd',
    name: 'c',
    uuid: '',
    options: {},
    indexes,
    nextRecordId: 1,
    count: 100_000,
  };
  const request = {
    filter: createMatcher(filter).filter,
    sort: sortFields(sort),
    limited: options.limited ?? false,
    hint: options.hint,
  };
  const chosen = choosePlan(collection, request, (_, most) => Math.min(most, 10));
  if (chosen.kind === 'scan') return 'scan';
  if (chosen.kind === 'union') return chosen.plans.map((one) => one.index.name).join(' + ');
  const order = chosen.reverse ? ' backward' : '';
  return `${chosen.index.name} ${chosen.bounded}${Object.keys(sort).length > 0 && !chosen.sorted ? ' + sort' : order}`;
}

describe('choosePlan', () => {
  it.each([
    ['nothing asked for', {}, {}, 'scan'],
    ['a field without an index', { name: 'x' }, {}, 'scan'],
    ['_id', { _id: 5 }, {}, '_id_ 1'],
    ['an equal value', { number: '+7' }, {}, 'byNumber 1'],
    ['equal value and order', { number: '+7' }, { startedAt: -1 }, 'byNumber 1'],
    ['equal value and the other order', { number: '+7' }, { startedAt: 1 }, 'byNumber 1 backward'],
    [
      'equal value and a range',
      { number: '+7', startedAt: { $gt: new Date(0) } },
      { startedAt: -1 },
      'byNumber 2',
    ],
    ['$in', { number: { $in: ['+7', '+8'] } }, {}, 'byNumber 1'],
    [
      '$in does not keep the order of the next field',
      { number: { $in: ['+7', '+8'] } },
      { startedAt: -1 },
      'byNumber 1 + sort',
    ],
    ['a range', { startedAt: { $gte: new Date(0), $lt: new Date(9) } }, {}, 'byTime 1'],
    ['a prefix', { number: /^\+7495/ }, {}, 'byNumber 1'],
    ['a pattern without a prefix', { number: /7495/ }, {}, 'scan'],
    ['a pattern that ignores case', { number: /^abc/i }, {}, 'scan'],
    ['only the second field of an index', { agent: '1001' }, {}, 'scan'],
    ['two fields, then the order of the third', { queue: 'q', agent: '1' }, { startedAt: 1 }, 'byQueue 2'],
    [
      'an equal field may stand in the order',
      { queue: 'q', agent: '1' },
      { queue: 1, startedAt: 1 },
      'byQueue 2',
    ],
    ['a gap in the index', { queue: 'q' }, { startedAt: 1 }, 'byQueue 1 + sort'],
    ['inside of $and', { $and: [{ number: '+7' }, { name: 'x' }] }, {}, 'byNumber 1'],
    ['$or of indexed fields', { $or: [{ number: '+7' }, { _id: 1 }] }, {}, 'byNumber + _id_'],
    ['$or with a field that is not', { $or: [{ number: '+7' }, { name: 'x' }] }, {}, 'scan'],
    ['null in a sparse index', { email: null }, {}, 'scan'],
    ['a value in a sparse index', { email: 'x' }, {}, 'byEmail 1'],
    ['a sparse index does not give the order of all', {}, { email: 1 }, 'scan'],
    ['a partial index without its condition', { openAt: { $gt: 5 } }, {}, 'scan'],
    ['a partial index with its condition', { openAt: { $gt: 5 }, state: 'open' }, {}, 'open 1'],
    ['an index on arrays gives no order', { phones: '+7' }, { name: 1 }, 'byPhones 1 + sort'],
    ['$ne', { number: { $ne: '+7' } }, {}, 'scan'],
    ['$elemMatch on documents', { phones: { $elemMatch: { $gt: '+7' } } }, {}, 'byPhones 1'],
  ])('%s', (_, filter, sort, expected) => {
    expect(plan(filter, sort)).toBe(expected);
  });

  it('takes an index for its order alone', () => {
    expect(plan({}, { startedAt: -1 }, { limited: true })).toBe('byTime 0');
    expect(plan({}, { startedAt: 1 }, { limited: true })).toBe('byTime 0 backward');
  });

  it('does as it is told by a hint', () => {
    expect(plan({ number: '+7' }, {}, { hint: 'byTime' })).toBe('byTime 0');
    expect(plan({ number: '+7' }, {}, { hint: { $natural: 1 } })).toBe('scan');
    expect(() => plan({}, {}, { hint: 'none' })).toThrow(/hint/);
  });
});
