import fc from 'fast-check';
import { addDays, boundsOf, dayAt, daysOf, periodOf, periodText, startOfDay } from './period.ts';

test('a period is written into an address and read from it; what is none is none', () => {
  for (const text of ['today', 'yesterday', 'week', 'last-month', '2026-03-01..2026-03-14'])
    expect(periodText(periodOf(text) ?? { kind: 'today' })).toBe(text);
  for (const text of ['', 'year', '2026-02-30..2026-03-01', '2026-03-01', '2026-3-1..2026-3-2'])
    expect([text, periodOf(text)]).toEqual([text, null]);
});

test('days given the wrong way round are put right', () => {
  expect(periodOf('2026-03-14..2026-03-01')).toEqual({ kind: 'own', from: '2026-03-01', to: '2026-03-14' });
});

test.each([
  ['a Monday', '2026-03-02', '2026-03-02', '2026-03-08'],
  ['a Sunday', '2026-03-08', '2026-03-02', '2026-03-08'],
  ['the turn of a year', '2026-01-01', '2025-12-29', '2026-01-04'],
])('the week of %s begins on Monday and ends on Sunday', (_, today, from, to) => {
  expect(daysOf({ kind: 'week' }, today)).toEqual({ from, to });
});

test('last month has all of its days, in January and in a leap year too', () => {
  expect(daysOf({ kind: 'last-month' }, '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  expect(daysOf({ kind: 'last-month' }, '2028-03-05')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
});

test('yesterday of the first of a month is in the month before', () => {
  expect(daysOf({ kind: 'yesterday' }, '2026-03-01')).toEqual({ from: '2026-02-28', to: '2026-02-28' });
});

test('the day is the one where the business is', () => {
  const late = Date.parse('2026-03-01T22:30:00Z');
  expect(dayAt(late, 'Europe/Moscow')).toBe('2026-03-02');
  expect(dayAt(late, 'America/New_York')).toBe('2026-03-01');
});

test('a day on which clocks are set has 23 or 25 hours', () => {
  const hours = (day: string, zone: string) => {
    const { from, to } = boundsOf({ from: day, to: day }, zone);
    return (Date.parse(to) - Date.parse(from)) / 3_600_000;
  };
  expect(hours('2026-03-29', 'Europe/Berlin')).toBe(23);
  expect(hours('2026-10-25', 'Europe/Berlin')).toBe(25);
  // Here they are set at midnight, so that the day begins at 1 o'clock.
  expect(hours('2026-03-29', 'Asia/Beirut')).toBe(23);
  expect(hours('2026-03-29', 'Europe/Moscow')).toBe(24);
});

test('a day begins at its first moment, wherever and whenever', () => {
  const zones = ['Europe/Moscow', 'Asia/Beirut', 'America/Sao_Paulo', 'Pacific/Apia', 'Asia/Kolkata', 'UTC'];
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 5_000 }), (zone, n) => {
      const day = addDays('2013-01-01', n);
      const start = startOfDay(day, zone);
      expect(dayAt(start, zone)).toBe(day);
      expect(dayAt(start - 1_000, zone) < day).toBe(true);
    }),
  );
});
