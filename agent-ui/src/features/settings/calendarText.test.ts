import { daysText, readDays, readHours, readWeek, weekdayText } from './calendarText.ts';

test('hours are read as people write them', () => {
  expect(readHours('9:00-13:00, 14:00 – 18:00')).toEqual([
    { from: '09:00', to: '13:00' },
    { from: '14:00', to: '18:00' },
  ]);
  expect([readHours(' '), readHours('morning')]).toEqual([[], null]);
});

test('a week is written and read again', () => {
  const week = readWeek(['9:00-18:00', '', '', '', '', '10:00-12:00, 13:00-14:00', '']) ?? [];
  expect([1, 2, 6].map((day) => weekdayText({ week }, day))).toEqual([
    '09:00-18:00',
    '',
    '10:00-12:00, 13:00-14:00',
  ]);
  expect(readWeek(['x'])).toBeNull();
});

test('special days: a holiday, and a day with hours of its own', () => {
  const text = '2026-01-01 New Year\n2026-03-07 10:00-12:00 Saturday at work';
  const days = readDays(text) ?? [];
  expect(days).toEqual([
    { date: '2026-01-01', name: 'New Year', hours: [] },
    { date: '2026-03-07', name: 'Saturday at work', hours: [{ from: '10:00', to: '12:00' }] },
  ]);
  expect(daysText({ days })).toBe(text);
  expect(readDays('tomorrow')).toBeNull();
});
