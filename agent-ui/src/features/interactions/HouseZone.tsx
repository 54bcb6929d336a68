import type { ReactNode } from 'react';
import { BusinessZoneContext } from '../../platform/session/businessZone.ts';
import { useDeskSettings } from './choices.ts';

/** Days begin and end in the time zone that the house has set. */
export function HouseZone({ children }: { children: ReactNode }) {
  return <BusinessZoneContext value={useDeskSettings()?.timeZone ?? null}>{children}</BusinessZoneContext>;
}
