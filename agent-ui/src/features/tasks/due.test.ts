import { dueBetween } from './due.ts';

const at = { now: '2026-03-04T12:00:00.000Z', today: '2026-03-04', zone: 'Europe/Moscow' };

test('overdue is what was due before now', () => {
  expect(dueBetween('overdue', at)).toEqual({ dueBefore: at.now });
});

test('today and this week end with the day of the business, and have what is overdue too', () => {
  expect(dueBetween('today', at)).toEqual({ dueBefore: '2026-03-04T21:00:00.000Z' });
  // Wednesday: the week ends with Sunday the 8th.
  expect(dueBetween('week', at)).toEqual({ dueBefore: '2026-03-08T21:00:00.000Z' });
});

test('without a choice everything is asked for', () => {
  expect(dueBetween(undefined, at)).toEqual({});
});
