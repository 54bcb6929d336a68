import { attemptOutcome, callerFate, wrapUpDraft } from '@ringdesk/shared/desk';
import { direction, legOutcome, presentation, wrapUpEnd } from '@ringdesk/shared/interaction';
import { z } from 'zod';
import type { DraftRecord, WrapUpRecord } from './state.ts';

/** The shapes in which the desk keeps things on disk and in the database; whatever is read back is parsed by these. */

const wrapUpRecord: z.ZodType<WrapUpRecord> = z.object({
  interactionId: z.string(),
  agent: z.string(),
  leg: z.int().nonnegative(),
  disposition: z.string().nullable(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  wrapUpMs: z.int().nonnegative().nullable(),
  ended: wrapUpEnd.nullable().default(null),
  at: z.string(),
});

const party = z.object({
  direction,
  number: z.string().nullable(),
  numberRaw: z.string().nullable(),
  presentation,
  name: z.string().nullable(),
  did: z.string().nullable(),
});

const keptCard = z.object({
  callId: z.string(),
  leg: z.int().nonnegative(),
  uniqueid: z.string().nullable(),
  phase: z.enum(['ringing', 'talking', 'held', 'wrap-up', 'unfinished', 'missed', 'unanswered']),
  queue: z.string().nullable(),
  enteredQueueAt: z.string().nullable(),
  offeredAt: z.string(),
  answeredAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  outcome: legOutcome.nullable(),
  attempt: attemptOutcome.nullable().default(null),
  fate: callerFate.nullable().default(null),
  consultation: z.boolean(),
  draft: wrapUpDraft,
  wrapUpStartedAt: z.number().nullable(),
  wrapUpEndsAt: z.number().nullable(),
  expired: z.object({ at: z.number(), wrapUpMs: z.int().nonnegative() }).nullable().default(null),
  handedBy: z.object({ agent: z.string(), at: z.string() }).nullable(),
  rang: z.object({ offeredAt: z.string(), outcome: legOutcome, fate: callerFate }).nullable().default(null),
});

export const draftRecord: z.ZodType<DraftRecord> = z.object({
  id: z.string(),
  agent: z.string(),
  callId: z.string(),
  pbx: z.string(),
  party: party.nullable(),
  customerId: z.string().nullable(),
  card: keptCard,
  next: z
    .object({ state: z.enum(['available', 'break', 'offline']), reason: z.string().nullable() })
    .nullable()
    .default(null),
  settled: z
    .object({ at: z.number(), revision: z.int(), byLimit: z.boolean(), record: wrapUpRecord })
    .nullable(),
  updatedAt: z.string(),
});

/** What waits for the database. */
export const outboxItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('wrap-up'), record: wrapUpRecord }),
  z.object({ kind: z.literal('draft'), record: draftRecord }),
  z.object({
    kind: z.literal('customer'),
    interactionId: z.string(),
    customerId: z.string().nullable(),
    by: z.string(),
    added: z.string().nullable().default(null),
  }),
  z.object({
    kind: z.literal('take-number'),
    customerId: z.string(),
    number: z.string(),
    by: z.string(),
  }),
  z.object({
    kind: z.literal('learn'),
    number: z.string(),
    customerId: z.string().nullable(),
    by: z.string(),
  }),
]);
export type OutboxItem = z.infer<typeof outboxItem>;

/** Items of one key say the same thing, the later one better: an earlier one that still waits need not be written any more. */
export function keyOf(item: OutboxItem): string {
  switch (item.kind) {
    case 'wrap-up':
      return `wrap-up ${item.record.interactionId} ${item.record.leg}`;
    case 'draft':
      return `draft ${item.record.id}`;
    case 'customer':
      return `customer ${item.interactionId}`;
    case 'take-number':
      return `take-number ${item.customerId} ${item.number}`;
    case 'learn':
      return `learn ${item.number}`;
  }
}
