import type { Calendar, OpenHours } from '@ringdesk/shared/calendar';

/** When a house is at work, as pure rules. Times are ms since the epoch; hours are those of the clock on the wall, whatever it does. */

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** Transitions of one zone lie further apart than this. */
const strideMs = 6 * 3_600_000;

/** Whether a calendar is open at a time. @param timeZone an IANA name */
export function isOpenAt(calendar: Calendar, timeZone: string, at: number): boolean {
  const local = at + offsetAt(timeZone, at);
  const sinceMidnight = mod(local, dayMs);
  return hoursOn(calendar, local).some(
    ({ from, to }) => msOf(from) <= sinceMidnight && sinceMidnight < msOf(to),
  );
}

/** How long a calendar is open between two times, ms; 0 when `to` is not after `from`. @param timeZone an IANA name */
export function businessMsBetween(calendar: Calendar, timeZone: string, from: number, to: number): number {
  let sum = 0;
  for (let begin = from; begin < to; ) {
    const offset = offsetAt(timeZone, begin);
    const end = sameOffsetUntil(timeZone, begin, to);
    sum += openMs(calendar, begin + offset, end + offset);
    begin = end;
  }
  return sum;
}

/** The same between two times of a clock that is not put forward or back. */
function openMs(calendar: Calendar, from: number, to: number): number {
  let sum = 0;
  for (let midnight = from - mod(from, dayMs); midnight < to; midnight += dayMs)
    for (const [begin, end] of merged(hoursOn(calendar, midnight)))
      sum += Math.max(0, Math.min(midnight + end, to) - Math.max(midnight + begin, from));
  return sum;
}

/** Hours that overlap count once. In ms since midnight. */
function merged(hours: readonly OpenHours[]): [number, number][] {
  const sorted = hours
    .map(({ from, to }): [number, number] => [msOf(from), msOf(to)])
    .sort(([one], [other]) => one - other);
  const apart: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = apart.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else apart.push([from, to]);
  }
  return apart;
}

/** @param local a time of the wall's clock */
function hoursOn({ week, days }: Calendar, local: number): OpenHours[] {
  const date = new Date(local);
  const day = date.toISOString().slice(0, 10);
  const special = days.find((one) => one.date === day);
  if (special !== undefined) return special.hours;
  const weekday = date.getUTCDay() === 0 ? 7 : date.getUTCDay();
  return week.flatMap((line) => (line.days.includes(weekday) ? [line.hours] : []));
}

function msOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * minuteMs;
}

const mod = (value: number, by: number) => ((value % by) + by) % by;

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a zone's clock is ahead of UTC, ms. */
export function offsetAt(timeZone: string, at: number): number {
  const known = formats.get(timeZone);
  const format =
    known ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  if (known === undefined) formats.set(timeZone, format);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - (at - mod(at, 1000));
}

/** Until when the clock is neither put forward nor back, at most `limit`. */
function sameOffsetUntil(timeZone: string, from: number, limit: number): number {
  const offset = offsetAt(timeZone, from);
  let same = from;
  while (same < limit) {
    const next = Math.min(same + strideMs, limit);
    if (offsetAt(timeZone, next) !== offset) return transitionBetween(timeZone, same, next, offset);
    same = next;
  }
  return limit;
}

/** The first whole second at which the offset is another one. */
function transitionBetween(timeZone: string, before: number, after: number, offset: number): number {
  let [low, high] = [Math.floor(before / 1000), Math.ceil(after / 1000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle * 1000) === offset) low = middle;
    else high = middle;
  }
  return high * 1000;
}
