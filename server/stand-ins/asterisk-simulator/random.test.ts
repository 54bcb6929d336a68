import { createRandom } from './random.ts';

test('the same seed draws the same, another seed something else', () => {
  const draws = (seed: number) => Array.from({ length: 20 }, createRandom(seed).next);
  expect(draws(7)).toEqual(draws(7));
  expect(draws(7)).not.toEqual(draws(8));
});

test('a fork does not hang on what was drawn before, and does not shift what comes after', () => {
  const plain = createRandom(1);
  const forked = createRandom(1);
  plain.next();
  forked.next();
  const fork = forked.fork('calls');
  fork.next();
  expect(forked.next()).toBe(plain.next());
  expect(createRandom(1).fork('calls').next()).toBe(createRandom(1).fork('calls').next());
  expect(createRandom(1).fork('calls').next()).not.toBe(createRandom(1).fork('breaks').next());
});

test('the shapes have the mean and median they promise', () => {
  const random = createRandom(3);
  const sample = (draw: () => number) => Array.from({ length: 20_000 }, draw).sort((a, b) => a - b);
  const gaps = sample(() => random.exponential(1000));
  expect(gaps.reduce((a, b) => a + b, 0) / gaps.length / 1000).toBeCloseTo(1, 1);
  const talks = sample(() => random.lognormal(40, 0.6));
  expect((talks[10_000] ?? 0) / 40).toBeCloseTo(1, 1);
  const whole = new Set(sample(() => random.whole(2, 5)));
  expect([...whole]).toEqual([2, 3, 4, 5]);
});
