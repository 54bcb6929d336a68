import { createBucket } from './bucket.ts';

/** A bucket of three tokens, one more each second, under a clock that is turned by hand. */
function setUp(mostKeys = 100) {
  const clock = { now: 5000 };
  return { clock, bucket: createBucket({ burst: 3, perMs: 0.001, elapsed: () => clock.now, mostKeys }) };
}

test('as many at once as it holds, then one each second', () => {
  const { clock, bucket } = setUp();
  const take = () => bucket.take('anna');
  expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 1000]);
  clock.now += 400;
  expect(take()).toBe(600);
  clock.now += 600;
  expect([take(), take()]).toEqual([0, 1000]);
});

test('keys are measured apart, and a forgotten one starts anew', () => {
  const { bucket } = setUp();
  bucket.take('anna', 3);
  expect([bucket.take('anna'), bucket.take('boris')]).toEqual([1000, 0]);
  bucket.forget('anna');
  expect(bucket.take('anna')).toBe(0);
});

test('what was refused costs nothing, what has happened does', () => {
  const { bucket } = setUp();
  expect([bucket.take('anna', 4), bucket.waitFor('anna', 3)]).toEqual([1000, 0]);
  bucket.spend('anna', 9);
  expect(bucket.waitFor('anna')).toBe(1000);
});

test('it never holds more than the burst, however long nothing happens', () => {
  const { clock, bucket } = setUp();
  bucket.take('anna');
  clock.now += 3_600_000;
  expect([bucket.take('anna', 3), bucket.take('anna')]).toEqual([0, 1000]);
});

test('a stranger with endless keys takes no more memory than the last of them', () => {
  const { bucket } = setUp(2);
  bucket.take('old', 3);
  for (const key of ['a', 'b', 'c']) bucket.take(key);
  expect(bucket.waitFor('old')).toBe(0);
  expect(bucket.waitFor('c', 3)).toBe(1000);
});
