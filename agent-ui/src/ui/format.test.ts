import fc from 'fast-check';
import { formatAgo, formatDue, formatDuration, formatFull, formatWhen, initialsOf } from './format.ts';

test.each([
  [0, '0:00'],
  [7_999, '0:07'],
  [60_000, '1:00'],
  [760_000, '12:40'],
  [3_723_000, '1:02:03'],
  [-5_000, '0:00'],
])('%i ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

test('a duration reads back to its seconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400_000_000 }), (ms) => {
      const seconds = formatDuration(ms)
        .split(':')
        .reduce((sum, part) => sum * 60 + Number(part), 0);
      expect(seconds).toBe(Math.floor(ms / 1_000));
    }),
  );
});

// The test's places of time are local, as the agent's are.
const at = (day: number, hour: number, minute = 0, month = 2, year = 2026) =>
  new Date(year, month, day, hour, minute).toISOString();
const now = new Date(2026, 2, 10, 12, 0).getTime();

test.each([
  [at(10, 9, 5), 'ru', '09:05'],
  [at(9, 23, 59), 'ru', 'вчера, 23:59'],
  [at(3, 14), 'ru', '3 мар., 14:00'],
  [at(3, 14, 0, 2, 2025), 'ru', '3 мар. 2025 г.'],
  [at(9, 23, 59), 'en', 'yesterday, 11:59 PM'],
] as const)('%s in %s is "%s"', (iso, language, text) => {
  expect(formatWhen(iso, now, language).replace(/\s/g, ' ')).toBe(text);
});

test.each([
  [at(10, 12), 'ru', 'в эту минуту'],
  [at(10, 11, 55), 'ru', '5 минут назад'],
  [at(10, 11, 38), 'ru', '22 минуты назад'],
  [at(10, 9), 'ru', '3 часа назад'],
  [at(9, 23), 'ru', 'вчера'],
  [at(5, 10), 'ru', '5 дней назад'],
  [at(5, 10), 'en', '5 days ago'],
] as const)('%s in %s was "%s"', (iso, language, text) => {
  expect(formatAgo(iso, now, language)).toBe(text);
});

test('in full names the month', () => expect(formatFull(at(3, 14), 'ru')).toContain('марта'));

test.each([
  ['Анна Петрова', 'АП'],
  ['ООО «Ромашка»', 'ОР'],
  ['R2', 'R'],
  ['', ''],
])('%s: %s', (name, initials) => expect(initialsOf(name)).toBe(initials));

test.each([
  [at(10, 15), 'ru', 'сегодня, 15:00'],
  [at(11, 9), 'ru', 'завтра, 09:00'],
  [at(9, 18), 'en', 'yesterday, 06:00 PM'],
  [at(20, 9), 'ru', '20 мар., 09:00'],
  [at(20, 9, 0, 2, 2027), 'ru', '20 мар. 2027 г., 09:00'],
] as const)('what is due %s in %s is due "%s"', (iso, language, text) => {
  expect(formatDue(iso, now, language).replace(/\s/g, ' ')).toBe(text);
});
