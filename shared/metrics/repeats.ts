import type { Interaction } from '../interaction.ts';

/** Repeat contacts: who had to come again, and whose answer did not last. */

export const repeatMatches = ['any', 'same-reason-group', 'same-reason'] as const;
export interface RepeatVariant {
  /** Within so many days after the end of the earlier contact; the last moment counts. */
  windowDays: number;
  match: (typeof repeatMatches)[number];
  /** Whose it was: who handled the earlier contact last, or first. */
  attribution: 'last' | 'first';
}
export const usualRepeatVariant: RepeatVariant = { windowDays: 7, match: 'any', attribution: 'last' };

/** A contact of one customer, as far as it matters here. */
export interface Contact {
  id: string;
  /** ms since the epoch */
  startedAt: number;
  endedAt: number;
  direction: 'inbound' | 'outbound';
  answered: boolean;
  /** It ended by being handed on by us, to outside or into a queue: what comes in shortly after may be itself. */
  handedOn: boolean;
  /** As chosen by the agent, e.g. `billing/invoice`; null while nobody has. */
  reason: string | null;
}

export const repeatClasses = ['first', 'repeat', 'retry', 'returned', 'forward'] as const;
export type RepeatClass = (typeof repeatClasses)[number];

export interface Classified {
  class: RepeatClass;
  /** Of a repeat: the contact that did not solve it. */
  trigger: string | null;
}

const dayMs = 86_400_000;
/** What was handed on and comes back within this time is the same call. */
const forwardWithinMs = 15 * 60_000;

/** What of an interaction is a contact of somebody; null for what goes on, and for calls among ourselves. */
export function contactOf(interaction: Interaction): Contact | null {
  const { id, direction, startedAt, endedAt, outcome, end, reason } = interaction;
  if (direction === 'internal' || endedAt === null) return null;
  return {
    id,
    startedAt: Date.parse(startedAt),
    endedAt: Date.parse(endedAt),
    direction,
    // What was imported without an outcome counts as answered.
    answered: outcome === 'answered' || outcome === null,
    handedOn: end === 'transfer',
    reason,
  };
}

/**
 * The class of each inbound contact of one customer, by its id. Only the latest earlier contact that counts as the same problem decides, in either
 * direction; a contact that had not ended when another began is not earlier.
 * @param contacts all of one customer's, in any order
 */
export function classify(
  contacts: readonly Contact[],
  { windowDays, match }: Pick<RepeatVariant, 'windowDays' | 'match'>,
): Map<string, Classified> {
  const found = new Map<string, Classified>();
  const window = windowDays * dayMs;
  const byEnd = [...contacts].sort(endsFirst);
  for (const contact of contacts) {
    if (contact.direction !== 'inbound') continue;
    const earlier = (one: Contact) =>
      one !== contact &&
      one.endedAt <= contact.startedAt &&
      contact.startedAt - one.endedAt <= window &&
      sameProblem(one.reason, contact.reason, match);
    const before = byEnd.findLast(earlier);
    found.set(
      contact.id,
      before === undefined
        ? { class: 'first', trigger: null }
        : follows(contact, before, () =>
            byEnd.findLast((one) => one.direction === 'inbound' && one.answered && earlier(one)),
          ),
    );
  }
  return found;
}

function follows(contact: Contact, before: Contact, lastServed: () => Contact | undefined): Classified {
  if (before.handedOn && contact.startedAt - before.endedAt <= forwardWithinMs)
    return { class: 'forward', trigger: null };
  if (before.direction === 'inbound')
    return before.answered ? { class: 'repeat', trigger: before.id } : { class: 'retry', trigger: null };
  return before.answered
    ? { class: 'repeat', trigger: (lastServed() ?? before).id }
    : { class: 'returned', trigger: null };
}

/** By the end; of two that ended together the one that began later is later. */
function endsFirst(one: Contact, other: Contact): number {
  return one.endedAt - other.endedAt || one.startedAt - other.startedAt || (one.id < other.id ? -1 : 1);
}

function sameProblem(one: string | null, other: string | null, match: RepeatVariant['match']): boolean {
  if (match === 'any') return true;
  if (one === null || other === null) return false;
  return match === 'same-reason' ? one === other : group(one) === group(other);
}

const group = (reason: string) => reason.split('/')[0];

/** How many contacts one problem took: a chain runs on as long as classes other than `first` follow. @param classes in the order of the contacts */
export function chainLengths(classes: readonly RepeatClass[]): number[] {
  const lengths: number[] = [];
  for (const one of classes) {
    const last = lengths.length - 1;
    if (one === 'first' || last < 0) lengths.push(1);
    else lengths[last] = (lengths[last] ?? 0) + 1;
  }
  return lengths;
}
