import type { Calendar } from '@ringdesk/shared/calendar';
import fc from 'fast-check';
import { businessMsBetween, isOpenAt } from './index.ts';

const hour = 3_600_000;
const at = (text: string) => Date.parse(text);
const office: Calendar = {
  week: [
    { days: [1, 2, 3, 4, 5], hours: { from: '09:00', to: '13:00' } },
    { days: [1, 2, 3, 4, 5], hours: { from: '14:00', to: '18:00' } },
  ],
  days: [
    { date: '2026-01-01', name: 'New Year', hours: [] },
    { date: '2026-03-07', name: 'Saturday at work', hours: [{ from: '10:00', to: '12:00' }] },
  ],
};
const always: Calendar = {
  week: [{ days: [1, 2, 3, 4, 5, 6, 7], hours: { from: '00:00', to: '24:00' } }],
  days: [],
};

test.each([
  ['a Monday morning', '2026-03-02T09:00:00+03:00', true],
  ['a moment before', '2026-03-02T08:59:59.999+03:00', false],
  ['at noon', '2026-03-02T13:00:00+03:00', false],
  ['a Sunday', '2026-03-01T10:00:00+03:00', false],
  ['a holiday', '2026-01-01T10:00:00+03:00', false],
  ['a Saturday at work', '2026-03-07T10:30:00+03:00', true],
  ['an ordinary Saturday', '2026-03-14T10:30:00+03:00', false],
])('%s', (_, time, open) => {
  expect(isOpenAt(office, 'Europe/Moscow', at(time))).toBe(open);
});

test('the hours between Friday evening and Monday morning', () => {
  const from = at('2026-03-13T17:00:00+03:00');
  expect(businessMsBetween(office, 'Europe/Moscow', from, at('2026-03-16T10:00:00+03:00'))).toBe(2 * hour);
  expect(businessMsBetween(office, 'Europe/Moscow', from, from)).toBe(0);
  expect(businessMsBetween(office, 'Europe/Moscow', from, from - hour)).toBe(0);
});

test('the day on which the clock is put forward has 23 hours, the one on which it is put back 25', () => {
  const day = (date: string, from: string, to: string) =>
    businessMsBetween(always, 'Europe/Berlin', at(`${date}T00:00:00${from}`), at(`${date}T24:00:00${to}`));
  expect(day('2026-03-29', '+01:00', '+02:00')).toBe(23 * hour);
  expect(day('2026-10-25', '+02:00', '+01:00')).toBe(25 * hour);
});

test('an hour that the clock shows twice is open twice', () => {
  const night: Calendar = {
    week: [{ days: [7], hours: { from: '02:00', to: '03:00' } }],
    days: [],
  };
  const around = (calendar: Calendar, day: string) =>
    businessMsBetween(calendar, 'Europe/Berlin', at(`${day}T00:00:00Z`) - 6 * hour, at(`${day}T12:00:00Z`));
  expect(around(night, '2026-10-25')).toBe(2 * hour);
  expect(around(night, '2026-03-29')).toBe(0);
});

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
];
const times = fc.date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
const timesOfDay = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }))
  .filter(([from, to]) => from < to)
  .map(([from, to]) => ({ from: quarter(from), to: quarter(to) }));
function quarter(n: number): string {
  return `${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`;
}
const calendars: fc.Arbitrary<Calendar> = fc.record({
  week: fc.array(
    fc.record({
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      hours: timesOfDay,
    }),
    { maxLength: 4 },
  ),
  days: fc.array(
    fc.record({
      date: times.map((date) => date.toISOString().slice(0, 10)),
      name: fc.constant(''),
      hours: fc.array(timesOfDay, { maxLength: 2 }),
    }),
    { maxLength: 5 },
  ),
});

test('the open time between two moments is that of all quarters of an hour in which it is open', () => {
  const slot = hour / 4;
  fc.assert(
    fc.property(
      calendars,
      fc.constantFrom(...zones),
      times,
      fc.integer({ min: 0, max: 400 }),
      (calendar, zone, date, slots) => {
        const from = Math.floor(date.getTime() / slot) * slot;
        let open = 0;
        for (let n = 0; n < slots; n += 1) if (isOpenAt(calendar, zone, from + n * slot)) open += slot;
        expect(businessMsBetween(calendar, zone, from, from + slots * slot)).toBe(open);
      },
    ),
    { numRuns: 60, examples: [[always, 'Europe/Berlin', new Date('2026-03-28T20:00:00Z'), 100]] },
  );
});

test('two stretches one after the other are as long as both together', () => {
  fc.assert(
    fc.property(
      calendars,
      fc.constantFrom(...zones),
      fc.array(times, { minLength: 3, maxLength: 3 }),
      (calendar, zone, dates) => {
        const [a = 0, b = 0, c = 0] = dates.map((date) => date.getTime()).sort((one, other) => one - other);
        const between = (from: number, to: number) => businessMsBetween(calendar, zone, from, to);
        expect(between(a, b) + between(b, c)).toBe(between(a, c));
      },
    ),
    { numRuns: 20 },
  );
});
