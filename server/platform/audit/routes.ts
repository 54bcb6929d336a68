import { auditApi } from '@ringdesk/shared/audit';
import { implement, type Route } from '../api/index.ts';
import type { Member } from '../auth/index.ts';
import { Refusal } from '../errors.ts';
import type { Store } from '../store/index.ts';
import { listRecords } from './records.ts';

/** By the kind of thing: whether somebody may read this one, and so what happened to it. */
export type HistoryReaders = Readonly<
  Record<string, (user: Member, id: string) => boolean | Promise<boolean>>
>;

/** @param readers by the kind of thing; of a kind that is not among them there is no history */
export function auditRoutes({ store, readers }: { store: Store; readers: HistoryReaders }): Route[] {
  return [
    implement(auditApi.list, ({ query }) => listRecords(store, query)),
    implement(auditApi.history, async ({ params: { kind, id }, query, user }) => {
      const mayRead = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
      if (mayRead === undefined || !(await mayRead(user, id)))
        throw new Refusal('not-found', `There is no ${kind} ${id} whose history you may read.`);
      return listRecords(store, { ...query, kind, entity: id });
    }),
  ];
}
