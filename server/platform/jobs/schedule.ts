import { CronExpressionParser } from 'cron-parser';
import type { Schedule } from './job.ts';

/**
 * When a schedule is due next after `now`.
 * @throws Error for a cron expression that is none
 */
export function nextDue(schedule: Schedule, now: Date): Date {
  if ('everyMs' in schedule) return new Date(now.getTime() + schedule.everyMs);
  return CronExpressionParser.parse(schedule.cron, { currentDate: now, tz: schedule.timeZone })
    .next()
    .toDate();
}
