import { z } from 'zod';

/** Who did something: a user, a program with a token, or the server itself (an import that goes on, a limit that ended). */
export const actor = z.object({
  kind: z.enum(['user', 'token', 'system']),
  /** The user's or the token's id; null for the server itself. */
  id: z.string().nullable(),
  name: z.string(),
});
export type Actor = z.infer<typeof actor>;

/** Who did what nobody asked for. */
export const systemActor: Actor = { kind: 'system', id: null, name: 'Ringdesk' };

/** The fields that changed, each before and after; a field of a new thing has no before. */
export const fieldChanges = z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() }));
export type FieldChanges = z.infer<typeof fieldChanges>;

/** Something that happened to something, as the event log keeps it. It is told at least once, in order per entity. */
export const domainEvent = z.object({
  id: z.string(),
  /** `<entity>.<what happened>`, past tense, e.g. `customer.created`. */
  type: z.string(),
  at: z.iso.datetime(),
  actor,
  entity: z.object({ kind: z.string(), id: z.string() }),
  /** The entity's version after it; it rises with each change. */
  version: z.number(),
  changes: fieldChanges,
  /** Of the request that did it, also in the log; null when none did. */
  requestId: z.string().nullable(),
  /** Where the request came from. */
  address: z.string().nullable(),
});
export type DomainEvent = z.infer<typeof domainEvent>;
