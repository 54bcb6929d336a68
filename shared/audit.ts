import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { actor, fieldChanges } from './event.ts';

const thing = z.object({ kind: z.string(), id: z.string() });

/** Who did what to what, when and from where: a change of a thing, or an access (a log-in, a dial, a refused look). Kept for ever, never changed. */
export const auditRecord = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    actor,
    /** `<kind>.<what happened>` of a change, e.g. `customer.changed`; a word of an access, e.g. `login-failed`. */
    what: z.string(),
    entity: thing.nullable(),
    /** Where it was asked for. */
    address: z.string().nullable(),
    /** Of the request, also in the log. */
    requestId: z.string().nullable(),
    changes: fieldChanges,
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'AuditRecord' });
export type AuditRecord = z.infer<typeof auditRecord>;

/** Newest first; `next` is the cursor of the next page, null on the last one. */
export const auditPage = z.object({ records: z.array(auditRecord), next: z.string().nullable() });
export type AuditPage = z.infer<typeof auditPage>;

const moment = z.iso.datetime({ offset: true }).optional();
const text = z.string().min(1).max(200).optional();
const paging = {
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
export const auditQuery = z.object({
  /** The id of a user or of a token. */
  actor: text,
  what: text,
  /** The kind of thing, e.g. `customer`. */
  kind: text,
  entity: text,
  from: moment,
  to: moment,
  ...paging,
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditApi = {
  list: endpoint({
    id: 'audit.list',
    method: 'GET',
    path: '/audit',
    permission: 'audit.read',
    summary: 'Lists who did what to what, when and from where. Newest first.',
    query: auditQuery,
    answer: auditPage,
  }),
  history: endpoint({
    id: 'audit.history',
    method: 'GET',
    path: '/history/:kind/:id',
    permission: 'session',
    summary: 'Lists what happened to one thing, newest first, for whoever may read that thing.',
    params: z.object({ kind: z.string().min(1).max(60), id: z.string().min(1).max(200) }),
    query: z.object(paging),
    answer: auditPage,
  }),
};
