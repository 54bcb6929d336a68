import type { EntryOutcome, Interaction, Leg, LegOutcome, Transfer } from '../interaction.ts';

/** What is counted of a contact, as it stands in its record. Nothing here knows a threshold: those may be changed for the past. */

/**
 * The outcomes of a queue entry; together they are all entries. Whether an abandoned one was short is said by the limit of the day on which it is asked.
 */
export const entryClasses = ['answered', 'abandoned', 'callback', 'flowed-out', 'open'] as const;
export type EntryClass = (typeof entryClasses)[number];

export interface EntryFact {
  queue: string;
  /** When the caller entered: the entry belongs there, whatever happens later. ms since the epoch */
  at: number;
  class: EntryClass;
  /** Who answered; null while nobody has. */
  agent: string | null;
  /** 0 while it is open. */
  waitMs: number;
}

/** What became of an offer to an agent. */
export const offerClasses = ['answered', 'missed', 'refused', 'unreachable', 'elsewhere', 'open'] as const;
export type OfferClass = (typeof offerClasses)[number];

export interface LegFact {
  agent: string;
  queue: string | null;
  /** When the phone began to ring, ms since the epoch. */
  at: number;
  class: OfferClass;
  ringMs: number;
  talkMs: number;
  holdMs: number;
  /** null: there was none, or it is not over. */
  wrapUpMs: number | null;
  /** How the agent handed the customer on; null when the agent did not. */
  transfer: TransferClass | null;
}

/** By how it was done and whereto. */
export interface TransferClass {
  kind: 'blind' | 'attended';
  to: 'queue' | 'agent' | 'outside';
}

/** The contact as a whole, once, however many queues and agents it went through. */
export interface ContactFact {
  /** When it began, ms since the epoch. */
  at: number;
  direction: 'inbound' | 'outbound';
  answered: boolean;
  /** The first queue that it was in. */
  queue: string | null;
  /** Who talked last with the customer; null when nobody did. */
  agent: string | null;
}

export interface Facts {
  /** null: a call among ourselves. */
  contact: ContactFact | null;
  entries: EntryFact[];
  legs: LegFact[];
}

const entryClassOf: Record<EntryOutcome, EntryClass> = {
  answered: 'answered',
  abandoned: 'abandoned',
  'short-abandoned': 'abandoned',
  callback: 'callback',
  timeout: 'flowed-out',
  key: 'flowed-out',
  empty: 'flowed-out',
  full: 'flowed-out',
  redirected: 'flowed-out',
  withdrawn: 'flowed-out',
  refused: 'flowed-out',
  unknown: 'flowed-out',
};

/** The caller who hangs up while it rings, and the colleague who is quicker, are not the agent's miss. */
const offerClassOf: Record<LegOutcome, OfferClass> = {
  answered: 'answered',
  missed: 'missed',
  busy: 'refused',
  declined: 'refused',
  unreachable: 'unreachable',
  elsewhere: 'elsewhere',
  'caller-left': 'elsewhere',
};

/** What is counted of an interaction. A consultation is no contact of a customer: neither its entry nor its leg counts. */
export function factsOf(interaction: Interaction): Facts {
  const { transfers } = interaction;
  const entries = interaction.entries.filter(({ consultation }) => !consultation);
  const legs = interaction.legs.filter(({ consultation }) => !consultation);
  const agents = new Set(interaction.legs.map(({ agent }) => agent));
  return {
    contact: contactFact(interaction, entries[0]?.queue ?? null, legs),
    entries: entries.map(({ queue, enteredAt, outcome, waitMs, agent }) => ({
      queue,
      at: Date.parse(enteredAt),
      class: outcome === null ? 'open' : entryClassOf[outcome],
      agent: outcome === 'answered' ? agent : null,
      waitMs: outcome === null ? 0 : (waitMs ?? 0),
    })),
    legs: legs.map((leg) => legFact(leg, transfers, agents)),
  };
}

function contactFact(
  { direction, startedAt, outcome }: Interaction,
  queue: string | null,
  legs: readonly Leg[],
): ContactFact | null {
  if (direction === 'internal') return null;
  const talked = legs.filter((leg) => leg.outcome === 'answered');
  talked.sort((one, other) => Date.parse(one.answeredAt ?? '') - Date.parse(other.answeredAt ?? ''));
  const agent = talked.at(-1)?.agent ?? null;
  return { at: Date.parse(startedAt), direction, answered: outcome === 'answered', queue, agent };
}

function legFact(leg: Leg, transfers: readonly Transfer[], agents: ReadonlySet<string>): LegFact {
  const { agent, queue, offeredAt, outcome, ringMs, talkMs, holdMs, wrapUpMs } = leg;
  return {
    agent,
    queue,
    at: Date.parse(offeredAt),
    class: outcome === null ? 'open' : offerClassOf[outcome],
    ringMs: ringMs ?? 0,
    talkMs: talkMs ?? 0,
    holdMs: holdMs ?? 0,
    wrapUpMs,
    transfer:
      leg.endedBy === 'transfer' && outcome === 'answered' ? transferOf(leg, transfers, agents) : null,
  };
}

/** The transfer that ended a leg: the agent's last one that was not after its end. One that is not known was done by the phone itself, blind and to outside. */
function transferOf(
  { agent, endedAt }: Leg,
  transfers: readonly Transfer[],
  agents: ReadonlySet<string>,
): TransferClass {
  const own = transfers.filter(
    ({ by, at, kind }) =>
      by === agent && (kind === 'blind' || kind === 'attended') && (endedAt === null || at <= endedAt),
  );
  const last = own.at(-1) ?? transfers.findLast(({ by }) => by === agent);
  const to =
    last === undefined || (last.toQueue === null && (last.to === null || !agents.has(last.to)))
      ? 'outside'
      : last.toQueue === null
        ? 'agent'
        : 'queue';
  return { kind: last?.kind === 'attended' ? 'attended' : 'blind', to };
}
