import { z } from 'zod';

/**
 * The interaction record: one contact of one customer over one channel.
 * Times are ISO 8601 UTC with milliseconds, durations are whole milliseconds, and what is absent is `null`.
 */

const time = z.iso.datetime({ precision: 3 });
const duration = z.int().nonnegative();

export const direction = z.enum(['inbound', 'outbound', 'internal']);
/** Whether the caller lets the number be shown (Asterisk's CALLERID(pres)). */
export const presentation = z.enum(['allowed', 'withheld', 'unavailable']);
/** Who or what ended it. `unknown` stays until the proof corrects it. */
export const endedBy = z.enum(['caller', 'agent', 'transfer', 'system', 'unknown']);

export const interactionOutcome = z.enum([
  'answered',
  'abandoned',
  'short-abandoned',
  'callback',
  'voicemail',
  'flowed-out',
  'failed',
  'no-answer',
  'busy',
]);

export const entryOutcome = z.enum([
  'answered',
  'abandoned',
  'short-abandoned',
  'callback',
  'timeout',
  'key',
  'empty',
  'full',
  'redirected',
  'withdrawn',
  'unknown',
]);

export const legOutcome = z.enum([
  'answered',
  'missed',
  'busy',
  'declined',
  'unreachable',
  'elsewhere',
  'caller-left',
]);

/** One stay of one caller in one queue. `outcome` and `leftAt` are null while the caller waits. */
export const queueEntry = z.object({
  queue: z.string(),
  enteredAt: time,
  leftAt: time.nullable(),
  waitMs: duration.nullable(),
  position: z.int().nullable(),
  outcome: entryOutcome.nullable(),
  agent: z.string().nullable(),
  consultation: z.boolean(),
});

/** One ring of one agent's phone. `outcome` is null while it rings or talks. */
export const leg = z.object({
  agent: z.string(),
  device: z.string(),
  queue: z.string().nullable(),
  offeredAt: time,
  answeredAt: time.nullable(),
  endedAt: time.nullable(),
  ringMs: duration.nullable(),
  talkMs: duration.nullable(),
  holdMs: duration.nullable(),
  wrapUpMs: duration.nullable(),
  outcome: legOutcome.nullable(),
  endedBy: endedBy.nullable(),
  consultation: z.boolean(),
});

export const transfer = z.object({
  kind: z.enum(['blind', 'attended', 'pickup', 'park']),
  by: z.string().nullable(),
  to: z.string().nullable(),
  toQueue: z.string().nullable(),
  at: time,
});

/** What happened, in order; `what` is `queue.joined`, `leg.offered`, `ivr.choice` and the like, other keys depend on it. */
export const timelineItem = z.looseObject({ at: time, what: z.string() });

export const interaction = z.object({
  id: z.string(),
  pbx: z.string(),
  channel: z.literal('voice'),
  direction,
  number: z.string().nullable(),
  numberRaw: z.string().nullable(),
  presentation,
  name: z.string().nullable(),
  did: z.string().nullable(),
  customerId: z.string().nullable(),
  startedAt: time,
  answeredAt: time.nullable(),
  endedAt: time.nullable(),
  end: endedBy.nullable(),
  outcome: interactionOutcome.nullable(),
  ivrMs: duration,
  entries: z.array(queueEntry),
  legs: z.array(leg),
  transfers: z.array(transfer),
  survey: z.object({ score: z.int() }).nullable(),
  recording: z.string().nullable(),
  callbackRequested: z.boolean(),
  timeline: z.array(timelineItem),
  disposition: z.string().nullable(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  requests: z.array(z.string()),
  confidence: z.enum(['live', 'proved', 'repaired', 'estimated']),
});

export type Direction = z.infer<typeof direction>;
export type Presentation = z.infer<typeof presentation>;
export type EndedBy = z.infer<typeof endedBy>;
export type InteractionOutcome = z.infer<typeof interactionOutcome>;
export type EntryOutcome = z.infer<typeof entryOutcome>;
export type LegOutcome = z.infer<typeof legOutcome>;
export type QueueEntry = z.infer<typeof queueEntry>;
export type Leg = z.infer<typeof leg>;
export type Transfer = z.infer<typeof transfer>;
export type TimelineItem = z.infer<typeof timelineItem>;
export type Interaction = z.infer<typeof interaction>;

/** The interaction as a line of a customer's timeline. */
export const interactionSummary = z.object({
  id: z.string(),
  direction,
  number: z.string().nullable(),
  startedAt: time,
  endedAt: time.nullable(),
  outcome: interactionOutcome.nullable(),
  queue: z.string().nullable(),
  /** The agent who spoke last with the customer. */
  agent: z.string().nullable(),
  agentName: z.string().nullable(),
  talkMs: duration,
  disposition: z.string().nullable(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
});
export type InteractionSummary = z.infer<typeof interactionSummary>;

/** GET /api/customers/:id/timeline?limit= : newest first. */
export interface TimelineResult {
  interactions: InteractionSummary[];
}

/** GET /api/interactions?… : newest first; `next` is the cursor of the next page, null on the last one. */
export interface InteractionPage {
  interactions: Interaction[];
  next: string | null;
}
