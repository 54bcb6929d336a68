import { randomUUID } from 'node:crypto';
import type { Actor, DomainEvent } from '@ringdesk/shared/event';
import type { Interaction, InteractionPage } from '@ringdesk/shared/interaction';
import type { AnyBulkWriteOperation, Filter, UpdateFilter } from 'mongodb';
import { scopeFilter } from '../../platform/auth/index.ts';
import { changesBetween, eventOf } from '../../platform/events/index.ts';
import { isDuplicate, type Store } from '../../platform/store/index.ts';
import { type CustomersWith, createContacts } from './contacts.ts';
import { Countable } from './countable.ts';
import { cursorOf, foundBy, type WrapUp } from './model.ts';
import {
  afterPlace,
  type InteractionDocument,
  interactionOf,
  interactionsName,
  legKey,
  newest,
  numbering,
  placeAsked,
} from './stored.ts';

export interface InteractionQuery {
  customerId?: string | undefined;
  number?: string | undefined;
  agent?: string | undefined;
  queue?: string | undefined;
  outcome?: Interaction['outcome'] | undefined;
  /** Started at or after / before (ISO 8601). */
  from?: string | undefined;
  to?: string | undefined;
  /** `next` of the page before. */
  cursor?: string | undefined;
  limit: number;
}

export interface InteractionsOptions {
  store: Store;
  /** The names of agents by their id in calls. */
  agentNames(): Promise<ReadonlyMap<string, string>>;
  /** Who an agent is, as a user. Absent: known by the number in calls alone. */
  actorOf?(agent: string): Promise<Actor>;
  /**
   * The number in E.164 that was delivered or dialled as `raw` on a PBX, null when it is none; for records of earlier releases, and for numbers as people
   * write them. Absent: numbers are as they stand.
   */
  toE164?(raw: string, pbx: string | null): string | null;
  /** Who has these numbers, to say whose a contact may be. Absent: nobody is named. */
  customersWith?: CustomersWith;
}

/** The records of all contacts. All of it throws Refusal; `store-unavailable` at once while the database is away. */
export type Interactions = ReturnType<typeof createInteractions>;

export function createInteractions(options: InteractionsOptions) {
  const { store, agentNames, toE164, customersWith } = options;
  const { actorOf = async (agent): Promise<Actor> => ({ kind: 'user', id: null, name: agent }) } = options;
  store.index(interactionsName, [
    { key: newest, name: 'newest' },
    { key: { customerId: 1, ...newest }, name: 'customer' },
    { key: { number: 1, ...newest }, name: 'number' },
    { key: { agents: 1, ...newest }, name: 'agent' },
    { key: { queues: 1, ...newest }, name: 'queue' },
  ]);
  const collection = () => store.collection<InteractionDocument>(interactionsName);

  /**
   * Writes records, new or again. What people added stays as it is. Resolves when the database has all of the batch.
   * @throws Refusal `store-unavailable`, or the driver's error: none, some or all may be written then; write the whole batch again
   */
  async function write(batch: readonly Interaction[]): Promise<void> {
    if (batch.length === 0) return;
    // The last of several writings of one contact is the one that counts, and an unordered bulk has no last.
    const latest = new Map(batch.map((record) => [record.id, record]));
    const token = randomUUID();
    const writes = [...latest.values()].map((record) => recordWrite(record, token));
    await collection().bulkWrite(writes, { ordered: false });
    const identified = [...latest.values()].filter((record) => record.customerId !== null);
    if (identified.length === 0) return;
    await collection().bulkWrite(identified.map(identifiedWrite), { ordered: false });
  }

  /**
   * Saves what agents say about legs, also before the records of the calls are there. Saying it again changes nothing; an older word of the same leg
   * never replaces a newer one.
   * @throws Refusal `store-unavailable`, or the driver's error: none, some or all may be saved then; save all of them again
   */
  async function saveWrapUps(said: readonly LegWrapUp[]): Promise<void> {
    try {
      const updates = said.map(async (one) => ({
        updateOne: { ...wrapUpUpdate(one, await actorOf(one.agent)), upsert: true },
      }));
      await collection().bulkWrite(await Promise.all(updates), { ordered: false });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      for (const one of said) await saveWrapUp(one);
    }
  }

  async function saveWrapUp(said: LegWrapUp): Promise<void> {
    const { filter, update } = wrapUpUpdate(said, await actorOf(said.agent));
    const save = () => collection().updateOne(filter, update, { upsert: true });
    try {
      await save();
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Either the record was inserted at the same moment, and now it is there to be updated; or a newer word stands there already.
      await save().catch((again: unknown) => {
        if (!isDuplicate(again)) throw again;
      });
    }
  }

  /**
   * The contact is this customer's, whatever was thought before; null: nobody's.
   * @param by the agent who says so, or `identified`
   * @param added the number that was put on the customer with it; null when none was
   */
  async function setCustomer(
    interactionId: string,
    customerId: string | null,
    by: string,
    added: string | null = null,
  ): Promise<void> {
    const update = customerUpdate(customerId, by, added);
    await collection().updateOne(
      { _id: interactionId },
      { ...update, $push: { events: customerSetEvent({ interactionId, customerId }, await actorOf(by)) } },
      { upsert: true },
    );
  }

  /** Whether the number became this customer's because somebody said so of a contact, however long ago. */
  async function wasNumberAdded(customerId: string, number: string): Promise<boolean> {
    return (await collection().findOne(addedBy(customerId, number), { projection: { _id: 1 } })) !== null;
  }

  /** The number is not the customer's any more: who put it there has said nothing. */
  async function forgetNumberAdded(customerId: string, number: string): Promise<void> {
    await collection().updateMany(addedBy(customerId, number), { $unset: { 'human.numberAdded': '' } });
  }

  async function get(id: string): Promise<Interaction | null> {
    const document = await collection().findOne({ _id: id });
    return document === null ? null : interactionOf(document);
  }

  /**
   * Newest first, page by page.
   * @param within the agents whose contacts may be listed
   * @throws Refusal `bad-input` for a cursor that is none
   */
  async function list(
    asked: InteractionQuery,
    within: 'all' | readonly string[] = 'all',
  ): Promise<InteractionPage> {
    const { number } = asked;
    const query = number === undefined ? asked : { ...asked, number: toE164?.(number, null) ?? number };
    const documents = await collection()
      .find({ $and: [filterOf(query), scopeFilter(within, 'agents')] })
      .sort(newest)
      .limit(query.limit + 1)
      .toArray();
    const interactions = documents.map(interactionOf).filter((one) => one !== null);
    const page = interactions.slice(0, query.limit);
    const last = page.at(-1);
    const more = interactions.length > query.limit && last !== undefined;
    return {
      interactions: page,
      next: more ? cursorOf({ startedAt: Date.parse(last.startedAt), id: last.id }) : null,
    };
  }

  return {
    write,
    saveWrapUps,
    setCustomer,
    wasNumberAdded,
    forgetNumberAdded,
    get,
    list,
    countable: new Countable(store, collection),
    ...createContacts({ collection, agentNames, toE164, customersWith }),
    /** The same for the cards of calls, over connections of their own. */
    forCalls: createContacts({
      collection: () => store.collectionForCalls<InteractionDocument>(interactionsName),
      agentNames,
      toE164,
      customersWith,
    }),
  };
}

/** @param uncounted of this writing */
function recordWrite(record: Interaction, uncounted: string): AnyBulkWriteOperation<InteractionDocument> {
  const { id, number, outcome, startedAt } = record;
  const found = {
    startedAt: new Date(startedAt),
    number,
    numbering,
    outcome,
    uncounted,
    ...foundBy(record),
  };
  return { updateOne: { filter: { _id: id }, update: { $set: { record, ...found } }, upsert: true } };
}

/** Whom the call found stays only where nobody has said who it was. */
function identifiedWrite({ id, customerId }: Interaction): AnyBulkWriteOperation<InteractionDocument> {
  const filter = { _id: id, customerId: { $exists: false } };
  return { updateOne: { filter, update: { $set: { customerId: customerId ?? '' } } } };
}

/** What `setCustomer` writes. */
function customerUpdate(
  customerId: string | null,
  by: string,
  added: string | null,
): UpdateFilter<InteractionDocument> {
  const said = {
    'human.customerBy': by,
    'human.customerAt': new Date().toISOString(),
    uncounted: randomUUID(),
  };
  if (customerId === null) return { $set: said, $unset: { 'human.numberAdded': '', customerId: '' } };
  if (added === null) return { $set: { ...said, customerId }, $unset: { 'human.numberAdded': '' } };
  return { $set: { ...said, customerId, 'human.numberAdded': { customerId, number: added } } };
}

/** Contacts with which this number was put on this customer. */
function addedBy(customerId: string, number: string): Filter<InteractionDocument> {
  return {
    number,
    'human.numberAdded.customerId': customerId,
    'human.numberAdded.number': number,
  };
}

type LegWrapUp = WrapUp & { interactionId: string; leg: number };

/** What agents write comes through the outbox, later than they asked: who it was is said by the record. */
function wrapUpEvent({ interactionId, leg, ...said }: LegWrapUp, actor: Actor): DomainEvent {
  const at = new Date(said.at);
  const { disposition, reason, note } = said;
  const event = eventOf({
    type: 'interaction.wrapped-up',
    entity: { kind: 'interaction', id: interactionId },
    at,
    version: at.getTime(),
    changes: changesBetween(null, { disposition, reason, note }),
  });
  // Saying it again is no second event.
  return { ...event, id: `${interactionId} ${leg} ${said.at}`, actor };
}

function customerSetEvent(
  { interactionId, customerId }: { interactionId: string; customerId: string | null },
  actor: Actor,
): DomainEvent {
  const at = new Date();
  const event = eventOf({
    type: 'interaction.customer-set',
    entity: { kind: 'interaction', id: interactionId },
    at,
    version: at.getTime(),
    changes: { customerId: { before: null, after: customerId } },
  });
  return { ...event, actor };
}

/** Upserting finds no document where a newer word stands, and fails as a duplicate. */
function wrapUpUpdate(said: LegWrapUp, actor: Actor) {
  const { interactionId, leg, ...wrapUp } = said;
  const path = `human.wrapUps.${legKey}${leg}`;
  return {
    filter: { _id: interactionId, [`${path}.at`]: { $not: { $gt: wrapUp.at } } },
    update: {
      $set: { [path]: wrapUp, uncounted: randomUUID() },
      $push: { events: wrapUpEvent(said, actor) },
    },
  };
}

function filterOf(query: InteractionQuery): Filter<InteractionDocument> {
  const { customerId, number, agent, queue, outcome, from, to, cursor } = query;
  const place = placeAsked(cursor);
  return {
    ...(customerId === undefined ? {} : { customerId }),
    ...(number === undefined ? {} : { number }),
    ...(agent === undefined ? {} : { agents: agent }),
    ...(queue === undefined ? {} : { queues: queue }),
    ...(outcome === undefined ? {} : { outcome }),
    startedAt: { $gte: new Date(from ?? 0), ...(to === undefined ? {} : { $lt: new Date(to) }) },
    ...(place === null ? {} : { $and: [afterPlace(place)] }),
  };
}
