import { backoffAfter } from './job.ts';
import { nextDue } from './schedule.ts';

const at = (text: string) => new Date(text);

test.each([
  ['each minute', { everyMs: 60_000 }, '2026-01-01T10:00:00Z', '2026-01-01T10:01:00.000Z'],
  [
    'at three in Moscow',
    { cron: '0 3 * * *', timeZone: 'Europe/Moscow' },
    '2026-01-01T00:30:00Z',
    '2026-01-02T00:00:00.000Z',
  ],
  [
    'at three in Berlin in summer',
    { cron: '0 3 * * *', timeZone: 'Europe/Berlin' },
    '2026-07-01T00:30:00Z',
    '2026-07-01T01:00:00.000Z',
  ],
])('%s', (_, schedule, now, due) => {
  expect(nextDue(schedule, at(now)).toISOString()).toBe(due);
});

test('a cron expression that is none is refused', () => {
  expect(() => nextDue({ cron: 'often', timeZone: 'UTC' }, at('2026-01-01T00:00:00Z'))).toThrow();
});

test('the wait doubles, up to an hour', () => {
  const waits = [1, 2, 3, 20].map((attempt) => backoffAfter({ backoffMs: 2000 }, attempt));
  expect(waits).toEqual([2000, 4000, 8000, 3_600_000]);
});
