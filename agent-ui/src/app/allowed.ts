import type { Permission } from '@ringdesk/shared/permission';
import type { Feature } from '../platform/feature.ts';

type May = (permission: Permission) => boolean;

/** The features that somebody may use, each without what they may not: what is not allowed is absent. */
export function allowedFeatures(features: readonly Feature[], may: May): Feature[] {
  const mine = ({ permission }: { permission?: Permission | 'session' }) =>
    permission === undefined || permission === 'session' || may(permission);
  return features.filter(mine).map((feature) => ({
    ...feature,
    navigation: (feature.navigation ?? []).filter(mine),
    routes: (feature.routes ?? []).filter(mine),
  }));
}

/** Where the user lands: the path of the highest weight among the allowed features; null when none has a landing page. */
export function landingOf(features: readonly Feature[]): string | null {
  const landings = features.flatMap(({ landing }) => landing ?? []);
  return landings.sort((a, b) => b.weight - a.weight)[0]?.path ?? null;
}
