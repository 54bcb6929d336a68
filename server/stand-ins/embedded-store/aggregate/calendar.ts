import { CommandFailure } from '../failure.ts';
import { instantAt, localClock, utcTime, type Zone } from './time-zone.ts';

const dayMs = 86_400_000;
const clockUnits: Readonly<Record<string, number>> = {
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};
const monthUnits: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };
const dayUnits: Readonly<Record<string, number>> = { week: 7, day: 1 };

export function assertUnit(unit: unknown, operator: string): string {
  if (typeof unit === 'string' && (unit in clockUnits || unit in monthUnits || unit in dayUnits)) return unit;
  throw new CommandFailure(
    'FailedToParse',
    `${operator} parameter 'unit' value cannot be recognized as a time unit: ${String(unit)}`,
  );
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** 0 for Sunday. Names as MongoDB takes them: whole or their first three letters, in any case. */
export function weekdayOf(name: unknown): number {
  if (name === undefined || name === null) return 0;
  const wanted = String(name).toLowerCase();
  const found = weekdays.findIndex(
    (day) => day === wanted || (wanted.length === 3 && day.startsWith(wanted)),
  );
  if (found < 0)
    throw new CommandFailure(
      'FailedToParse',
      `startOfWeek value cannot be recognized as a day of a week: ${String(name)}`,
    );
  return found;
}

const floorTo = (value: number, step: number) => Math.floor(value / step) * step;
const dayNumber = (local: Date) => Math.floor(local.getTime() / dayMs);
const monthNumber = (local: Date) => local.getUTCFullYear() * 12 + local.getUTCMonth();
const startOfMonth = (months: number) =>
  utcTime({
    year: Math.floor(months / 12),
    month: (((months % 12) + 12) % 12) + 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    millisecond: 0,
  });

/** Bins are counted from here in each zone. */
const reference = Date.UTC(2000, 0, 1);

/** `$dateTrunc`: the start of the bin that holds the instant. https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateTrunc/ */
export function truncate(
  instant: number,
  options: {
    readonly unit: string;
    readonly binSize: number;
    readonly zone: Zone;
    readonly startOfWeek: number;
  },
): number {
  const { unit, binSize, zone, startOfWeek } = options;
  const clock = clockUnits[unit];
  if (clock !== undefined) {
    const from = instantAt(reference, zone);
    return from + floorTo(instant - from, clock * binSize);
  }
  const local = localClock(instant, zone);
  const days = dayUnits[unit];
  if (days !== undefined) {
    const from =
      reference / dayMs + (unit === 'week' ? (startOfWeek - new Date(reference).getUTCDay() + 7) % 7 : 0);
    return instantAt((from + floorTo(dayNumber(local) - from, days * binSize)) * dayMs, zone);
  }
  const from = 2000 * 12;
  const step = (monthUnits[unit] ?? 1) * binSize;
  return instantAt(startOfMonth(from + floorTo(monthNumber(local) - from, step)), zone);
}

/** `$dateAdd`: months keep the day or end at the month's last one; days and longer units keep the local time of day. */
export function add(instant: number, unit: string, amount: number, zone: Zone): number {
  const clock = clockUnits[unit];
  if (clock !== undefined) return instant + clock * amount;
  const local = localClock(instant, zone);
  const days = dayUnits[unit];
  if (days !== undefined) return instantAt(local.getTime() + days * amount * dayMs, zone);
  const month = monthNumber(local) + (monthUnits[unit] ?? 1) * amount;
  const lastDay = new Date(startOfMonth(month + 1) - dayMs).getUTCDate();
  const timeOfDay = local.getTime() - dayNumber(local) * dayMs;
  const day = Math.min(local.getUTCDate(), lastDay);
  return instantAt(startOfMonth(month) + (day - 1) * dayMs + timeOfDay, zone);
}

/** `$dateDiff`: how many boundaries of the unit lie between the two. */
export function difference(
  start: number,
  end: number,
  unit: string,
  zone: Zone,
  startOfWeek: number,
): number {
  const from = localClock(start, zone);
  const to = localClock(end, zone);
  const clock = clockUnits[unit];
  if (clock !== undefined) return Math.floor(to.getTime() / clock) - Math.floor(from.getTime() / clock);
  if (unit === 'day') return dayNumber(to) - dayNumber(from);
  if (unit === 'week') {
    // Day 0 of the epoch was a Thursday.
    const week = (local: Date) => Math.floor((dayNumber(local) + 4 - startOfWeek) / 7);
    return week(to) - week(from);
  }
  const months = monthUnits[unit] ?? 1;
  return Math.floor(monthNumber(to) / months) - Math.floor(monthNumber(from) / months);
}

export function dayOfYear(local: Date): number {
  return dayNumber(local) - Math.floor(Date.UTC(local.getUTCFullYear(), 0, 1) / dayMs) + 1;
}

/** Week 0 to 53, weeks beginning on Sunday: the days before the first Sunday are in week 0. */
export function week(local: Date): number {
  return Math.floor((dayOfYear(local) - 1 + 7 - local.getUTCDay()) / 7);
}

/** ISO 8601: weeks begin on Monday, and the first has the year's first Thursday. */
export function isoWeek(local: Date): { readonly year: number; readonly week: number; readonly day: number } {
  const day = local.getUTCDay() === 0 ? 7 : local.getUTCDay();
  const thursday = new Date((dayNumber(local) + 4 - day) * dayMs);
  return { year: thursday.getUTCFullYear(), week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1, day };
}

/** The local date of an ISO week date. */
export function isoDate(year: number, isoWeekNumber: number, day: number): number {
  const fourth = new Date(utcTime({ year, month: 1, day: 4, hour: 0, minute: 0, second: 0, millisecond: 0 }));
  const monday = dayNumber(fourth) - (fourth.getUTCDay() === 0 ? 7 : fourth.getUTCDay()) + 1;
  return (monday + (isoWeekNumber - 1) * 7 + day - 1) * dayMs;
}
