import { createThrottle, waitAfter } from './throttle.ts';

test('the wait doubles after the free attempts, up to five minutes', () => {
  expect([0, 4, 5, 6, 7, 13, 14, 1000].map((count) => waitAfter(count, 5))).toEqual([
    0, 0, 1000, 2000, 4000, 256_000, 300_000, 300_000,
  ]);
});

/** Attempts at the given times (ms): the waits they were told. */
function waits(times: readonly number[], free = 2): number[] {
  let time = 0;
  const throttle = createThrottle({ free, now: () => time });
  return times.map((at) => {
    time = at;
    return throttle.attempt('anna|10.0.0.1');
  });
}

test.each([
  ['the first failures cost nothing', [0, 0], [0, 0]],
  ['then one waits', [0, 0, 0, 400], [0, 0, 1000, 600]],
  ['a refused attempt does not count', [0, 0, 999, 999, 1000, 1001], [0, 0, 1, 1, 0, 1999]],
  ['after a quarter of an hour all is forgotten', [0, 0, 900_001, 900_001], [0, 0, 0, 0]],
])('%s', (_, times, expected) => {
  expect(waits(times)).toEqual(expected);
});

test('keys wait apart, and success forgets', () => {
  const throttle = createThrottle({ free: 1, now: () => 0 });
  expect(throttle.attempt('anna')).toBe(0);
  expect(throttle.attempt('anna')).toBe(1000);
  expect(throttle.attempt('boris')).toBe(0);
  throttle.succeeded('anna');
  expect(throttle.attempt('anna')).toBe(0);
});
