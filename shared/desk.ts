import { z } from 'zod';
import type { Customer, CustomerSummary } from './customer.ts';
import type { Direction, InteractionSummary, LegOutcome, Presentation } from './interaction.ts';

/**
 * The contract of the agent's desk. The server keeps one `DeskView` per agent and pushes it whole, with a rising version, to every device
 * of that agent and to nobody else (Socket.IO event `desk`); it is small, so that a device that missed something is right again with the
 * next push. What the agent does goes the other way over HTTP (`/api/desk/...`), each request answered by 204 or a clear error.
 */

/** `on-call` and `wrap-up` follow from calls; `available`, `break` and `offline` are chosen, and kept in step with the queues' pause. */
export const agentState = z.enum(['offline', 'available', 'break', 'ringing', 'on-call', 'wrap-up']);
export type AgentState = z.infer<typeof agentState>;

export interface DeskView {
  /** Rises with every push; after a restart of the server `epoch` changes and the count starts again. */
  epoch: string;
  version: number;
  /** The server's clock, ms since the epoch: the page's timers run on it. */
  now: number;
  agent: {
    id: string;
    name: string;
    device: string;
    state: AgentState;
    reason: string | null;
    since: string;
  };
  /** Queues of which the agent's phone is a member. */
  queues: { name: string; paused: boolean }[];
  phone: 'idle' | 'ringing' | 'in-use' | 'busy' | 'on-hold' | 'unavailable' | 'unknown';
  /** `down`: the link to Asterisk is cut; live calls are "unknown" and timers freeze. */
  pbx: { state: 'up' | 'down'; since: string; message: string | null };
  /** Newest first; a card stays until its wrap-up is done or it is closed. */
  cards: Card[];
  /** Set when the PBX refused to pause or unpause the phone for the wrap-up, in its words: calls may come while the agent writes, or stay away. */
  pauseFailed?: string | null;
}

export type Match =
  | { kind: 'looking' }
  | { kind: 'one'; customer: Customer }
  | { kind: 'several'; candidates: CustomerSummary[]; learned: string | null }
  | { kind: 'none' }
  | { kind: 'withheld' }
  | { kind: 'failed' };

/**
 * `unanswered`: a call of the agent's own that nobody took. Its form is there for who has something to say; it keeps no call away, and goes by
 * itself (`wrapUpEndsAt`) unless something is written on it.
 */
export type CardPhase = 'ringing' | 'talking' | 'held' | 'wrap-up' | 'missed' | 'unanswered';

/** How a call of the agent's own ended that nobody took. */
export const attemptOutcome = z.enum(['no-answer', 'busy', 'failed']);
export type AttemptOutcome = z.infer<typeof attemptOutcome>;

/** One call on one agent's desk. */
export interface Card {
  callId: string;
  /** Place of this agent's leg in the interaction. */
  leg: number;
  phase: CardPhase;
  direction: Direction;
  queue: string | null;
  did: string | null;
  number: string | null;
  numberRaw: string | null;
  presentation: Presentation;
  callerName: string | null;
  enteredQueueAt: string | null;
  offeredAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  outcome: LegOutcome | null;
  /** Set in the phase `unanswered`. */
  attempt?: AttemptOutcome | null;
  /** Own talk with a colleague while the customer holds. */
  consultation: boolean;
  match: Match;
  /** Newest first, at most 20; of all the customer's numbers. */
  timeline: InteractionSummary[];
  /** Set when the same customer was answered within the last 7 days. */
  repeat: { contacts: number; last: InteractionSummary } | null;
  /** Set when the call came by a transfer: who gave it, and the note they had written so far. */
  transferredFrom: {
    agent: string;
    name: string;
    note: string | null;
    reason: string | null;
    at: string;
  } | null;
  wrapUp: WrapUpDraft;
  /** When the wrap-up ends by itself; null while it does not run, or when there is no limit. */
  wrapUpEndsAt: string | null;
  /** The PBX can be asked to do these now. */
  can: { hangUp: boolean; transfer: boolean };
  /** An attended transfer under way: the colleague is being asked. */
  consulting: { to: string; since: string } | null;
}

/** Also the body of PUT /api/desk/cards/:callId/draft */
export const wrapUpDraft = z.object({
  disposition: z.string().max(60).nullable(),
  /** Path in the tree of reasons, e.g. `billing/invoice`. */
  reason: z.string().max(200).nullable(),
  note: z.string().max(8000),
  /** Rises with each change on any device; the server keeps the highest. */
  revision: z.int().nonnegative(),
});
export type WrapUpDraft = z.infer<typeof wrapUpDraft>;

/** The choices that an agent has; names come in both languages from the server's settings. */
export interface DeskSettings {
  dispositions: { id: string; name: { ru: string; en: string } }[];
  reasons: ReasonNode[];
  breakReasons: { id: string; name: { ru: string; en: string } }[];
  wrapUpLimitMs: number | null;
  defaultRegion: string;
  /** True while the embedded store serves: the page shows a quiet note. */
  embeddedStore: boolean;
  /** True while the simulator serves instead of a PBX. */
  simulated: boolean;
}
/** GET /api/desk/colleagues: to whom a call can be given. */
export interface Colleagues {
  agents: { agent: string; name: string; state: AgentState }[];
  /** Queues that can be dialled. */
  queues: string[];
}
export interface ReasonNode {
  id: string;
  name: { ru: string; en: string };
  children: ReasonNode[];
}

/* What the agent asks for, by HTTP. Every body is parsed by these. */
/** POST /api/desk/state */
export const setStateInput = z.discriminatedUnion('state', [
  z.object({ state: z.literal('available') }),
  z.object({ state: z.literal('break'), reason: z.string().min(1).max(60) }),
  z.object({ state: z.literal('offline') }),
]);
/** POST /api/desk/dial */
export const dialInput = z.object({ number: z.string().trim().min(1).max(40) });
/** POST /api/desk/cards/:callId/hangup has no body. */
/** POST /api/desk/cards/:callId/transfer; `to` is an extension, a number, or a queue's name. */
export const transferInput = z.object({
  kind: z.enum(['blind', 'attended']),
  to: z.string().trim().min(1).max(40),
});
/** POST /api/desk/cards/:callId/consultation */
export const consultationInput = z.object({ do: z.enum(['complete', 'cancel']) });
/** POST /api/desk/cards/:callId/customer: the pick among several, or the customer just created. */
export const pickInput = z.object({ customerId: z.string().min(1).max(60) });
/** POST /api/desk/cards/:callId/look-up: asks again who is calling, when the match is `failed`. No body. It is also tried again by itself. */
/** POST /api/desk/cards/:callId/wrap-up: saves, closes the card and ends the wrap-up. */
export const wrapUpInput = wrapUpDraft.omit({ revision: true });
/** POST /api/desk/cards/:callId/close: puts a missed or unanswered card away. No body. */

/** Socket.IO: what the server says to a device. */
export interface ServerToClient {
  desk: (view: DeskView) => void;
  /** The session ended (logout elsewhere, user removed): the page goes to the login. */
  bye: () => void;
}
/** Socket.IO: a device asks for the whole view, e.g. after waking up. */
export interface ClientToServer {
  resync: () => void;
  /** The card of this call is on screen: `shownAfterMs` since the push arrived. Feeds the pop latency metric. */
  painted: (card: { callId: string; shownAfterMs: number }) => void;
}
