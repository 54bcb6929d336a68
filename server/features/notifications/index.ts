import { randomUUID } from 'node:crypto';
import { type Notification, notificationsApi } from '@ringdesk/shared/notification';
import { implement } from '../../platform/api/index.ts';
import { eventOf, type WithEvents } from '../../platform/events/index.ts';
import type { Feature } from '../../platform/feature.ts';
import { isDuplicate, type Store } from '../../platform/store/index.ts';

interface Kept extends Omit<Notification, 'id' | 'at' | 'readAt'>, WithEvents {
  _id: string;
  userId: string;
  at: Date;
  readAt: Date | null;
}

const notificationsName = 'notifications';
const keptForSeconds = 30 * 86_400;
const mostShown = 100;

/** What people should know: kept by the server, so that it is the same on each device. */
export interface Notifications extends Feature {
  /**
   * Tells one person.
   * @param notice `key`: the same key is told once, however often it is asked for; e.g. of a job that runs a second time
   */
  tell(
    notice: Pick<Notification, 'weight' | 'kind' | 'params' | 'link'> & { userId: string; key?: string },
  ): Promise<void>;
}

export function createNotifications({
  store,
  now = () => new Date(),
}: {
  store: Store;
  now?: () => Date;
}): Notifications {
  store.index(notificationsName, [
    { key: { userId: 1, at: -1 }, name: 'user' },
    { key: { at: 1 }, name: 'old', expireAfterSeconds: keptForSeconds },
  ]);
  const collection = () => store.collection<Kept>(notificationsName);

  async function tell({ userId, key, ...notice }: Parameters<Notifications['tell']>[0]): Promise<void> {
    const at = now();
    // Told by the person's id: what it says is read by its person alone.
    const entity = { kind: 'notification', id: userId };
    const event = eventOf({ type: 'notification.told', entity, at, version: at.getTime(), changes: {} });
    const _id = key ?? randomUUID();
    await collection()
      .insertOne({ _id, userId, ...notice, at, readAt: null, events: [event] })
      .catch((error: unknown) => {
        if (!isDuplicate(error)) throw error;
      });
  }

  const routes = [
    implement(notificationsApi.list, async ({ user }) => {
      const own = { userId: user.id };
      const [found, unread] = await Promise.all([
        collection().find(own).sort({ at: -1 }).limit(mostShown).toArray(),
        collection().countDocuments({ ...own, readAt: null }),
      ]);
      return { notifications: found.map(shown), unread };
    }),
    implement(notificationsApi.read, async ({ user, body: { ids } }) => {
      const which = ids === null ? {} : { _id: { $in: ids } };
      await collection().updateMany({ ...which, userId: user.id, readAt: null }, { $set: { readAt: now() } });
    }),
  ];
  return { tell, routes, sources: [notificationsName] };
}

function shown({ _id, weight, kind, params, link, at, readAt }: Kept): Notification {
  return {
    id: _id,
    weight,
    kind,
    params,
    link,
    at: at.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  };
}
