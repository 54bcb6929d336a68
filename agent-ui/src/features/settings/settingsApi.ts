import { queueSettingsApi, settingSubjects } from '@ringdesk/shared/settings';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../platform/api/call.ts';

/** A subject as it stands on the server. */
export interface Kept<V> {
  value: V;
  version: number;
}

/** How each subject is read. */
export const readSetting = {
  queueDefaults: () => call(settingSubjects.queueDefaults.read, {}),
  dispositions: () => call(settingSubjects.dispositions.read, {}),
  reasons: () => call(settingSubjects.reasons.read, {}),
  breaks: () => call(settingSubjects.breaks.read, {}),
  time: () => call(settingSubjects.time.read, {}),
  calendars: () => call(settingSubjects.calendars.read, {}),
};
type Subject = keyof typeof readSetting;

/** A subject, read again when somebody changes it. @param read `readSetting[name]` */
export function useSetting<V>(name: Subject, read: () => Promise<Kept<V>>) {
  return useQuery({ queryKey: ['settings', name], queryFn: read });
}

export const readQueues = async () => (await call(queueSettingsApi.list, {})).queues;

export function useQueueSettings() {
  return useQuery({ queryKey: ['settings', 'queues'], queryFn: readQueues });
}

/** Puts one thing of a list in its place, or at its end. */
export function withItem<T extends { id: string }>(list: readonly T[], item: T): T[] {
  const at = list.findIndex(({ id }) => id === item.id);
  return at < 0 ? [...list, item] : list.map((one, n) => (n === at ? item : one));
}

/** An id for something new, from its English name: it stands in records for ever. */
export function idFrom(name: string, taken: readonly string[]): string {
  const plain =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 36) || 'item';
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? plain : `${plain}-${n}`;
    if (!taken.includes(id)) return id;
  }
}
