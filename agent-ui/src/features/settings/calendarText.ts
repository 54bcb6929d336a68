import type { Calendar, OpenHours } from '@ringdesk/shared/calendar';

/** Hours and special days as people write them, one line each. */

/** `09:00-13:00, 14:00-18:00` */
const hoursText = (hours: readonly OpenHours[]) => hours.map(({ from, to }) => `${from}-${to}`).join(', ');

/** null: not understood. An empty text is no hours. */
export function readHours(text: string): OpenHours[] | null {
  if (text.trim() === '') return [];
  const hours = text.split(',').map((part) => {
    const [, from, to] = /^\s*(\d{1,2}:\d{2})\s*[-–—]\s*(\d{1,2}:\d{2})\s*$/.exec(part) ?? [];
    return from === undefined || to === undefined
      ? null
      : { from: from.padStart(5, '0'), to: to.padStart(5, '0') };
  });
  return hours.every((one) => one !== null) ? hours : null;
}

/** The hours of a weekday, 1 is Monday. */
export function weekdayText({ week }: Pick<Calendar, 'week'>, day: number): string {
  return hoursText(week.flatMap((line) => (line.days.includes(day) ? [line.hours] : [])));
}

/** @param texts of Monday to Sunday; null: one of them is not understood */
export function readWeek(texts: readonly string[]): Calendar['week'] | null {
  const days = texts.map(readHours);
  if (!days.every((hours) => hours !== null)) return null;
  return days.flatMap((hours, at) => (hours ?? []).map((one) => ({ days: [at + 1], hours: one })));
}

/** `2026-01-01 New Year`, `2026-03-07 10:00-12:00 Saturday at work` */
export function daysText({ days }: Pick<Calendar, 'days'>): string {
  return days
    .map(({ date, hours, name }) => [date, hoursText(hours), name].filter((part) => part !== '').join(' '))
    .join('\n');
}

/** null: a line is not understood. */
export function readDays(text: string): Calendar['days'] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const days = lines.map((line) => {
    const [, date, said, name] =
      /^\s*(\d{4}-\d{2}-\d{2})((?:\s*,?\s*\d{1,2}:\d{2}\s*[-–—]\s*\d{1,2}:\d{2})*)\s*(.*?)\s*$/.exec(line) ??
      [];
    const hours = readHours(said ?? '');
    return date === undefined || hours === null ? null : { date, name: name ?? '', hours };
  });
  return days.every((one) => one !== null) ? days : null;
}
