import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** `interrupt` stops what one does, `now` is a toast and the bell, `later` the bell alone. */
export const notificationWeight = z.enum(['interrupt', 'now', 'later']);

/** Something that one person should know; the same list on each of their devices. */
export const notification = z
  .object({
    id: z.string(),
    weight: notificationWeight,
    /** What kind it is: the page has a text for it in both languages, filled from `params`. */
    kind: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    /** A place in the page, e.g. `/tasks?id=…`; null when there is nothing more to see. */
    link: z.string().nullable(),
    at: z.iso.datetime(),
    readAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof notification>;

export const notificationsApi = {
  list: endpoint({
    id: 'notifications.list',
    method: 'GET',
    path: '/notifications',
    permission: 'session',
    summary: 'Lists your own notifications of the last 30 days, newest first.',
    answer: z.object({ notifications: z.array(notification), unread: z.int() }),
  }),
  read: endpoint({
    id: 'notifications.read',
    method: 'POST',
    path: '/notifications/read',
    permission: 'session',
    summary: 'Marks these notifications as read, or all of yours.',
    body: z.object({ ids: z.array(z.string().max(100)).max(500).nullable() }),
    example: { ids: null },
  }),
};
