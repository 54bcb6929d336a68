import type { WithEvents } from '../../../platform/events/index.ts';
import type { Store } from '../../../platform/store/index.ts';
import type { CustomerRecord } from '../record.ts';
import { customerEvent } from '../store.ts';
import type { Pace } from './pace.ts';
import type { Known, KnownByName, Row } from './plan.ts';

/** A customer that is to be written: as it will be and as it was, the version of it that is replaced (null: there is none), and the lines that ask for it. */
export interface Change {
  record: CustomerRecord;
  replaces: Date | null;
  before: CustomerRecord | null;
  rows: readonly Row[];
}

/** What is planned for these customers, from now on as good as written. */
export function changesOf(targets: Iterable<Known>): Change[] {
  return Array.from(targets, (target) => {
    const { record, stored, before, rows } = target;
    target.stored = record.updatedAt;
    target.before = record;
    target.rows = [];
    return { record, replaces: stored, before, rows };
  });
}

/**
 * Writes a batch.
 * @returns the changes that were not written, because somebody else changed the customer meanwhile
 */
export async function write(store: Store, changes: readonly Change[]): Promise<Change[]> {
  const collection = store.collection<CustomerRecord & WithEvents>('customers');
  const added = changes.filter(({ replaces }) => replaces === null);
  if (added.length > 0)
    await collection.insertMany(
      added.map(({ record }) => ({ ...record, events: [eventFor(null, record)] })),
      { ordered: false },
    );
  const changed = changes.filter(({ replaces }) => replaces !== null);
  if (changed.length === 0) return [];
  const { matchedCount } = await collection.bulkWrite(
    changed.map(({ record: { _id, ...fields }, replaces, before }) => ({
      // Set, not replaced: events of earlier changes may still wait in it.
      updateOne: {
        filter: { _id, ...(replaces === null ? {} : { updatedAt: replaces }) },
        update: { $set: fields, $push: { events: eventFor(before, { _id, ...fields }) } },
      },
    })),
    { ordered: false },
  );
  if (matchedCount === changed.length) return [];
  const ids = changed.map(({ record }) => record._id);
  const found = await collection.find({ _id: { $in: ids } }, { projection: { updatedAt: 1 } }).toArray();
  const versions = new Map(found.map(({ _id, updatedAt }) => [_id, updatedAt.getTime()]));
  return changed.filter(({ record }) => versions.get(record._id) !== record.updatedAt.getTime());
}

function eventFor(before: CustomerRecord | null, { _id, createdAt, updatedAt, ...after }: CustomerRecord) {
  return customerEvent(_id, before === null ? null : fieldsOfRecord(before), after, updatedAt);
}

function fieldsOfRecord({ _id, createdAt, updatedAt, ...fields }: CustomerRecord) {
  return fields;
}

/** A reply of the database holds so many customers: to unpack one is a step of work. */
const readAtOnce = 150;

/**
 * Fetches the customers of these names that are not known yet.
 * @param pause is asked after each customer
 */
export async function load(
  store: Store,
  names: Iterable<string>,
  known: KnownByName,
  pause: Pace,
): Promise<void> {
  const missing = new Set<string>();
  for (const name of names) if (!known.has(name)) missing.add(name);
  if (missing.size === 0) return;
  for (const name of missing) known.set(name, []);
  const found = store
    .collection<CustomerRecord>('customers')
    .find({ nameKey: { $in: [...missing] } }, { batchSize: readAtOnce, projection: { events: 0 } });
  for await (const record of found) {
    known.get(record.nameKey)?.push({ record, stored: record.updatedAt, before: record, rows: [] });
    await pause();
  }
}
