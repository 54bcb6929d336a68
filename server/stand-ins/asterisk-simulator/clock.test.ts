import fc from 'fast-check';
import { createManualClock, createRealClock } from './clock.ts';

test('tasks run at their time, in order, those of one moment as they were asked for; cancelled ones do not', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.boolean())), (wanted) => {
      const clock = createManualClock(1000);
      const ran: [at: number, index: number][] = [];
      wanted.forEach(([ms, stays], index) => {
        const cancel = clock.after(ms, () => ran.push([clock.now() - 1000, index]));
        if (!stays) cancel();
      });
      const expected = wanted
        .map(([ms, stays], index) => ({ ms, stays, index }))
        .filter(({ stays }) => stays)
        .sort((a, b) => a.ms - b.ms || a.index - b.index)
        .map(({ ms, index }) => [ms, index]);
      expect(clock.pending()).toBe(expected.length);
      clock.advance(20);
      clock.advance(100);
      expect(ran).toEqual(expected);
      expect(clock.pending()).toBe(0);
      expect(clock.now()).toBe(1120);
    }),
  );
});

test('a task may ask for more, also for the same moment', () => {
  const clock = createManualClock(0);
  const ran: number[] = [];
  clock.after(10, () => {
    clock.after(0, () => ran.push(clock.now()));
    clock.after(5, () => ran.push(clock.now()));
  });
  clock.advance(12);
  expect(ran).toEqual([10]);
  clock.advance(3);
  expect(ran).toEqual([10, 15]);
});

test('the real clock runs tasks, faster when asked to, and none after its stop', async () => {
  const clock = createRealClock(100);
  const from = clock.now();
  await new Promise<void>((resolve) => clock.after(1000, resolve));
  expect(clock.now() - from).toBeGreaterThanOrEqual(900);
  const never = jest.fn();
  clock.after(0, never);
  clock.stop();
  await new Promise((resolve) => setImmediate(resolve));
  expect(never).not.toHaveBeenCalled();
});
