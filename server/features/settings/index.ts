import type { Feature } from '../../platform/feature.ts';
import { settingRoutes } from './routes.ts';
import { type Settings, settingSources } from './service.ts';

export { choicesOf } from './choices.ts';
export { defaultSettings } from './defaults.ts';
export { type HouseSettings, isReason, notAtFirstContact, queueOf, wrapUpLimitsOf } from './rules.ts';
export { Settings } from './service.ts';

/** How the house is set, changed while it is at work. @param knownQueues the names of the queues that the PBXs have */
export function settingsFeature(options: { settings: Settings; knownQueues(): readonly string[] }): Feature {
  const { settings, knownQueues } = options;
  return {
    sources: settingSources,
    routes: settingRoutes(settings, knownQueues),
    consumers: [settings.consumer()],
  };
}
