import type { Audit } from '../audit/index.ts';
import { type Member, scopeOf } from '../auth/index.ts';
import { Refusal } from '../errors.ts';
import { createBucket } from './bucket.ts';

/** Who reads, and from where: for the record of what was refused. */
export interface Reader {
  user: Member;
  from: string | null;
}

/**
 * Measures out how much of the house's people one may read: enough for any day's work, too little to carry all of them away (ASVS 8.3.5, 11.1.2).
 * What is on the own desk costs nothing.
 */
export interface Reading {
  /** A search is asked for. @throws Refusal `too-many-attempts` */
  search(reader: Reader): void;
  /** These were found: each that was not seen lately costs a little. @throws Refusal `too-many-attempts` */
  found(reader: Reader, customers: readonly string[]): void;
  /** One person is opened, a customer's id or a number; that is recorded, once an hour. @throws Refusal `too-many-attempts` */
  open(reader: Reader, person: string): void;
  /** Whether this user saw this person within the last hour, or has it on the own desk. */
  hasSeen(user: Member, person: string): boolean;
}

const hourMs = 3_600_000;
const searches = { burst: 60, perMs: 60 / 60_000 };
/** Persons opened that were not seen before: 300 in any hour. */
const opened = { burst: 200, perMs: 100 / hourMs };
/** Persons in lists: 2000 in any hour. */
const listed = { burst: 1200, perMs: 800 / hourMs };
/** Supervisors look after many agents. */
const supervisorsFactor = 5;
const mostSeen = 5000;
const mostReaders = 5000;

export interface ReadingOptions {
  audit: Audit;
  /** Whether a person is on the user's desk now. */
  isOnDesk(user: Member, person: string): boolean;
  /** The monotonic clock, ms */
  elapsed?: () => number;
}

export function createReading({
  audit,
  isOnDesk,
  elapsed = () => performance.now(),
}: ReadingOptions): Reading {
  const budgets = {
    search: createBucket({ ...searches, elapsed }),
    open: createBucket({ ...opened, elapsed }),
    list: createBucket({ ...listed, elapsed }),
  };
  /** User → person → when. */
  const seen = new Map<string, Map<string, number>>();

  function seenBy(user: Member): Map<string, number> {
    const known = seen.get(user.id) ?? new Map<string, number>();
    seen.delete(user.id);
    seen.set(user.id, known);
    if (seen.size > mostReaders) seen.delete(seen.keys().next().value ?? '');
    return known;
  }

  function isFresh(known: ReadonlyMap<string, number>, person: string): boolean {
    const at = known.get(person);
    return at !== undefined && elapsed() - at < hourMs;
  }

  function remember(known: Map<string, number>, person: string): void {
    known.delete(person);
    known.set(person, elapsed());
    if (known.size > mostSeen) known.delete(known.keys().next().value ?? '');
  }

  function pay({ user, from }: Reader, budget: keyof typeof budgets, count: number): void {
    const cost = scopeOf(user, 'interactions.read') === 'all' ? count / supervisorsFactor : count;
    const waitMs = budgets[budget].take(user.id, cost);
    if (waitMs === 0) return;
    audit({ who: user.id, what: 'reading-refused', from, details: { budget, count } });
    throw new Refusal(
      'too-many-attempts',
      `More people were looked at than one day's work needs: wait ${Math.ceil(waitMs / 1000)} s, or ask a supervisor.`,
    );
  }

  return {
    search: (reader) => pay(reader, 'search', 1),
    found(reader, customers) {
      const known = seenBy(reader.user);
      const fresh = customers.filter((id) => !isFresh(known, `listed ${id}`) && !isOnDesk(reader.user, id));
      if (fresh.length > 0) pay(reader, 'list', fresh.length);
      for (const id of customers) remember(known, `listed ${id}`);
    },
    open(reader, person) {
      const known = seenBy(reader.user);
      if (isOnDesk(reader.user, person)) return;
      if (!isFresh(known, person)) {
        pay(reader, 'open', 1);
        audit({ who: reader.user.id, what: 'person-opened', to: person, from: reader.from });
      }
      remember(known, person);
    },
    hasSeen: (user, person) => isFresh(seenBy(user), person) || isOnDesk(user, person),
  };
}
