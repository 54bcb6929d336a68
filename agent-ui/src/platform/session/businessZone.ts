import { createContext, use } from 'react';

/** Given by the feature that has the house's settings; without it days begin and end where the browser is. */
export const BusinessZoneContext = createContext<string | null>(null);

/** The time zone in which the business has its days, e.g. `Europe/Moscow`. */
export function useBusinessZone(): string {
  return use(BusinessZoneContext) ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
