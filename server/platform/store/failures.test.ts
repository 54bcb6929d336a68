import { isDuplicate, isStoreAway } from './failures.ts';

function named(name: string, more: object = {}): Error {
  return Object.assign(new Error('connect ECONNREFUSED'), { name }, more);
}

test.each([
  ['no server to be chosen', named('MongoServerSelectionError'), true],
  ['the network failed', named('MongoNetworkError'), true],
  ['a replica set without a primary', named('MongoServerError', { code: 10107 }), true],
  ['wrapped by another error', new Error('import stopped', { cause: named('MongoNetworkError') }), true],
  ['a duplicate key', named('MongoServerError', { code: 11000 }), false],
  ['a mistake of ours', new TypeError('undefined is not a function'), false],
  ['no error at all', 'MongoNetworkError', false],
])('%s', (_, error, expected) => {
  expect(isStoreAway(error)).toBe(expected);
});

test('a duplicate key is told by its code', () => {
  expect(isDuplicate(named('MongoServerError', { code: 11000 }))).toBe(true);
  expect(isDuplicate(named('MongoServerError', { code: 13 }))).toBe(false);
});
