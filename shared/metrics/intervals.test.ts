import fc from 'fast-check';
import { type Cut, cuts, type Interval, intervals, momentOf } from './intervals.ts';

const hourMs = 3_600_000;
const hours = ({ from, to }: Cut) => (to - from) / hourMs;
const between = (from: string, to: string, interval: Interval, zone: string) =>
  cuts({ from: momentOf(from, zone), to: momentOf(to, zone) }, interval, zone);

test('a day on which the clock is put forward has 23 hours, one on which it is put back 25', () => {
  const march = between('2026-03-28', '2026-03-31', 'day', 'Europe/Berlin');
  expect(march.map(({ key }) => key)).toEqual(['2026-03-28', '2026-03-29', '2026-03-30']);
  expect(march.map(hours)).toEqual([24, 23, 24]);
  expect(between('2026-11-01', '2026-11-02', 'day', 'America/New_York').map(hours)).toEqual([25]);
  // The last time that Iran put its clock back, at midnight.
  expect(between('2022-09-21', '2022-09-23', 'day', 'Asia/Tehran').map(hours)).toEqual([25, 24]);
});

test('the hour that comes twice is two intervals, and each says which', () => {
  const keys = between('2026-10-25T01:00', '2026-10-25T04:00', '1h', 'Europe/Berlin').map(({ key }) => key);
  expect(keys).toEqual([
    '2026-10-25T01:00+02:00',
    '2026-10-25T02:00+02:00',
    '2026-10-25T02:00+01:00',
    '2026-10-25T03:00+01:00',
  ]);
});

test('an hour that the clock skips is not there', () => {
  expect(between('2026-03-29', '2026-03-30', '30m', 'Europe/Berlin')).toHaveLength(46);
  expect(
    between('2026-03-29T01:30', '2026-03-29T03:30', '30m', 'Europe/Berlin').map(({ key }) => key),
  ).toEqual(['2026-03-29T01:30+01:00', '2026-03-29T03:00+02:00']);
});

test('weeks begin on Monday, months on the first; the ends are cut short', () => {
  const weeks = between('2026-01-01', '2026-01-13', 'week', 'Europe/Moscow');
  expect(weeks.map(({ key }) => key)).toEqual(['2025-12-29', '2026-01-05', '2026-01-12']);
  expect(weeks.map(hours)).toEqual([4 * 24, 7 * 24, 24]);
  const months = between('2026-01-31', '2026-03-02', 'month', 'Europe/Moscow');
  expect(months.map(({ key, from, to }) => [key, (to - from) / hourMs])).toEqual([
    ['2026-01', 24],
    ['2026-02', 28 * 24],
    ['2026-03', 24],
  ]);
});

test('hours of the week are named by the day, 1 for Monday, and the hour', () => {
  const keys = between('2026-03-01T23:00', '2026-03-02T01:00', 'hour-of-week', 'Europe/Moscow');
  expect(keys.map(({ key }) => key)).toEqual(['7-23', '1-00']);
});

test('half an hour off and three quarters off are cut by the own clock', () => {
  expect(between('2026-03-01', '2026-03-02', '1h', 'Asia/Kolkata').map(hours)).toEqual(Array(24).fill(1));
  expect(between('2026-03-01', '2026-03-02', '1h', 'Asia/Kathmandu')[1]?.key).toBe('2026-03-01T01:00+05:45');
  // Lord Howe puts the clock back by half an hour.
  expect(between('2026-04-05', '2026-04-06', 'day', 'Australia/Lord_Howe').map(hours)).toEqual([24.5]);
});

test('a day that a zone skipped has nothing', () => {
  const keys = between('2011-12-29', '2012-01-01', 'day', 'Pacific/Apia').map(({ key }) => key);
  expect(keys).toEqual(['2011-12-29', '2011-12-31']);
});

const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'UTC',
);
test('every moment is in exactly one interval, whatever is asked', () => {
  fc.assert(
    fc.property(
      zone,
      fc.constantFrom(...intervals),
      fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2026, 11, 31) }),
      fc.integer({ min: 1, max: 20 * 24 * hourMs }),
      (timeZone, interval, from, length) => {
        const found = cuts({ from, to: from + length }, interval, timeZone);
        expect(found[0]?.from).toBe(from);
        expect(found.at(-1)?.to).toBe(from + length);
        for (const [at, cut] of found.entries()) {
          expect(cut.to).toBeGreaterThan(cut.from);
          if (at > 0) expect(cut.from).toBe(found[at - 1]?.to);
        }
        if (interval !== 'hour-of-week') expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
      },
    ),
    { numRuns: 60 },
  );
});
