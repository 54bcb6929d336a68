import type { CallEvent, CallParty, DeviceState, LegRef, QueueMember } from '@ringdesk/shared/call-events';
import type { Customer, Identification } from '@ringdesk/shared/customer';
import type {
  AgentState,
  AttemptOutcome,
  CallerFate,
  CardPhase,
  DeskView,
  Match,
  WrapUpDraft,
} from '@ringdesk/shared/desk';
import type { InteractionSummary, LegOutcome, TimelineResult, WrapUpEnd } from '@ringdesk/shared/interaction';

/** The words of the desk model: what it keeps, what it is told, and what it asks for. Times are ms since the epoch unless they end in `At`
 * and are strings (ISO 8601 UTC). */

/**
 * An agent who has a desk. `id` is the agent's id in calls, `devices` are the agent's phones as Asterisk names them, e.g. `PJSIP/1001`, the one
 * for dialling first.
 */
export interface DeskAgent {
  id: string;
  name: string;
  devices: readonly string[];
}

export type Chosen = { state: 'available' | 'break' | 'offline'; reason: string | null };

/** One of the agent's phones as a member of one queue of one PBX. */
export interface Membership {
  queue: string;
  /** The member's interface, which may be a Local channel to the phone. */
  device: string;
  paused: boolean;
  reason: string | null;
}

export interface AgentDesk {
  agent: DeskAgent;
  /** The PBX on which the agent's phone was seen last; null before it was seen at all. */
  pbx: string | null;
  chosen: Chosen;
  /** Chosen during a call, for when it is over and written up. */
  next: Chosen | null;
  /** False until the agent or the PBX has said what holds; until then the PBX's word is taken, whatever it is. */
  known: boolean;
  /** What was chosen when the link broke, and until when a restarted PBX is told so again. */
  beforeDown: Chosen | null;
  reassertUntil: number;
  /** The agent wants calls although a wrap-up form is still open. */
  ready: boolean;
  memberships: Map<string, Membership>;
  /** How each of the agent's phones and interfaces is. */
  phones: Map<string, DeviceState>;
  /** Since when no device of the agent is connected, ms; null while one is, minus infinity when none ever was. */
  awaySince: number | null;
  /** Newest first. */
  cards: DeskCard[];
  shown: { state: AgentState; reason: string | null; since: string };
  version: number;
  /** A pause or unpause for the wrap-up that was asked of the PBX and is not seen in its events yet. */
  asked: { paused: boolean; at: number } | null;
  /** Why the PBX did not pause or unpause the phone, in its own words. */
  pauseFailed: string | null;
}

export interface DeskCard {
  callId: string;
  leg: number;
  uniqueid: string | null;
  channel: string | null;
  /** Other phones of the same agent that ring for the same call. */
  also: LegRef[];
  phase: CardPhase;
  queue: string | null;
  enteredQueueAt: string | null;
  offeredAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  outcome: LegOutcome | null;
  /** How the agent's own call ended that nobody took; null for any other. */
  attempt: AttemptOutcome | null;
  /** What became of the caller whom the agent did not take, `by` an agent's id; null in any other phase. */
  fate: CallerFate | null;
  heldSince: string | null;
  consultation: boolean;
  draft: WrapUpDraft;
  wrapUpStartedAt: number | null;
  wrapUpEndsAt: number | null;
  /** Somebody writes in the form: until then it does not close by itself. */
  writingUntil: number;
  /** Set in the phase `unfinished`: when the time ran out, and how long the wrap-up had taken (both ms). */
  expired: { at: number; wrapUpMs: number } | null;
  handedBy: { agent: string; at: string } | null;
  consulting: { to: string; since: string; answeredAt: string | null } | null;
  /** Restored from disk and not yet confirmed by any event of its call: since when. */
  unconfirmedSince: number | null;
  /** The open form about an earlier talk of the same call, which came back and rings: it is there again when nothing comes of the ring. */
  interrupts: DeskCard | null;
  /** A later ring of the same call that was not taken while this form was open. */
  rang: { offeredAt: string; outcome: LegOutcome; fate: CallerFate } | null;
}

interface LookUp {
  number: string | null;
  /** Counts the look-ups of this call, so that a late answer about an earlier number is told apart. */
  attempt: number;
  retryAt: number | null;
  failures: number;
}

export interface AddedNumber {
  customerId: string;
  number: string;
}

/** What is known about a call for as long as it lives or a card of it is open. */
export interface CallContext {
  id: string;
  pbx: string;
  party: CallParty | null;
  lookUp: LookUp;
  match: Match;
  /** The outside party that we called took the call. */
  answered: boolean;
  /** The agent who took the caller last, and when. */
  taken: { by: string; at: string } | null;
  /** An agent said who it is; a look-up by number does not overrule that. */
  picked: boolean;
  /** What was known before the agent said so. */
  beforePick: { match: Match; picked: boolean } | null;
  /** With the pick the number was put on a customer who did not have it. */
  added: AddedNumber | null;
  /** Several customers have the number: what came from it is not known to be any one's. */
  shared: boolean;
  history: TimelineResult;
  repeat: Repeat;
  entries: { queue: string; enteredAt: string }[];
  startedAt: string;
  lastTransfer: { by: string; at: string } | null;
  /** What each agent has written so far: it travels with the call. */
  notes: Map<string, WrapUpDraft>;
  /** Agents with an open card of this call. */
  agents: Set<string>;
  /** Agents whose phones had a part in it, in order: the two ends of an internal call. */
  legs: string[];
  ended: boolean;
  touched: number;
}

/** A wrap-up that is done, remembered for a day: a replay must not open it again, and a late word of the agent still counts. */
export interface Settled {
  at: number;
  revision: number;
  byLimit: boolean;
  record: WrapUpRecord;
}

export interface KnownPhone {
  device: string;
  pbx: string;
  /** Whose it is, as the call model says. */
  agent: string | null;
  state: DeviceState;
  /** By queue. */
  members: Map<string, QueueMember>;
}

type LinkWarning = Exclude<DeskView['pbx']['warning'], undefined>;

export interface Desks {
  agents: Map<string, AgentDesk>;
  calls: Map<string, CallContext>;
  /** What the PBXs say of all phones, also of those that are nobody's yet. By PBX and device. */
  phones: Map<string, KnownPhone>;
  links: Map<string, { state: 'up' | 'down'; since: number; message: string | null; warning: LinkWarning }>;
  /** By `draftKey`. */
  settled: Map<string, Settled>;
  wrapUpLimits: WrapUpLimits;
}

/** How long wrap-ups last, ms; 0: there is none, null: no limit. */
export interface WrapUpLimits {
  /** Of calls of no queue, and of queues that are not named. */
  other: number | null;
  queues: ReadonlyMap<string, number | null>;
}

/** What an agent leaves about a call. Writing it twice changes nothing. */
export interface WrapUpRecord {
  interactionId: string;
  agent: string;
  /** Place of the agent's leg in `interaction.legs`. */
  leg: number;
  disposition: string | null;
  reason: string | null;
  note: string | null;
  /** End of the leg to the end of the wrap-up, ms; null when there was none (the text was written, but the agent never spoke). */
  wrapUpMs: number | null;
  /** How the wrap-up ended; null when there was none. */
  ended: WrapUpEnd | null;
  at: string;
}

/** What of a card holds only while the server runs. */
type Passing =
  | 'unconfirmedSince'
  | 'channel'
  | 'also'
  | 'consulting'
  | 'interrupts'
  | 'writingUntil'
  | 'heldSince';

/** An open card as it is kept on disk (collection `desk_drafts`), so that a restart of the server shows it again. */
export interface DraftRecord {
  id: string;
  agent: string;
  callId: string;
  pbx: string;
  party: CallParty | null;
  customerId: string | null;
  card: Omit<DeskCard, Passing>;
  /** What the agent chose for when the work is over. */
  next: Chosen | null;
  /** Set when the wrap-up is done; such a record is only a memory of that. */
  settled: Settled | null;
  updatedAt: string;
}

export type DeskInput =
  | { type: 'call'; pbx: string; event: CallEvent }
  | {
      type: 'link';
      pbx: string;
      state: 'up' | 'down';
      message: string | null;
      /** The PBX itself was restarted while it was away: it has forgotten all pauses. */
      restarted: boolean;
      /** It works, but something should be put right in its configuration. */
      warning?: LinkWarning;
    }
  | { type: 'agents'; agents: readonly DeskAgent[] }
  | { type: 'identified'; callId: string; attempt: number; identification: Identification }
  | { type: 'look-up-failed'; callId: string; attempt: number }
  | { type: 'look-up-again'; callId: string }
  | { type: 'history'; callId: string; attempt: number; history: TimelineResult; repeat: Repeat }
  /** `by` is the agent; null when a pick is brought back after a restart, and everybody has been told of it. */
  | { type: 'picked'; callId: string; customer: Customer; by: string | null; added?: AddedNumber | null }
  | { type: 'unpicked'; callId: string; by: string }
  | { type: 'last-contacts'; callId: string; attempt: number; last: LastContacts }
  | { type: 'customer-changed'; customer: Customer }
  /** The first device of the agent connected, or the last one went. */
  | { type: 'present'; agent: string; present: boolean }
  | { type: 'chosen'; agent: string; chosen: Chosen }
  /** Chosen while a call, or its form, is at hand. */
  | { type: 'chosen-next'; agent: string; chosen: Chosen }
  | { type: 'pause-answered'; agent: string; failed: string | null }
  | { type: 'draft'; agent: string; callId: string; draft: WrapUpDraft }
  | { type: 'wrapped-up'; agent: string; callId: string; wrapUp: Omit<WrapUpDraft, 'revision'> }
  | { type: 'closed'; agent: string; callId: string }
  /** Somebody writes in the form. */
  | { type: 'writing'; agent: string; callId: string }
  | { type: 'more-time'; agent: string; callId: string }
  | { type: 'consulting'; agent: string; callId: string; to: string | null }
  | { type: 'restored'; records: readonly DraftRecord[] }
  /** Somebody changed the settings. */
  | { type: 'settings'; wrapUpLimits: WrapUpLimits }
  /** The server's clock was set by so much. */
  | { type: 'clock-set'; byMs: number }
  | { type: 'tick' };

/** Earlier calls that were answered a short time ago: how many, and the last one. */
export type Repeat = { contacts: number; last: InteractionSummary } | null;

/** By customer's id. */
export type LastContacts = NonNullable<Extract<Match, { kind: 'several' }>['last']>;

/** What the model asks to be done; the service does it, and tells the answer with a further input. */
export type Effect =
  | { do: 'look-up'; callId: string; number: string; attempt: number }
  | { do: 'fetch-customer'; callId: string; customerId: string; attempt: number }
  | { do: 'last-contacts'; callId: string; attempt: number; customers: string[] }
  | {
      do: 'history';
      callId: string;
      attempt: number;
      customerId: string | null;
      numbers: string[];
      /** Whether they called before, from when to when; null where that says nothing. */
      repeat: { since: string; until: string } | null;
    }
  | {
      do: 'pause';
      agent: string;
      pbx: string;
      device: string;
      paused: boolean;
      reason: string;
      /** Null: in all queues of the phone. */
      queues: string[] | null;
    }
  | { do: 'save-wrap-up'; record: WrapUpRecord }
  | { do: 'keep-draft'; record: DraftRecord }
  /** Null: nobody's (any more). */
  | {
      do: 'set-customer';
      interactionId: string;
      customerId: string | null;
      by: string;
      /** The number that became the customer's with it. */
      added: string | null;
    }
  | { do: 'take-number'; customerId: string; number: string; by: string }
  | { do: 'learn'; number: string; customerId: string | null; by: string };

/** What came of one input: the agents whose views changed, and the effects in the order in which they are to be done. */
export interface Outcome {
  now: number;
  changed: Set<string>;
  effects: Effect[];
}

export const noHistory: TimelineResult = { interactions: [], total: 0, next: null };

export const emptyDraft: WrapUpDraft = { disposition: null, reason: null, note: '', revision: 0 };

/** The key of what one agent writes about one call. */
export function draftKey(agent: string, callId: string): string {
  return `${agent} ${callId}`;
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export function createDesks(settings: { wrapUpLimitMs: number | null }): Desks {
  return {
    agents: new Map(),
    calls: new Map(),
    phones: new Map(),
    links: new Map(),
    settled: new Map(),
    wrapUpLimits: { other: settings.wrapUpLimitMs, queues: new Map() },
  };
}
