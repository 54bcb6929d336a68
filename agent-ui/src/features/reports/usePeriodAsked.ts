import { z } from 'zod';
import { useServerNow } from '../../platform/live/useServerNow.ts';
import { useBusinessZone } from '../../platform/session/businessZone.ts';
import type { Filters } from '../../ui/filters/useFilters.ts';
import { addDays, dayAt, daysOf, type Period, periodOf, periodText } from '../../ui/period/period.ts';

/** A field of the filters in the address: `week`, or `2026-03-01..2026-03-14`. */
export const periodField = z
  .string()
  .refine((text) => periodOf(text) !== null)
  .default('week');

/** The period of the filters, for the picker and for the server, which asks for the first day that is not in it. */
export function usePeriodAsked({ filters, set }: Filters<{ period: string }>) {
  const today = dayAt(useServerNow(), useBusinessZone());
  const period: Period = periodOf(filters.period) ?? { kind: 'week' };
  const days = daysOf(period, today);
  return {
    period,
    choose: (next: Period | null) => set({ period: next === null ? undefined : periodText(next) }),
    from: days.from,
    to: addDays(days.to, 1),
  };
}
