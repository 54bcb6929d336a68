import { z } from 'zod';
import { endpoint } from './endpoint.ts';

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

/**
 * How the contact as a whole ended. `short-abandoned`: the caller hung up within `SHORT_ABANDON_MS`. `flowed-out`: the caller left a menu or
 * the queues without having reached anybody. `failed`, `no-answer`, `busy`: an outbound or internal call that nobody took.
 */
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

/**
 * How a stay in a queue ended. `timeout`, `key`, `empty`, `full`: app_queue's own ends (QUEUESTATUS). `redirected`: somebody took the caller
 * elsewhere. `withdrawn`: a supervisor took the caller out (QueueWithdrawCaller). `refused`: the queue had an agent on the line who was asked to accept
 * the call and did not, and it let the caller go.
 */
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
  'refused',
  'unknown',
]);

/** How a ring ended. `elsewhere`: another phone took the call. `caller-left`: the caller hung up first. `unreachable`: the phone was not connected. */
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

/**
 * How the wrap-up of a leg ended: `saved` by the agent; `expired`, its time ran out and no outcome was given; `completed`, it had expired and
 * the agent gave the outcome later.
 */
export const wrapUpEnd = z.enum(['saved', 'expired', 'completed']);
export type WrapUpEnd = z.infer<typeof wrapUpEnd>;

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
  /** How the wrap-up ended, who said so (an agent's id) and when; not there while there is no such word. */
  wrapUp: z.object({ ended: wrapUpEnd, by: z.string(), at: time }).optional(),
  outcome: legOutcome.nullable(),
  endedBy: endedBy.nullable(),
  consultation: z.boolean(),
});

/** One transfer: `by` and `to` are agents' ids or numbers, `toQueue` a queue's name; what is not known is null. */
export const transfer = z.object({
  kind: z.enum(['blind', 'attended', 'pickup', 'park']),
  by: z.string().nullable(),
  to: z.string().nullable(),
  toQueue: z.string().nullable(),
  at: time,
});

/** What happened, in order; `what` is `queue.joined`, `leg.offered`, `ivr.choice` and the like, other keys depend on it. */
export const timelineItem = z.looseObject({ at: time, what: z.string() });

export const interaction = z
  .object({
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
  })
  .meta({ id: 'Interaction' });

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
export const interactionSummary = z
  .object({
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
    /** Names of other customers who have the number, where nobody said whose contact it was: it may have been any of them. */
    sharedWith: z.array(z.string()),
  })
  .meta({ id: 'InteractionSummary' });
export type InteractionSummary = z.infer<typeof interactionSummary>;

/** The contacts of one customer over all of their numbers, newest first: a page of them, how many there are in all, and the cursor of the next page. */
export const timelineResult = z.object({
  interactions: z.array(interactionSummary),
  total: z.int().nonnegative(),
  next: z.string().nullable(),
});
/** A page of a timeline. `cursor` is `next` of the page before. */
export const timelineQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(20),
  cursor: z.string().max(300).optional(),
});
export type TimelineResult = z.infer<typeof timelineResult>;

/** Newest first; `next` is the cursor of the next page, null on the last one. */
export const interactionPage = z.object({ interactions: z.array(interaction), next: z.string().nullable() });
export type InteractionPage = z.infer<typeof interactionPage>;

const text = z.string().min(1).max(100).optional();
const moment = z.iso.datetime({ offset: true }).optional();
/** `from` and `to` bound `startedAt`: at or after, before. `cursor` is `next` of the page before, unchanged. */
export const interactionQuery = z.object({
  customerId: text,
  number: text,
  agent: text,
  queue: text,
  outcome: interactionOutcome.optional(),
  from: moment,
  to: moment,
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type InteractionQuery = z.infer<typeof interactionQuery>;

export const interactionsApi = {
  list: endpoint({
    id: 'interactions.list',
    method: 'GET',
    path: '/interactions',
    permission: 'interactions.read',
    summary: 'Lists contacts, newest first. With the scope own: of one customer, of one number, or your own.',
    query: interactionQuery,
    answer: interactionPage,
  }),
  read: endpoint({
    id: 'interactions.read',
    method: 'GET',
    path: '/interactions/:id',
    permission: 'interactions.read',
    summary: 'Reads one contact; a call is there when it has ended and was written.',
    params: z.object({ id: z.string().min(1).max(200) }),
    answer: interaction,
  }),
  setCustomer: endpoint({
    id: 'interactions.customer',
    method: 'POST',
    path: '/interactions/:id/customer',
    permission: 'customers.write',
    summary: 'Says whose contact it was, when it was taken for that of another customer.',
    params: z.object({ id: z.string().min(1).max(200) }),
    body: z.object({ customerId: z.string().min(1).max(60).nullable() }),
    answer: z.object({
      /** The number that had been put on the other customer by hand, and was taken off; null when there was none. */
      numberTaken: z.string().nullable(),
    }),
    example: { customerId: 'c1' },
  }),
};
