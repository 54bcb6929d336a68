import type { Customer, CustomerInput, CustomerUpdate, Identification } from '@ringdesk/shared/customer';
import type { Presentation } from '@ringdesk/shared/interaction';
import { identityDigits } from '@ringdesk/shared/phone-text';
import type { Filter } from 'mongodb';
import { Refusal } from '../../platform/errors.ts';
import { changesBetween, eventOf, type WithEvents } from '../../platform/events/index.ts';
import type { Store } from '../../platform/store/index.ts';
import { compareMatches, identification, isWithheld, type KeyQuery, keyQuery } from './model.ts';
import {
  type CustomerFields,
  type CustomerRecord,
  customerOf,
  fieldsOf,
  hasNumber,
  keysVersion,
  laterThan,
  newRecord,
  storedNumber,
  withKeys,
} from './record.ts';

export const customersName = 'customers';

/** Which customer agents picked for a number that several have. `_id` is the number. */
interface NumberPick {
  _id: string;
  customerId: string;
  by: string;
  at: Date;
  /** How often each customer was picked, by id. */
  counts: Record<string, number>;
}

/** The collections of customers, and their indexes. */
export function openCollections(store: Store): void {
  store.index(customersName, [
    { key: { 'phones.number': 1 }, name: 'phones' },
    { key: { searchKeys: 1 }, name: 'searchKeys' },
    { key: { nameKey: 1 }, name: 'nameKey' },
    { key: { updatedAt: -1 }, name: 'updatedAt' },
    { key: { keysVersion: 1 }, name: 'keysVersion' },
  ]);
}

/** What people see of a customer's fields; the keys that follow from them are no change of their own. */
function shown({
  nameKey: _name,
  searchKeys: _search,
  keysVersion: _rules,
  ...fields
}: CustomerFields): object {
  return fields;
}

/** The event of a customer who was created (`before` is null) or changed. */
export function customerEvent(id: string, before: CustomerFields | null, after: CustomerFields, at: Date) {
  return eventOf({
    type: before === null ? 'customer.created' : 'customer.changed',
    entity: { kind: 'customer', id },
    at,
    version: at.getTime(),
    changes: changesBetween(before === null ? null : shown(before), shown(after)),
  });
}

function changedMeanwhile(id: string, basedOn: string): Refusal {
  return new Refusal(
    'changed-meanwhile',
    `Customer ${id} was changed by somebody else after ${basedOn}: read it again, and put your changes onto it.`,
  );
}

export function createCustomerStore(options: {
  store: Store;
  region: string;
  numberTyped(text: string): string | null;
  now(): Date;
}) {
  const { store, region, numberTyped, now } = options;
  const collection = () => store.collection<CustomerRecord & WithEvents>(customersName);
  const numberOf = (raw: string) => storedNumber(raw, region);

  /** @throws Refusal `bad-input` (a phone that is none), `store-unavailable` */
  async function create(input: CustomerInput): Promise<Customer> {
    const fields = fieldsOf(input, numberOf);
    const record = newRecord(fields, now());
    const event = customerEvent(record._id, null, fields, record.createdAt);
    await collection().insertOne({ ...record, events: [event] });
    return customerOf(record);
  }

  /**
   * Replaces all fields. Without `basedOn` whatever stands there is replaced.
   * @throws Refusal `changed-meanwhile` (it is not as it was read), `not-found`, `bad-input`, `store-unavailable`
   */
  async function update(id: string, { basedOn, ...input }: CustomerUpdate): Promise<Customer> {
    const fields = fieldsOf(input, numberOf);
    for (let round = 1; round <= mostRounds; round += 1) {
      const before = await collection().findOne({ _id: id }, { projection: { events: 0 } });
      if (before === null)
        throw new Refusal('not-found', `There is no customer ${id}: it may have been removed.`);
      const { updatedAt } = before;
      if (basedOn !== undefined && updatedAt.getTime() !== Date.parse(basedOn))
        throw changedMeanwhile(id, basedOn);
      const { _id, createdAt, updatedAt: _version, ...was } = before;
      const at = laterThan(updatedAt, now());
      const record = await collection().findOneAndUpdate(
        { _id, updatedAt },
        { $set: { ...fields, updatedAt: at }, $push: { events: customerEvent(id, was, fields, at) } },
        { returnDocument: 'after', projection: { events: 0 } },
      );
      if (record !== null) return customerOf(record);
      // Somebody was quicker by a moment: seen again, it is a conflict, or the next version to replace.
    }
    throw new Refusal('conflict', `Customer ${id} is changed by many at this moment; try again.`);
  }

  async function get(id: string): Promise<Customer | null> {
    const record = await collection().findOne({ _id: id }, { projection: { events: 0 } });
    return record === null ? null : customerOf(record);
  }

  /**
   * By name parts in any order, a phone in any format or any part of it, an e-mail. Best matches first; with nothing typed, the customers
   * changed last.
   * @param limit from 1 to 100
   */
  async function search(text: string, limit: number): Promise<Customer[]> {
    const found = (filter: Filter<CustomerRecord & WithEvents>) =>
      collection().find(filter, { projection: { events: 0 } });
    if (text.trim() === '') {
      const records = await found({}).sort({ updatedAt: -1 }).limit(limit).toArray();
      return records.map(customerOf);
    }
    const query = keyQuery(text, (typed) => numberTyped(typed) ?? numberOf(typed));
    if (query.length === 0) return [];
    // More than asked for, so that the best of them can be put first.
    const records = await found(filterOf(query))
      .limit(limit * 5)
      .toArray();
    return records.map(customerOf).sort(compareMatches(text)).slice(0, limit);
  }

  /** Who is calling. One indexed look-up; a second one only when several customers have the number. */
  async function identify(number: string | null, presentation: Presentation): Promise<Identification> {
    if (number === null || isWithheld(number, presentation)) return { kind: 'withheld' };
    const stored = storedNumber(number, region) ?? identityDigits(number);
    if (stored === null) return { kind: 'none' };
    const records = await store
      .collectionForCalls<CustomerRecord & WithEvents>(customersName)
      .find({ 'phones.number': stored }, { projection: { events: 0 } })
      .limit(20)
      .toArray();
    const theirs = records.filter(({ phones }) => hasNumber(phones, stored, region));
    const found = theirs.map(customerOf).sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1));
    if (found.length < 2) return identification(found, null);
    const pick = await store.collectionForCalls<NumberPick>('numberPicks').findOne({ _id: stored });
    return identification(found, pick?.customerId ?? null);
  }

  /** The customers who have each of these numbers, in E.164; the first of them where many do. One indexed look-up. */
  async function withNumbers(
    numbers: readonly string[],
  ): Promise<Map<string, { id: string; name: string }[]>> {
    const records = await collection()
      .find({ 'phones.number': { $in: [...numbers] } }, { projection: { name: 1, phones: 1 } })
      .limit(mostOwners)
      .toArray();
    return new Map(
      numbers.map((number) => [
        number,
        records
          .filter(({ phones }) => hasNumber(phones, number, region))
          .map(({ _id, name }) => ({ id: _id, name })),
      ]),
    );
  }

  /** An agent picked `customerId` among the several that have the number: offered first from now on. The latest pick wins; null forgets it. */
  async function learnPick(pick: { number: string; customerId: string | null; by: string }): Promise<void> {
    const stored = storedNumber(pick.number, region) ?? identityDigits(pick.number);
    if (stored === null) return;
    if (pick.customerId === null) {
      await store.collection<NumberPick>('numberPicks').deleteOne({ _id: stored });
      return;
    }
    await store.collection<NumberPick>('numberPicks').updateOne(
      { _id: stored },
      {
        $set: { customerId: pick.customerId, by: pick.by, at: now() },
        $inc: { [`counts.${pick.customerId}`]: 1 },
      },
      { upsert: true },
    );
  }

  return { create, update, get, search, identify, withNumbers, learnPick };
}

/** Owners of numbers that are named: a switchboard's number may be a hundred people's. */
const mostOwners = 50;

/** How often an update that somebody else was quicker than is begun anew. Many at once must not keep the database busy for ever. */
const mostRounds = 20;

/** Customers whose keys are made anew in one step. */
const rekeyedAtOnce = 200;

/** Makes the keys of records anew that older rules made. It may be cut off anywhere and run again. */
export async function rekey(store: Store, signal: AbortSignal): Promise<void> {
  const collection = store.collection<CustomerRecord>(customersName);
  const old = { keysVersion: { $ne: keysVersion } };
  for (;;) {
    const records = await collection.find(old).limit(rekeyedAtOnce).toArray();
    if (records.length === 0 || signal.aborted) return;
    await collection.bulkWrite(
      records.map((record) => {
        const { nameKey, searchKeys } = withKeys(record);
        // A change that came meanwhile made its own keys.
        const filter = { _id: record._id, updatedAt: record.updatedAt };
        return { updateOne: { filter, update: { $set: { nameKey, searchKeys, keysVersion } } } };
      }),
      { ordered: false },
    );
  }
}

/** Anchored expressions: the index is read from the beginning on. */
function filterOf(query: KeyQuery): Filter<CustomerRecord & WithEvents> {
  return {
    $and: query.map((group) => ({
      searchKeys: { $in: group.map((beginning) => new RegExp(`^${escaped(beginning)}`)) },
    })),
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
