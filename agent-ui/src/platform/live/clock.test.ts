import fc from 'fast-check';
import { createServerClock } from './clock.ts';

test('before the first push the local clock is all there is', () => {
  expect(createServerClock().at(1_000)).toBe(1_000);
});

test('a laptop whose clock is an hour slow shows the server`s time', () => {
  const clock = createServerClock();
  clock.learn(3_600_000, 0);
  expect(clock.at(5_000)).toBe(3_605_000);
});

test('a push that was long on its way does not set the clock back', () => {
  const clock = createServerClock();
  clock.learn(10_000, 10_020);
  clock.learn(20_000, 21_900);
  expect(clock.at(30_000)).toBe(29_980);
});

test('a clock that was set is believed at once', () => {
  const clock = createServerClock();
  clock.learn(10_000, 10_000);
  clock.learn(20_000, 90_020_000);
  expect(clock.at(90_030_000)).toBe(30_000);
});

test('is never ahead of the server, and behind by no more than the quickest of the last pushes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 30 }),
      fc.integer(),
      (lateness, skew) => {
        const clock = createServerClock();
        lateness.forEach((late, i) => {
          clock.learn(i * 1_000, i * 1_000 + late + skew);
        });
        const truth = 100_000;
        const behind = truth - clock.at(truth + skew);
        expect(behind).toBe(Math.min(...lateness.slice(-8)));
      },
    ),
  );
});
