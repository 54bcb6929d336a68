import { changesBetween } from './changes.ts';

test('only what differs is a change, with both values', () => {
  const before = { name: 'Vera', tags: ['a'], note: null };
  expect(changesBetween(before, { name: 'Vera', tags: ['a', 'b'], note: 'x' })).toEqual({
    tags: { before: ['a'], after: ['a', 'b'] },
    note: { before: null, after: 'x' },
  });
});

test('of a new thing everything it has is a change, and what it has not is none', () => {
  expect(changesBetween(null, { name: 'Vera', tags: [], note: null })).toEqual({
    name: { before: null, after: 'Vera' },
  });
});

test('the same state is no change', () => {
  expect(changesBetween({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toEqual({});
});
