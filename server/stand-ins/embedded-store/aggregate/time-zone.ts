import { CommandFailure } from '../failure.ts';

/** A time zone: a fixed offset, or a place whose offset depends on the date. */
export type Zone = { readonly offsetMs: (instant: number) => number };

const quarterHour = 15 * 60 * 1000;
/** Offsets change on quarters of an hour only; this many of them are kept for each zone. */
const mostKept = 20_000;

const zones = new Map<string, Zone>();

const utc: Zone = { offsetMs: () => 0 };

function fixed(text: string): Zone | undefined {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, hours, minutes = '0'] = match;
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return { offsetMs: () => (sign === '-' ? -ms : ms) };
}

function place(name: string): Zone {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
  } catch {
    throw new CommandFailure(40485, `unrecognized time zone identifier: "${name}"`);
  }
  const kept = new Map<number, number>();
  return {
    offsetMs(instant) {
      const quarter = Math.floor(instant / quarterHour);
      const known = kept.get(quarter);
      if (known !== undefined) return known;
      if (kept.size >= mostKept) kept.clear();
      const offset = measure(format, quarter * quarterHour);
      kept.set(quarter, offset);
      return offset;
    },
  };
}

function measure(format: Intl.DateTimeFormat, instant: number): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const number = (name: Intl.DateTimeFormatPartTypes) => Number(parts.get(name));
  const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year');
  const local = utcTime({
    year,
    month: number('month'),
    day: number('day'),
    hour: number('hour'),
    minute: number('minute'),
    second: number('second'),
    millisecond: 0,
  });
  return local - instant;
}

/** A zone by its Olson name (`Europe/Moscow`) or offset (`+03:00`, `+0300`, `+03`). Throws 40485 for one that is not known. */
export function zoneOf(name: unknown): Zone {
  if (name === undefined || name === null || name === 'UTC' || name === 'GMT' || name === 'Z') return utc;
  if (typeof name !== 'string') {
    throw new CommandFailure(40517, 'timezone must evaluate to a string');
  }
  const known = zones.get(name) ?? fixed(name) ?? place(name);
  zones.set(name, known);
  return known;
}

export type Parts = {
  readonly year: number;
  /** 1 to 12; values beyond are carried over. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
};

/** Milliseconds of a date in UTC; Date.UTC takes years below 100 for 19xx. */
export function utcTime(parts: Parts): number {
  const date = new Date(0);
  date.setUTCFullYear(parts.year, parts.month - 1, parts.day);
  date.setUTCHours(parts.hour, parts.minute, parts.second, parts.millisecond);
  return date.getTime();
}

/** The local clock at an instant, as a Date whose UTC fields are the local ones. */
export function localClock(instant: number, zone: Zone): Date {
  return new Date(instant + zone.offsetMs(instant));
}

/** The instant at which the local clock shows this; in the hour that a clock change repeats, the first one. */
export function instantAt(local: number, zone: Zone): number {
  const before = local - zone.offsetMs(local - 24 * 3_600_000);
  if (before + zone.offsetMs(before) === local) return before;
  const after = local - zone.offsetMs(local + 24 * 3_600_000);
  // In the hour that a change leaves out the clock is read with the offset before it.
  return after + zone.offsetMs(after) === local ? after : before;
}
