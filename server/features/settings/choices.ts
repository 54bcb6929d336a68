import type { DeskSettings } from '@ringdesk/shared/desk-choices';
import { type HouseSettings, wrapUpLimitOf } from './rules.ts';

/** What an agent's page needs of the settings, with what is known of the house beside them. */
export function choicesOf(
  settings: HouseSettings,
  facts: Pick<DeskSettings, 'defaultRegion' | 'embeddedStore' | 'simulated'>,
): DeskSettings {
  return {
    dispositions: settings.dispositions.list,
    reasons: settings.reasons.tree,
    breakReasons: settings.breaks.list,
    queues: [...settings.queues].map(([name, { title, color, dispositions }]) => ({
      name,
      title,
      color,
      dispositions,
    })),
    wrapUpLimitMs: wrapUpLimitOf(settings, null) || null,
    timeZone: settings.time.timeZone,
    ...facts,
  };
}
