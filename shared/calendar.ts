import { z } from 'zod';

/** A time of day on the clock of the calendar's place; 24:00 is its end. */
const timeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 09:00');

/** Open from `from` on, until `to`. */
export const openHours = z
  .object({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from < to, 'must end after it begins');
export type OpenHours = z.infer<typeof openHours>;

export const weekday = z.int().min(1).max(7);

/** When a house is at work: hours by the day of the week, and days that are otherwise. */
export const calendar = z
  .object({
    /** 1 is Monday, 7 is Sunday. A day may stand in several lines, for a break at noon. */
    week: z.array(z.object({ days: z.array(weekday).min(1).max(7), hours: openHours })).max(50),
    /** A holiday is a day without hours; a short day, or a Saturday at work, has hours of its own. */
    days: z
      .array(
        z.object({
          date: z.iso.date(),
          name: z.string().trim().max(100),
          hours: z.array(openHours).max(10),
        }),
      )
      .max(1000),
  })
  .meta({ id: 'Calendar' });
export type Calendar = z.infer<typeof calendar>;

/** Whether a name is one of the IANA database, e.g. `Europe/Moscow`. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
export const timeZone = z.string().max(60).refine(isTimeZone, 'must be a time zone such as Europe/Moscow');
