/**
 * Periods that lists, boards and reports are asked for. A day begins and ends where the business is, whatever the zone of who looks; a week begins
 * on Monday (ISO 8601), so that "this week" is the same number in both languages.
 */

/** A calendar day, `2026-03-01`. */
export type Day = string;

export const namedPeriods = ['today', 'yesterday', 'week', 'last-month'] as const;
export type NamedPeriod = (typeof namedPeriods)[number];

/** A period by its name goes on with the calendar; one's own has its days, both of which belong to it. */
export type Period = { kind: NamedPeriod } | { kind: 'own'; from: Day; to: Day };

/** First and last day, both of which belong to it. */
export interface Days {
  from: Day;
  to: Day;
}

const dayMs = 86_400_000;
const own = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;

/** As it stands in an address: `week`, or `2026-03-01..2026-03-14`. */
export function periodText(period: Period): string {
  return period.kind === 'own' ? `${period.from}..${period.to}` : period.kind;
}

/** Reads what `periodText` wrote; null for anything else, such as a day that no calendar has. */
export function periodOf(text: string): Period | null {
  const named = namedPeriods.find((name) => name === text);
  if (named) return { kind: named };
  const [, from, to] = own.exec(text) ?? [];
  if (from === undefined || to === undefined || !isDay(from) || !isDay(to)) return null;
  return from <= to ? { kind: 'own', from, to } : { kind: 'own', from: to, to: from };
}

/** The days of a period. @param today the day that it is where the business is */
export function daysOf(period: Period, today: Day): Days {
  switch (period.kind) {
    case 'own':
      return { from: period.from, to: period.to };
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'week': {
      const sinceMonday = (new Date(utcOf(today)).getUTCDay() + 6) % 7;
      const from = addDays(today, -sinceMonday);
      return { from, to: addDays(from, 6) };
    }
    case 'last-month': {
      const to = addDays(`${today.slice(0, 8)}01`, -1);
      return { from: `${to.slice(0, 8)}01`, to };
    }
  }
}

/** The same days as moments, ISO 8601: `from` belongs to the period, `to` is the first moment after it. */
export function boundsOf({ from, to }: Days, zone: string): { from: string; to: string } {
  return {
    from: new Date(startOfDay(from, zone)).toISOString(),
    to: new Date(startOfDay(addDays(to, 1), zone)).toISOString(),
  };
}

export function addDays(day: Day, days: number): Day {
  return new Date(utcOf(day) + days * dayMs).toISOString().slice(0, 10);
}

/** The day that it is in a zone. @param at ms since the epoch @param zone e.g. `Europe/Moscow` */
export function dayAt(at: number, zone: string): Day {
  return new Date(at + offsetAt(at, zone)).toISOString().slice(0, 10);
}

/** The first moment of a day in a zone, ms since the epoch; where clocks are set at midnight, the first that the day has. */
export function startOfDay(day: Day, zone: string): number {
  const midnight = utcOf(day);
  // Whatever happens to the clocks on this day, its offset is one of those before and after.
  const offsets = [...new Set([offsetAt(midnight - dayMs, zone), offsetAt(midnight + dayMs, zone)])];
  const starts = offsets.map((offset) => midnight - offset).sort((a, b) => a - b);
  return starts.find((start) => dayAt(start, zone) === day) ?? midnight;
}

/** How far a zone's clocks are ahead of UTC, ms. */
function offsetAt(at: number, zone: string): number {
  const parts = formatOf(zone).formatToParts(at);
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  );
  return local - Math.floor(at / 1_000) * 1_000;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

const utcOf = (day: Day) => Date.parse(`${day}T00:00:00Z`);

function isDay(text: string): boolean {
  const at = utcOf(text);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}
