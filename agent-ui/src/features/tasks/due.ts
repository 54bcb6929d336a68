import { boundsOf, type Day, daysOf } from '../../ui/period/period.ts';

export const dueChoices = ['overdue', 'today', 'week'] as const;
export type DueChoice = (typeof dueChoices)[number];

/**
 * The moments between which a task is due, ISO 8601. What was due before now belongs to today and to this week as well: it still has to be done.
 * @param now ISO 8601  @param today the day where the business is  @param zone of the business
 */
export function dueBetween(
  choice: DueChoice | undefined,
  { now, today, zone }: { now: string; today: Day; zone: string },
): { dueBefore?: string } {
  if (choice === undefined) return {};
  if (choice === 'overdue') return { dueBefore: now };
  const { to } = daysOf({ kind: choice }, today);
  return { dueBefore: boundsOf({ from: today, to }, zone).to };
}
