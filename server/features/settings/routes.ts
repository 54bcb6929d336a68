import { queueSettingsApi, settingSubjects } from '@ringdesk/shared/settings';
import { implement, type Route } from '../../platform/api/index.ts';
import type { Settings } from './service.ts';

/** @param knownQueues the names of the queues that the PBXs have */
export function settingRoutes(settings: Settings, knownQueues: () => readonly string[]): Route[] {
  const api = settingSubjects;
  return [
    implement(queueSettingsApi.list, async () => ({ queues: await settings.listQueues(knownQueues()) })),
    implement(queueSettingsApi.write, ({ params: { name }, body }) => settings.writeQueue(name, body)),
    implement(api.queueDefaults.read, () => settings.read('queueDefaults')),
    implement(api.queueDefaults.write, ({ body }) => settings.write('queueDefaults', body)),
    implement(api.dispositions.read, () => settings.read('dispositions')),
    implement(api.dispositions.write, ({ body }) => settings.write('dispositions', body)),
    implement(api.reasons.read, () => settings.read('reasons')),
    implement(api.reasons.write, ({ body }) => settings.write('reasons', body)),
    implement(api.breaks.read, () => settings.read('breaks')),
    implement(api.breaks.write, ({ body }) => settings.write('breaks', body)),
    implement(api.time.read, () => settings.read('time')),
    implement(api.time.write, ({ body }) => settings.write('time', body)),
    implement(api.calendars.read, () => settings.read('calendars')),
    implement(api.calendars.write, ({ body }) => settings.write('calendars', body)),
    implement(api.numbers.read, () => settings.read('numbers')),
    implement(api.numbers.write, ({ body }) => settings.write('numbers', body)),
    implement(api.retention.read, () => settings.read('retention')),
    implement(api.retention.write, ({ body }) => settings.write('retention', body)),
  ];
}
