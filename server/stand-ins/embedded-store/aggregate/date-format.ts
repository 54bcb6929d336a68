import { CommandFailure } from '../failure.ts';
import { dayOfYear, isoWeek, week } from './calendar.ts';
import { instantAt, localClock, utcTime, type Zone, zoneOf } from './time-zone.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const pad = (value: number, width: number) => String(value).padStart(width, '0');

function offset(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60), 2)}${pad(size % 60, 2)}`;
}

type Specifier = (local: Date, offsetMinutes: number) => string;

const specifiers: Readonly<Record<string, Specifier>> = {
  b: (local) => (months[local.getUTCMonth()] ?? '').slice(0, 3),
  B: (local) => months[local.getUTCMonth()] ?? '',
  d: (local) => pad(local.getUTCDate(), 2),
  G: (local) => pad(isoWeek(local).year, 4),
  H: (local) => pad(local.getUTCHours(), 2),
  j: (local) => pad(dayOfYear(local), 3),
  L: (local) => pad(local.getUTCMilliseconds(), 3),
  m: (local) => pad(local.getUTCMonth() + 1, 2),
  M: (local) => pad(local.getUTCMinutes(), 2),
  S: (local) => pad(local.getUTCSeconds(), 2),
  u: (local) => String(isoWeek(local).day),
  U: (local) => pad(week(local), 2),
  V: (local) => pad(isoWeek(local).week, 2),
  w: (local) => String(local.getUTCDay() + 1),
  Y: (local) => pad(local.getUTCFullYear(), 4),
  z: (_, minutes) => offset(minutes),
  Z: (_, minutes) => `${minutes < 0 ? '-' : '+'}${pad(Math.abs(minutes), 3)}`,
  '%': () => '%',
};

/** `$dateToString`. Specifiers: https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateToString/#format-specifiers */
export function formatDate(instant: number, format: string, zone: Zone): string {
  const local = localClock(instant, zone);
  const minutes = Math.round(zone.offsetMs(instant) / 60_000);
  return format.replace(/%(.?)/gsu, (_, letter: string) => {
    const specifier = specifiers[letter];
    if (specifier === undefined) {
      throw new CommandFailure(18536, `Invalid format character '%${letter}' in format string`);
    }
    return specifier(local, minutes);
  });
}

const isoText =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?)?\s*(Z|[+-]\d{2}:?\d{0,2})?$/;

const readers: Readonly<Record<string, string>> = {
  Y: '(?<year>\\d{4})',
  m: '(?<month>\\d{1,2})',
  d: '(?<day>\\d{1,2})',
  H: '(?<hour>\\d{1,2})',
  M: '(?<minute>\\d{1,2})',
  S: '(?<second>\\d{1,2})',
  L: '(?<millisecond>\\d{1,3})',
  z: '(?<zone>Z|[+-]\\d{2}:?\\d{0,2})',
  b: '(?<name>[A-Za-z]{3})',
  B: '(?<name>[A-Za-z]+)',
  '%': '%',
};

function failedConversion(text: string): CommandFailure {
  return new CommandFailure(241, `Error parsing date string '${text}'`);
}

/** `$dateFromString`: ISO 8601 without a format. A zone written in the text may not meet one given beside it. */
export function parseDate(text: string, format: string | undefined, zoneName: unknown): number {
  const expression =
    format === undefined
      ? undefined
      : new RegExp(
          `^${format.replace(/%(.)|[.*+?^${}()|[\]\\]/gu, (whole, letter?: string) => (letter === undefined ? `\\${whole}` : (readers[letter] ?? '(?!)')))}$`,
          'u',
        );
  const found: Readonly<Record<string, string | undefined>> =
    expression === undefined ? isoGroups(text) : { ...expression.exec(text)?.groups };
  const month = found['name'] === undefined ? Number(found['month'] ?? 1) : monthNamed(found['name']);
  if (found['year'] === undefined || month === 0) throw failedConversion(text);
  const parts = {
    year: Number(found['year']),
    month,
    day: Number(found['day'] ?? 1),
    hour: Number(found['hour'] ?? 0),
    minute: Number(found['minute'] ?? 0),
    second: Number(found['second'] ?? 0),
    millisecond: Number((found['millisecond'] ?? '0').padEnd(3, '0')),
  };
  const local = utcTime(parts);
  // A day that the month does not have is carried over by Date, and is no date here.
  if (new Date(local).getUTCMonth() !== parts.month - 1 || parts.hour > 23 || parts.minute > 59)
    throw failedConversion(text);
  if (found['zone'] !== undefined && zoneName !== undefined && zoneName !== null) {
    throw new CommandFailure(
      241,
      `you cannot pass in a date/time string with time zone information ('${found['zone']}') together with a timezone argument`,
    );
  }
  return instantAt(local, zoneOf(found['zone'] ?? zoneName));
}

function isoGroups(text: string): Readonly<Record<string, string | undefined>> {
  const match = isoText.exec(text);
  if (match === null) return {};
  const [, year, month, day, hour, minute, second, millisecond, zone] = match;
  return { year, month, day, hour, minute, second, millisecond, zone };
}

function monthNamed(name: string): number {
  const wanted = name.toLowerCase();
  return (
    months.findIndex(
      (month) => month.toLowerCase() === wanted || month.slice(0, 3).toLowerCase() === wanted,
    ) + 1
  );
}
