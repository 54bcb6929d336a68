import { z } from 'zod';
import { customer, customerSummary } from './customer.ts';
import { deskChoices } from './desk-choices.ts';
import { endpoint } from './endpoint.ts';
import {
  direction,
  interactionSummary,
  legOutcome,
  presentation,
  timelineQuery,
  timelineResult,
} from './interaction.ts';

/**
 * The contract of the agent's desk. The server keeps one `DeskView` per agent and pushes it whole, with a rising version, to every device
 * of that agent and to nobody else (Socket.IO event `desk`); it is small, so that a device that missed something is right again with the
 * next push. What the agent does goes the other way over HTTP (`/api/desk/...`), each request answered by 204 or a clear error.
 */

/** `on-call` and `wrap-up` follow from calls; `available`, `break` and `offline` are chosen, and kept in step with the queues' pause. */
export const agentState = z.enum(['offline', 'available', 'break', 'ringing', 'on-call', 'wrap-up']);
export type AgentState = z.infer<typeof agentState>;

const time = z.iso.datetime();

/** Who the caller is. `several`: the number is several customers'; `learned` is the one picked last time. `failed`: the database did not answer. */
export const match = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('looking') }),
  z.object({ kind: z.literal('one'), customer }),
  z.object({
    kind: z.literal('several'),
    candidates: z.array(customerSummary),
    learned: z.string().nullable(),
    /** The last contact of each candidate that had one, by id: when, and what about. More of it only who is chosen shows. */
    last: z.record(z.string(), z.object({ at: time, reason: z.string().nullable() })).optional(),
  }),
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('withheld') }),
  z.object({ kind: z.literal('failed') }),
]);
export type Match = z.infer<typeof match>;

/**
 * `unanswered`: a call of the agent's own that nobody took. Its form is there for who has something to say; it keeps no call away, and goes by
 * itself (`wrapUpEndsAt`) unless something is written on it.
 * `unfinished`: the time of the wrap-up ran out and nobody confirmed an outcome. The form waits, and is saved later.
 */
export const cardPhase = z.enum([
  'ringing',
  'talking',
  'held',
  'wrap-up',
  'unfinished',
  'missed',
  'unanswered',
]);
export type CardPhase = z.infer<typeof cardPhase>;

/** How a call of the agent's own ended that nobody took. */
export const attemptOutcome = z.enum(['no-answer', 'busy', 'failed']);
export type AttemptOutcome = z.infer<typeof attemptOutcome>;

export const wrapUpDraft = z
  .object({
    disposition: z.string().max(60).nullable(),
    /** Path in the tree of reasons, e.g. `billing/invoice`. */
    reason: z.string().max(200).nullable(),
    note: z.string().max(8000),
    /** Rises with each change on any device; the server keeps the highest. */
    revision: z.int().nonnegative(),
  })
  .meta({ id: 'WrapUpDraft' });
export type WrapUpDraft = z.infer<typeof wrapUpDraft>;

/**
 * What became of a caller whom this agent did not take: still `waiting`, `taken` by somebody, `left` without having spoken with anybody, or gone to
 * the `voicemail`, or promised a `callback`.
 */
export const callerFate = z.object({
  state: z.enum(['waiting', 'taken', 'left', 'voicemail', 'callback']),
  /** The name of who took it. */
  by: z.string().nullable(),
});
export type CallerFate = z.infer<typeof callerFate>;

/** One call on one agent's desk. */
export const card = z
  .object({
    callId: z.string(),
    /** Place of this agent's leg in the interaction. */
    leg: z.int(),
    phase: cardPhase,
    direction,
    queue: z.string().nullable(),
    did: z.string().nullable(),
    number: z.string().nullable(),
    numberRaw: z.string().nullable(),
    presentation,
    callerName: z.string().nullable(),
    enteredQueueAt: time.nullable(),
    offeredAt: time,
    answeredAt: time.nullable(),
    endedAt: time.nullable(),
    outcome: legOutcome.nullable(),
    /** Set in the phase `unanswered`. */
    attempt: attemptOutcome.nullish(),
    /** Set in the phase `missed`. */
    fate: callerFate.nullish(),
    /** Since when the customer holds; set in the phase `held`. */
    heldSince: time.nullish(),
    /** Own talk with a colleague while the customer holds. */
    consultation: z.boolean(),
    match,
    /** Newest first, at most 20; of all the customer's numbers. */
    timeline: z.array(interactionSummary),
    /** How many contacts there are in all, and the cursor of those after `timeline`. */
    contacts: z.object({ total: z.int(), next: z.string().nullable() }).optional(),
    /** Set when the same customer was answered within the last 7 days. */
    repeat: z.object({ contacts: z.int(), last: interactionSummary }).nullable(),
    /** Set when the call came by a transfer: who gave it, and the note they had written so far. */
    transferredFrom: z
      .object({
        agent: z.string(),
        name: z.string(),
        note: z.string().nullable(),
        reason: z.string().nullable(),
        at: time,
      })
      .nullable(),
    wrapUp: wrapUpDraft,
    /** When the wrap-up ends by itself, though not while somebody writes in the form; null while it does not run, or when there is no limit. */
    wrapUpEndsAt: time.nullable(),
    /** The PBX can be asked to do these now. */
    can: z.object({ hangUp: z.boolean(), transfer: z.boolean() }),
    /** The call came back while the form about it was open, and this ring was not taken. */
    rang: z.object({ offeredAt: time, outcome: legOutcome, fate: callerFate }).nullish(),
    /** An attended transfer under way: the colleague is being called, and from `answeredAt` on is asked. */
    consulting: z.object({ to: z.string(), since: time, answeredAt: time.nullish() }).nullable(),
  })
  .meta({ id: 'Card' });
export type Card = z.infer<typeof card>;

export const deskView = z
  .object({
    /** Rises with every push; after a restart of the server `epoch` changes and the count starts again. */
    epoch: z.string(),
    version: z.int(),
    /** The server's clock, ms since the epoch: the page's timers run on it. */
    now: z.number(),
    agent: z.object({
      id: z.string(),
      name: z.string(),
      /** The agent's phones: where a call is dialled from first. */
      devices: z.array(z.string()),
      state: agentState,
      reason: z.string().nullable(),
      since: time,
      /** A break, or the end of work, that was chosen during a call: it begins when the call is over and its form is closed. */
      next: z.object({ state: agentState, reason: z.string().nullable() }).nullish(),
    }),
    /** Queues of which the agent's phone is a member. */
    queues: z.array(z.object({ name: z.string(), paused: z.boolean() })),
    phone: z.enum(['idle', 'ringing', 'in-use', 'busy', 'on-hold', 'unavailable', 'unknown']),
    /** `down`: the link to Asterisk is cut; live calls are "unknown" and timers freeze. */
    pbx: z.object({
      state: z.enum(['up', 'down']),
      since: time,
      message: z.string().nullable(),
      /**
       * `no-timestamps`: Asterisk does not time its events, so times are those of their arrival. `journal`: the disk does not take what the PBX
       * says, so a crash now would lose calls.
       */
      warning: z.enum(['no-timestamps', 'journal']).nullish(),
    }),
    /** Newest first; a card stays until its wrap-up is done or it is closed. */
    cards: z.array(card),
    /** Set when the PBX refused to pause or unpause the phone for the wrap-up, in its words: calls may come while the agent writes, or stay away. */
    pauseFailed: z.string().nullish(),
  })
  .meta({ id: 'DeskView' });
export type DeskView = z.infer<typeof deskView>;

/** To whom a call can be given. */
export const colleagues = z.object({
  agents: z.array(z.object({ agent: z.string(), name: z.string(), state: agentState })),
  /** Queues that can be dialled. */
  queues: z.array(z.string()),
});
export type Colleagues = z.infer<typeof colleagues>;

/* What the agent asks for, by HTTP. */
export const setStateInput = z.discriminatedUnion('state', [
  z.object({ state: z.literal('available') }),
  z.object({ state: z.literal('break'), reason: z.string().min(1).max(60) }),
  z.object({ state: z.literal('offline') }),
]);
export const dialInput = z.object({ number: z.string().trim().min(1).max(40) });
/** `to` is an extension, a number, or a queue's name. */
export const transferInput = z.object({
  kind: z.enum(['blind', 'attended']),
  to: z.string().trim().min(1).max(40),
});
export const consultationInput = z.object({ do: z.enum(['complete', 'cancel']) });
/** The pick among several, or the customer just created. */
export const pickInput = z.object({
  customerId: z.string().min(1).max(60),
  /** The number of the call becomes one of theirs; it is taken off again when the pick is taken back. */
  addNumber: z.boolean().optional(),
});
export const wrapUpInput = wrapUpDraft.omit({ revision: true });

/** Who writes in a form keeps it open so long, ms. */
export const writingHoldMs = 8_000;

const onCard = z.object({ callId: z.string().min(1).max(200) });
type DeskPath = `/desk${string}`;

/** What an agent asks for at the own desk; the answer is empty, and the change comes with the next view. */
function order<B extends z.ZodType | null>(
  verb: string,
  method: 'POST' | 'PUT',
  path: DeskPath,
  summary: string,
  body: B,
  example?: unknown,
) {
  return endpoint({ id: `desk.${verb}`, method, path, permission: 'desk.use', summary, body, example });
}

/** The same about one card of the own desk. */
function cardOrder<B extends z.ZodType | null>(
  verb: string,
  method: 'POST' | 'PUT',
  summary: string,
  body: B,
  example?: unknown,
) {
  return endpoint({
    id: `desk.${verb}`,
    method,
    path: `/desk/cards/:callId/${verb}`,
    permission: 'desk.use',
    summary,
    params: onCard,
    body,
    example,
  });
}

export const deskApi = {
  view: endpoint({
    id: 'desk.view',
    method: 'GET',
    path: '/desk',
    permission: 'desk.use',
    summary: 'Reads the own desk.',
    answer: deskView,
  }),
  choices: endpoint({
    id: 'desk.choices',
    method: 'GET',
    path: '/desk/settings',
    permission: 'session',
    summary: 'Reads the choices that an agent has: dispositions, reasons, breaks.',
    answer: deskChoices,
  }),
  colleagues: endpoint({
    id: 'desk.colleagues',
    method: 'GET',
    path: '/desk/colleagues',
    permission: 'desk.use',
    summary: 'Lists to whom a call can be given.',
    answer: colleagues,
  }),
  state: order(
    'state',
    'POST',
    '/desk/state',
    'Becomes available, goes on a break, or offline.',
    setStateInput,
    {
      state: 'available',
    },
  ),
  dial: order('dial', 'POST', '/desk/dial', 'Calls a number from the own phone.', dialInput, {
    number: '+74959550101',
  }),
  hangUp: cardOrder('hangup', 'POST', 'Hangs the call up.', null),
  transfer: cardOrder('transfer', 'POST', 'Transfers the call, blind or attended.', transferInput, {
    kind: 'blind',
    to: '1002',
  }),
  consultation: cardOrder(
    'consultation',
    'POST',
    'Completes an attended transfer, or takes the customer back.',
    consultationInput,
    { do: 'complete' },
  ),
  pick: cardOrder('customer', 'POST', 'Says who is calling.', pickInput, { customerId: 'c1' }),
  unpick: cardOrder('customer-undo', 'POST', 'Takes back the last word about who is calling.', null),
  lookUp: cardOrder('look-up', 'POST', 'Looks the caller up again, after it failed.', null),
  timeline: endpoint({
    id: 'desk.timeline',
    method: 'GET',
    path: '/desk/cards/:callId/timeline',
    permission: 'desk.use',
    summary: 'Lists what was between us and the caller of a card before, newest first.',
    params: onCard,
    query: timelineQuery,
    answer: timelineResult,
  }),
  draft: cardOrder('draft', 'PUT', 'Keeps what is written so far.', wrapUpDraft, {
    disposition: null,
    reason: null,
    note: 'Asked for the invoice',
    revision: 1,
  }),
  wrapUp: cardOrder(
    'wrap-up',
    'POST',
    'Saves the wrap-up, also one whose time ran out, and closes the card.',
    wrapUpInput,
    {
      disposition: 'resolved',
      reason: null,
      note: '',
    },
  ),
  writing: cardOrder(
    'writing',
    'POST',
    'Says that somebody writes in the form: it does not close in the next 8 s.',
    null,
  ),
  moreTime: cardOrder('more-time', 'POST', 'Lets the wrap-up end a minute later.', null),
  close: cardOrder('close', 'POST', 'Puts a missed or unanswered call away.', null),
};
