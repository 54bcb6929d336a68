import type { Customer, CustomerInput, CustomerUpdate, Identification } from '@ringdesk/shared/customer';
import type { Presentation } from '@ringdesk/shared/interaction';
import { identityDigits } from '@ringdesk/shared/phone-text';
import { type Model, type QueryFilter, Schema } from 'mongoose';
import { Refusal } from '../../platform/errors.ts';
import type { Store } from '../../platform/store/index.ts';
import { compareMatches, identification, isWithheld, type KeyQuery, keyQuery } from './model.ts';
import {
  type CustomerRecord,
  customerOf,
  fieldsOf,
  hasNumber,
  laterThan,
  newRecord,
  storedNumber,
} from './record.ts';

const phone = new Schema(
  { number: String, raw: String, label: { type: String, default: null } },
  { _id: false },
);

const schema = new Schema<CustomerRecord>(
  {
    _id: { type: String, required: true },
    kind: { type: String, enum: ['person', 'company'], required: true },
    name: { type: String, required: true },
    company: { type: String, default: null },
    phones: { type: [phone], required: true },
    emails: { type: [String], required: true },
    tier: { type: String, enum: ['standard', 'silver', 'gold', 'vip'], required: true },
    segment: { type: String, default: null },
    tags: { type: [String], required: true },
    note: { type: String, default: null },
    nameKey: { type: String, required: true },
    searchKeys: { type: [String], required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { versionKey: false, collection: 'customers' },
);

/** Which customer agents picked for a number that several have. `_id` is the number. */
interface NumberPick {
  _id: string;
  customerId: string;
  by: string;
  at: Date;
  /** How often each customer was picked, by id. */
  counts: Record<string, number>;
}

export type CustomerModel = Model<CustomerRecord>;

/** The collections of customers, and their indexes. */
export function openCollections(store: Store): CustomerModel {
  store.index('customers', [
    { key: { 'phones.number': 1 }, name: 'phones' },
    { key: { searchKeys: 1 }, name: 'searchKeys' },
    { key: { nameKey: 1 }, name: 'nameKey' },
    { key: { updatedAt: -1 }, name: 'updatedAt' },
  ]);
  return store.connection.model<CustomerRecord>('customer', schema);
}

export function createCustomerStore(options: {
  store: Store;
  model: CustomerModel;
  region: string;
  now(): Date;
}) {
  const { store, model, region, now } = options;
  const numberOf = (raw: string) => storedNumber(raw, region);

  /** @throws Refusal `bad-input` (a phone that is none), `store-unavailable` */
  async function create(input: CustomerInput): Promise<Customer> {
    const record = newRecord(fieldsOf(input, numberOf), now());
    store.requireUp();
    await model.create(record);
    return customerOf(record);
  }

  /**
   * Replaces all fields. Without `basedOn` whatever stands there is replaced.
   * @throws Refusal `changed-meanwhile` (it is not as it was read), `not-found`, `bad-input`, `store-unavailable`
   */
  async function update(id: string, { basedOn, ...input }: CustomerUpdate): Promise<Customer> {
    const fields = fieldsOf(input, numberOf);
    store.requireUp();
    for (;;) {
      const before = await model.findById(id, { updatedAt: 1 }).lean<Pick<CustomerRecord, 'updatedAt'>>();
      if (before === null)
        throw new Refusal('not-found', `There is no customer ${id}: it may have been removed.`);
      const { updatedAt } = before;
      if (basedOn !== undefined && updatedAt.getTime() !== Date.parse(basedOn))
        throw new Refusal(
          'changed-meanwhile',
          `Customer ${id} was changed by somebody else after ${basedOn}: read it again, and put your changes onto it.`,
        );
      const record = await model
        .findOneAndUpdate(
          { _id: id, updatedAt },
          { $set: { ...fields, updatedAt: laterThan(updatedAt, now()) } },
          { returnDocument: 'after' },
        )
        .lean<CustomerRecord>();
      if (record !== null) return customerOf(record);
      // Somebody was quicker by a moment: seen again, it is a conflict, or the next version to replace.
    }
  }

  async function get(id: string): Promise<Customer | null> {
    store.requireUp();
    const record = await model.findById(id).lean<CustomerRecord>();
    return record === null ? null : customerOf(record);
  }

  /**
   * By name parts in any order, a phone in any format or any part of it, an e-mail. Best matches first; with nothing typed, the customers
   * changed last.
   * @param limit from 1 to 100
   */
  async function search(text: string, limit: number): Promise<Customer[]> {
    store.requireUp();
    if (text.trim() === '') {
      const records = await model.find().sort({ updatedAt: -1 }).limit(limit).lean<CustomerRecord[]>();
      return records.map(customerOf);
    }
    const query = keyQuery(text, numberOf);
    if (query.length === 0) return [];
    // More than asked for, so that the best of them can be put first.
    const records = await model
      .find(filterOf(query))
      .limit(limit * 5)
      .lean<CustomerRecord[]>();
    return records.map(customerOf).sort(compareMatches(text)).slice(0, limit);
  }

  /** Who is calling. One indexed look-up; a second one only when several customers have the number. */
  async function identify(number: string | null, presentation: Presentation): Promise<Identification> {
    if (number === null || isWithheld(number, presentation)) return { kind: 'withheld' };
    store.requireUp();
    const stored = storedNumber(number, region) ?? identityDigits(number);
    if (stored === null) return { kind: 'none' };
    const records = await model.find({ 'phones.number': stored }).limit(20).lean<CustomerRecord[]>();
    const theirs = records.filter(({ phones }) => hasNumber(phones, stored, region));
    const found = theirs.map(customerOf).sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1));
    if (found.length < 2) return identification(found, null);
    const pick = await store.collection<NumberPick>('numberPicks').findOne({ _id: stored });
    return identification(found, pick?.customerId ?? null);
  }

  /** An agent picked `customerId` among the several that have the number: offered first from now on. The latest pick wins. */
  async function learnPick(pick: { number: string; customerId: string; by: string }): Promise<void> {
    const stored = storedNumber(pick.number, region) ?? identityDigits(pick.number);
    if (stored === null) return;
    await store.collection<NumberPick>('numberPicks').updateOne(
      { _id: stored },
      {
        $set: { customerId: pick.customerId, by: pick.by, at: now() },
        $inc: { [`counts.${pick.customerId}`]: 1 },
      },
      { upsert: true },
    );
  }

  return { create, update, get, search, identify, learnPick };
}

/** Anchored expressions: the index is read from the beginning on. */
function filterOf(query: KeyQuery): QueryFilter<CustomerRecord> {
  return {
    $and: query.map((group) => ({
      searchKeys: { $in: group.map((beginning) => new RegExp(`^${escaped(beginning)}`)) },
    })),
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
