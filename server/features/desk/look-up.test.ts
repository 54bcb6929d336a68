import pino from 'pino';
import { Registry } from 'prom-client';
import { createLookUps, type LookUpDeps } from './look-up.ts';
import type { DeskInput } from './state.ts';
import { aClock } from './testing/clock.ts';

const question = { do: 'look-up' as const, callId: 'c1', number: '+74955550101', attempt: 1 };

/** Look-ups whose answer the test gives. */
function lookUps() {
  const clock = aClock(0);
  const logged: Record<string, unknown>[] = [];
  const told: DeskInput[] = [];
  let fail: (error: Error) => void = () => {};
  let answer: () => void = () => {};
  const deps: LookUpDeps = {
    customers: {
      identify: () =>
        new Promise((resolve, reject) => {
          answer = () => resolve({ kind: 'none' });
          fail = reject;
        }),
      get: async () => null,
    },
    interactions: {
      recent: async () => [],
      timeline: async () => ({ interactions: [], total: 0, next: null }),
      answered: async () => null,
    },
    tell: (input) => told.push(input),
    setTimer: clock.setTimer,
    now: clock.now,
    log: pino({ base: null, timestamp: false }, { write: (line: string) => logged.push(JSON.parse(line)) }),
    metrics: new Registry(),
  };
  const asked = createLookUps(deps)(question);
  return { asked, clock, logged, told, answer: () => answer(), fail: (error: Error) => fail(error) };
}

test('a late answer is logged as late, without an error that there is not, and counts when it comes', async () => {
  const l = lookUps();
  l.clock.pass(2000);
  expect(l.logged).toEqual([
    { level: 40, callId: 'c1', msg: expect.stringMatching(/not looked up in time/) },
  ]);
  l.answer();
  await l.asked;
  expect(l.told.map(({ type }) => type)).toEqual(['look-up-failed', 'identified']);
});

test('a failure is logged with its error, once', async () => {
  const l = lookUps();
  l.fail(new Error('no connection'));
  await l.asked;
  l.clock.pass(5000);
  expect(l.logged).toMatchObject([{ callId: 'c1', err: { message: 'no connection' } }]);
});
