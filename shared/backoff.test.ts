import { retryDelayMs } from './backoff.ts';

test('the pause doubles with each failure, up to the longest', () => {
  expect([1, 2, 3, 4, 5, 6].map((failures) => retryDelayMs(failures, 500, 4000))).toEqual([
    500, 1000, 2000, 4000, 4000, 4000,
  ]);
});

test('after a night of failures it is still the longest', () => {
  expect(retryDelayMs(100_000, 1, 30_000)).toBe(30_000);
});
