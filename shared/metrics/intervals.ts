import { Temporal } from 'temporal-polyfill';

/**
 * How time is cut: always by the clock of the business. A day on which the clock is put forward or back has 23 or 25 hours (or half an hour more or
 * less), and each moment is in exactly one interval.
 */

export const intervals = ['15m', '30m', '1h', 'day', 'week', 'month', 'hour-of-week'] as const;
export type Interval = (typeof intervals)[number];

const minuteMs = 60_000;

/** From `from` on, until `to`; ms since the epoch. */
export interface Span {
  from: number;
  to: number;
}
/** A piece of the time that was asked for. `key` is how reports name it: the local day, week, month, or time with its offset. */
export interface Cut extends Span {
  key: string;
}

/** The moment at which a local day, or a local time, begins. A time that the clock skips is the first moment after it. @throws RangeError */
export function momentOf(local: string, timeZone: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds;
}

/**
 * The intervals between two moments, without gaps and without overlaps; the first and the last may be cut short, and where the clock is put forward or
 * back inside of one, it is cut there.
 * @param timeZone an IANA name
 */
export function cuts(span: Span, interval: Interval, timeZone: string): Cut[] {
  return interval === 'day' || interval === 'week' || interval === 'month'
    ? cutDays(span, interval, timeZone)
    : stretches(span, timeZone).flatMap((stretch) => cutHours(stretch, interval));
}

type Days = 'day' | 'week' | 'month';

function cutDays({ from, to }: Span, interval: Days, timeZone: string): Cut[] {
  const found: Cut[] = [];
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).epochMilliseconds;
  for (let at = from, day = firstDay(zoned(from, timeZone).toPlainDate(), interval); at < to; ) {
    const next = day.add({ [`${interval}s`]: 1 });
    const end = Math.min(to, startOf(next));
    // Where a zone has skipped a whole day there is nothing of it.
    if (end > at)
      found.push({ key: day.toString().slice(0, interval === 'month' ? 7 : 10), from: at, to: end });
    at = Math.max(at, end);
    day = next;
  }
  return found;
}

/** A week begins on Monday (ISO 8601). */
function firstDay(day: Temporal.PlainDate, interval: Days): Temporal.PlainDate {
  if (interval === 'week') return day.subtract({ days: day.dayOfWeek - 1 });
  return interval === 'month' ? day.with({ day: 1 }) : day;
}

/** A time in which the clock is not put forward or back. */
interface Stretch extends Span {
  /** What the clock is ahead of UTC, ms. */
  offset: number;
}

function stretches({ from, to }: Span, timeZone: string): Stretch[] {
  const found: Stretch[] = [];
  for (let begin = from; begin < to; ) {
    const local = zoned(begin, timeZone);
    const change = local.getTimeZoneTransition('next')?.epochMilliseconds ?? to;
    const end = Math.min(to, change);
    found.push({ from: begin, to: end, offset: local.offsetNanoseconds / 1e6 });
    begin = end;
  }
  return found;
}

const minutesOf = { '15m': 15, '30m': 30, '1h': 60, 'hour-of-week': 60 } as const;

function cutHours({ from, to, offset }: Stretch, interval: keyof typeof minutesOf): Cut[] {
  const length = minutesOf[interval] * minuteMs;
  const found: Cut[] = [];
  for (let at = from; at < to; ) {
    const local = new Date(at + offset);
    const end = Math.min(to, at + length - ((at + offset) % length));
    const key =
      interval === 'hour-of-week'
        ? `${local.getUTCDay() || 7}-${local.toISOString().slice(11, 13)}`
        : local.toISOString().slice(0, 16) + offsetText(offset);
    found.push({ key, from: at, to: end });
    at = end;
  }
  return found;
}

/** As in ISO 8601: `+03:00`. */
function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / minuteMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function zoned(at: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}
