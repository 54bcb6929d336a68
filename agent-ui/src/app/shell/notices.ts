import { type Notification, notificationsApi } from '@ringdesk/shared/notification';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { call } from '../../platform/api/call.ts';
import type { Notice } from '../../platform/feature.ts';
import { useFeatures } from '../../platform/slots.tsx';

/** What changes to notifications reload is in `platform/live/LiveReloads.tsx`. */
const noticesKey = ['notifications'];

/** One's own notifications, newest first; the same list on each device. */
export function useNotices() {
  return useQuery({
    queryKey: noticesKey,
    queryFn: ({ signal }) => call(notificationsApi.list, {}, { signal }),
  });
}

/** Marks these as read, or all with null. The list says so at once, whatever the way to the server takes. */
export function useReadNotices() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[] | null) => call(notificationsApi.read, { body: { ids } }),
    onMutate: (ids) => {
      client.setQueryData<{ notifications: Notification[]; unread: number }>(noticesKey, (old) => {
        if (old === undefined) return old;
        const readAt = new Date().toISOString();
        const notifications = old.notifications.map((one) =>
          one.readAt === null && (ids === null || ids.includes(one.id)) ? { ...one, readAt } : one,
        );
        const read = notifications.filter((one, i) => one !== old.notifications[i]).length;
        return { notifications, unread: ids === null ? 0 : Math.max(0, old.unread - read) };
      });
    },
    onSettled: () => client.invalidateQueries({ queryKey: noticesKey }),
  });
}

/** How a notification is said: by the feature that its kind belongs to. */
export function useNoticeWords(): (notification: Notification) => ReturnType<Notice> {
  const features = useFeatures();
  return ({ kind, params }) => {
    const words = features.find(({ notices }) => notices?.[kind])?.notices?.[kind];
    return words ? words(params) : { text: i18next.t('notices.unknown'), icon: IconInfoCircle };
  };
}

/**
 * Those that are shown as a toast now: new since the page has looked, not read on another device, and of a weight that interrupts.
 * @param known ids that the page has looked at; null before the first time, when nothing is new
 */
export function freshNotices(
  notifications: readonly Notification[],
  known: ReadonlySet<string> | null,
): Notification[] {
  if (known === null) return [];
  return notifications.filter(
    ({ id, weight, readAt }) => weight !== 'later' && readAt === null && !known.has(id),
  );
}
