import fc from 'fast-check';
import { nextDue, stillDue } from './rules.ts';

const at = (text: string) => new Date(text);

test.each([
  ['daily', '2026-03-01T09:00:00Z', '2026-03-01T10:00:00Z', '2026-03-02T09:00:00.000Z'],
  ['weekly', '2026-03-01T09:00:00Z', '2026-03-20T10:00:00Z', '2026-03-22T09:00:00.000Z'],
  ['monthly', '2026-01-31T09:00:00Z', '2026-02-01T00:00:00Z', '2026-02-28T09:00:00.000Z'],
  ['monthly', '2026-01-31T09:00:00Z', '2026-03-01T00:00:00Z', '2026-03-31T09:00:00.000Z'],
  ['monthly', '2026-11-30T09:00:00Z', '2026-12-01T00:00:00Z', '2026-12-30T09:00:00.000Z'],
] as const)('%s, due %s, done %s: again %s', (repeat, due, done, next) => {
  expect(nextDue(repeat, at(due), at(done)).toISOString()).toBe(next);
});

test('whatever it is, it is due again after now, at the same time of day', () => {
  const times = fc.date({ min: at('2020-01-01'), max: at('2030-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(fc.constantFrom('daily', 'weekly', 'monthly'), times, times, (repeat, due, now) => {
      const next = nextDue(repeat, due, now);
      expect(next.getTime()).toBeGreaterThan(Math.max(now.getTime(), due.getTime()));
      expect(next.toISOString().slice(11)).toBe(due.toISOString().slice(11));
    }),
  );
});

test('a reminder holds only for what is open and due then', () => {
  const dueAt = '2026-03-01T09:00:00.000Z';
  expect(stillDue({ state: 'open', dueAt }, dueAt)).toBe(true);
  expect(stillDue({ state: 'done', dueAt }, dueAt)).toBe(false);
  expect(stillDue({ state: 'open', dueAt: '2026-03-02T09:00:00.000Z' }, dueAt)).toBe(false);
});
