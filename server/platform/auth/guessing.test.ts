import { type Attempt, createGuessing, waitAfter } from './guessing.ts';

test('the wait doubles after the free attempts, up to five minutes', () => {
  expect([0, 4, 5, 6, 7, 13, 14, 1000].map(waitAfter)).toEqual([
    0, 0, 1000, 2000, 4000, 256_000, 300_000, 300_000,
  ]);
});

const hour = 3_600_000;

/** Guesses under a clock that is turned by hand; `guess` is one wrong password. */
function setUp() {
  const clock = { now: 1_000_000 };
  const guessing = createGuessing({ elapsed: () => clock.now });
  const from = (account: string, network: string, device: string | null = null): Attempt => ({
    account,
    network,
    device,
  });
  function guess(attempt: Attempt): boolean {
    if (guessing.waitFor(attempt) > 0) return false;
    guessing.failed(attempt);
    return true;
  }
  return { clock, guessing, from, guess };
}

test('one who guesses one account from one place gets five tries, then waits', () => {
  const { clock, guessing, guess, from } = setUp();
  const anna = from('anna', '10.0.0.1');
  const judged = Array.from({ length: 30 }, () => guess(anna));
  expect(judged.filter(Boolean)).toHaveLength(5);
  expect(guessing.waitFor(anna)).toBe(1000);
  clock.now += 1000;
  expect([guess(anna), guessing.waitFor(anna)]).toEqual([true, 2000]);
  clock.now += 900_001;
  expect(guessing.waitFor(anna)).toBe(0);
});

test('what is under way is no failure: two hundred who log in at once are let in', () => {
  const { guessing, from } = setUp();
  const waits = Array.from({ length: 200 }, (_, at) => guessing.waitFor(from(`agent${at}`, '10.0.0.1')));
  expect(new Set(waits)).toEqual(new Set([0]));
});

test('an own login in between resets nothing of what others failed from there', () => {
  const { guessing, guess, from } = setUp();
  let judged = 0;
  for (let at = 0; at < 400; at += 1) {
    if (guess(from(`victim${at % 30}`, '10.0.0.1'))) judged += 1;
    if (at % 60 === 0) guessing.succeeded(from('petr', '10.0.0.1'));
  }
  expect(judged).toBeLessThanOrEqual(110);
});

test('guesses from a thousand networks get a hundred in an hour at one account', () => {
  const { clock, guess, from } = setUp();
  const times: number[] = [];
  for (let at = 0; at < 4000; at += 1) {
    if (guess(from('admin', `10.${at % 250}.${at % 7}.1`))) times.push(clock.now);
    clock.now += hour / 1000;
  }
  const inAnyHour = times.map((end) => times.filter((at) => at > end - hour && at <= end).length);
  expect(Math.max(...inAnyHour)).toBeLessThanOrEqual(100);
  expect(times.length).toBeGreaterThan(100);
});

test('strangers cannot lock out a device that was let in before', () => {
  const { guess, guessing, from } = setUp();
  for (let at = 0; at < 300; at += 1) guess(from('admin', `10.0.${at}.1`));
  for (let at = 0; at < 300; at += 1) guess(from(`x${at % 40}`, '10.0.0.1'));
  const desk = from('admin', '10.0.0.1', 'd1');
  expect(guessing.waitFor(from('admin', '10.0.0.1'))).toBeGreaterThan(0);
  expect(guessing.waitFor(desk)).toBe(0);
  const judged = Array.from({ length: 30 }, () => guess(desk));
  expect(judged.filter(Boolean)).toHaveLength(5);
});

test('who comes to work at an address from which somebody guesses is let in', () => {
  const { guess, guessing, from } = setUp();
  for (let at = 0; at < 160; at += 1) guess(from(`x${at % 30}`, '10.0.0.1'));
  expect(guessing.waitFor(from('x1', '10.0.0.1'))).toBeGreaterThan(0);
  expect(guessing.waitFor(from('dmitri', '10.0.0.1'))).toBe(0);
});

test('and that is no way to guess on: one try an account, and not for ever more accounts', () => {
  const { guess, from } = setUp();
  let judged = 0;
  for (let at = 0; at < 5000; at += 1) if (guess(from(`x${at}`, '10.0.0.1'))) judged += 1;
  expect(judged).toBeLessThanOrEqual(300);
});
