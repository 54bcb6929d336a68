import type { QueryKey } from '@tanstack/react-query';
import { createReloader, keysOf, keysOfAny } from './reloads.ts';

const reloads = [
  (id: string) => [
    ['customers', 'one', id],
    ['customers', 'search'],
  ],
  (id: string) => [['desk', 'card', id, 'history']],
];

test('a change reloads what each feature says of it', () => {
  expect(keysOf(reloads, 'c1')).toEqual([
    ['customers', 'one', 'c1'],
    ['customers', 'search'],
    ['desk', 'card', 'c1', 'history'],
  ]);
});

test('what may have been missed reloads all of a kind', () => {
  expect(keysOfAny(reloads)).toEqual([
    ['customers', 'one'],
    ['customers', 'search'],
    ['desk', 'card'],
  ]);
});

test('a burst of changes is one reading, and the next comes no sooner than a second later', () => {
  jest.useFakeTimers();
  let elapsed = 0;
  const pass = (ms: number) => {
    elapsed += ms;
    jest.advanceTimersByTime(ms);
  };
  const read: QueryKey[] = [];
  const reloader = createReloader(
    (key) => read.push(key),
    () => elapsed,
  );
  for (const id of ['a', 'b', 'a'])
    reloader.add([
      ['customers', 'one', id],
      ['customers', 'search'],
    ]);
  expect(read).toEqual([]);
  pass(150);
  expect(read).toEqual([
    ['customers', 'one', 'a'],
    ['customers', 'search'],
    ['customers', 'one', 'b'],
  ]);
  reloader.add([['customers', 'search']]);
  pass(999);
  expect(read).toHaveLength(3);
  pass(1);
  expect(read).toHaveLength(4);
  reloader.add([['customers', 'search']]);
  reloader.close();
  pass(5_000);
  expect(read).toHaveLength(4);
  jest.useRealTimers();
});
