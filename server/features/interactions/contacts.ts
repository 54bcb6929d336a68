import type { Interaction, InteractionSummary, TimelineResult } from '@ringdesk/shared/interaction';
import { identityDigits } from '@ringdesk/shared/phone-text';
import type { Collection, Filter } from 'mongodb';
import { cursorOf, newestFirst, summaryOf } from './model.ts';
import {
  afterPlace,
  type InteractionDocument,
  interactionOf,
  newest,
  numbering,
  placeAsked,
} from './stored.ts';

/** Whose contacts: those of a customer, and those from the numbers that are nobody's yet. Without a customer, all from the numbers. */
export interface WhoseContacts {
  customerId: string | null;
  numbers: readonly string[];
  /** A contact that is not told: the one that goes on. */
  except?: string | undefined;
}

export interface ContactsOptions {
  collection(): Collection<InteractionDocument>;
  /** The names of agents by their id in calls. */
  agentNames(): Promise<ReadonlyMap<string, string>>;
  toE164?: ((raw: string, pbx: string | null) => string | null) | undefined;
  /** Who has these numbers. Absent: nobody is named. */
  customersWith?: CustomersWith | undefined;
}

/** The customers who have each of these numbers, in E.164; at most some dozens of them. */
export type CustomersWith = (
  numbers: readonly string[],
) => Promise<ReadonlyMap<string, readonly { id: string; name: string }[]>>;

/** Of a record, what says whether its number is what it was taken for. */
type Judged = Pick<InteractionDocument, 'customerId' | 'numbering'> & {
  record?: Pick<Interaction, 'number' | 'numberRaw' | 'pbx'>;
};

/** The history of one customer. Counts are the database's: they do not end where a page does. All of it throws Refusal `store-unavailable`. */
export function createContacts({ collection, agentNames, toE164, customersWith }: ContactsOptions) {
  /** Earlier releases made numbers of other countries out of some; such a record is not told to those who have that number. */
  function saysItsNumber({ record, customerId, numbering: by }: Judged): boolean {
    if (customerId !== undefined || by === numbering || toE164 === undefined) return true;
    if (record === undefined || record.numberRaw === null) return true;
    return toE164(record.numberRaw, record.pbx) === (record.number?.startsWith('+') ? record.number : null);
  }

  async function find(
    filters: readonly Filter<InteractionDocument>[],
    limit: number,
  ): Promise<Interaction[]> {
    const found = await Promise.all(
      filters.map((filter) => collection().find(filter).sort(newest).limit(limit).toArray()),
    );
    return found
      .flat()
      .filter(saysItsNumber)
      .map(interactionOf)
      .filter((one) => one !== null)
      .sort(newestFirst)
      .slice(0, limit);
  }

  async function count(filters: readonly Filter<InteractionDocument>[]): Promise<number> {
    const counts = await Promise.all(filters.map((filter) => collection().countDocuments(filter)));
    const all = counts.reduce((sum, one) => sum + one, 0);
    if (all === 0 || toE164 === undefined) return all;
    // Those of earlier releases are few, and judged one by one.
    const old = await Promise.all(
      filters.map((filter) =>
        collection()
          .find({ $and: [filter, { numbering: { $ne: numbering } }, { customerId: { $exists: false } }] })
          .project<Judged>({ 'record.number': 1, 'record.numberRaw': 1, 'record.pbx': 1, numbering: 1 })
          .toArray(),
      ),
    );
    return all - old.flat().filter((document) => !saysItsNumber(document)).length;
  }

  /** As lines of a list, in the same order. @param customerId whose list it is; null: of no customer */
  async function summed(
    interactions: readonly Interaction[],
    customerId: string | null,
  ): Promise<InteractionSummary[]> {
    const [names, others] = await Promise.all([
      agentNames(),
      othersOf(customersWith, interactions, customerId),
    ]);
    return interactions.map((one) => summaryOf(one, (agent) => names.get(agent) ?? null, others(one)));
  }

  /** Newest first. */
  async function recent({
    limit,
    ...whose
  }: WhoseContacts & { limit: number }): Promise<InteractionSummary[]> {
    return summed(await find(filtersOf(whose), limit), whose.customerId);
  }

  /**
   * Newest first, page by page, and how many there are in all.
   * @param asked.cursor `next` of the page before. @throws Refusal `bad-input` for a cursor that is none
   */
  async function timeline(
    asked: WhoseContacts & { limit: number; cursor?: string | undefined },
  ): Promise<TimelineResult> {
    const { limit, cursor, ...whose } = asked;
    const place = placeAsked(cursor);
    const filters = filtersOf(whose);
    const [found, total] = await Promise.all([
      find(
        filters.map((filter) => (place === null ? filter : { $and: [filter, afterPlace(place)] })),
        limit + 1,
      ),
      count(filters),
    ]);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const more = found.length > limit && last !== undefined;
    return {
      interactions: await summed(page, whose.customerId),
      total,
      next: more ? cursorOf({ startedAt: Date.parse(last.startedAt), id: last.id }) : null,
    };
  }

  /** Calls of the customer that were answered and ended from `since` to `until` (ISO 8601, both included): how many, and the last one. */
  async function answered(
    asked: WhoseContacts & { since: string; until: string },
  ): Promise<{ contacts: number; last: InteractionSummary } | null> {
    const { since, until, ...whose } = asked;
    const such: Filter<InteractionDocument> = {
      outcome: 'answered',
      'record.direction': 'inbound',
      'record.endedAt': { $gte: since, $lte: until },
      // A call lasts no longer than a day; so the index is read from there on.
      startedAt: { $gte: new Date(Date.parse(since) - 86_400_000), $lte: new Date(until) },
    };
    const filters = filtersOf(whose).map((filter) => ({ $and: [filter, such] }));
    const [[last], contacts] = await Promise.all([find(filters, 1), count(filters)]);
    if (last === undefined) return null;
    const [summary] = await summed([last], whose.customerId);
    return summary === undefined ? null : { contacts, last: summary };
  }

  return { recent, timeline, answered, summed };
}

/** One indexed look-up each: an $or over several indexes would have to sort. No contact is found by two of them. */
function filtersOf({ customerId, numbers, except }: WhoseContacts): Filter<InteractionDocument>[] {
  const but = except === undefined ? {} : { _id: { $ne: except } };
  const nobodys = customerId === null ? {} : { customerId: { $exists: false } };
  const telling = numbers.filter((number) => identityDigits(number) !== null);
  const started = { startedAt: { $gte: new Date(0) } };
  return [
    ...(customerId === null ? [] : [{ customerId, ...started, ...but }]),
    ...[...new Set(telling)].map((number) => ({ number, ...started, ...nobodys, ...but })),
  ];
}

/** Who else may have called, for the contacts of a customer that are theirs by the number alone. */
async function othersOf(
  customersWith: CustomersWith | undefined,
  interactions: readonly Interaction[],
  customerId: string | null,
): Promise<(contact: Interaction) => string[]> {
  const unsaid = interactions.filter((one) => one.customerId === null);
  const numbers = [...new Set(unsaid.flatMap(({ number }) => (number === null ? [] : [number])))];
  if (customerId === null || numbers.length === 0 || customersWith === undefined) return () => [];
  const owners = await customersWith(numbers);
  return (contact) =>
    contact.customerId === null
      ? (owners.get(contact.number ?? '') ?? []).filter(({ id }) => id !== customerId).map(({ name }) => name)
      : [];
}
