import { type CustomerFields, type CustomerRecord, laterThan, newRecord } from '../record.ts';
import { merged, sameCustomer } from './merge.ts';

/** A line that was understood. */
export interface Row {
  line: number;
  fields: CustomerFields;
  /** The fields that the line fills. */
  given: ReadonlySet<string>;
  /** An earlier line of another name has one of its phones or e-mails. */
  sharedWithin: boolean;
}

/** A customer as the import knows it: as the database has it, or will have it when what is planned is written. */
export interface Known {
  record: CustomerRecord;
  /** When the database's was changed last; null when it has none. */
  stored: Date | null;
  /** As the database has it; null when it has none. */
  before: CustomerRecord | null;
  /** The lines that change it and are not written yet. */
  rows: Row[];
}

/** Customers by `nameKey`: all that the database has of each name in it, and those that the file adds. */
export type KnownByName = Map<string, Known[]>;

/**
 * What becomes of a line: it makes a new customer, changes a known one, or says nothing new. `known` is brought up to that.
 * @returns the customer that has to be written, and which it was
 */
export function planRow(
  known: KnownByName,
  row: Row,
  now: Date,
): { did: 'created' | 'updated'; target: Known } | { did: 'unchanged' } {
  const { fields, given } = row;
  const sameName = known.get(fields.nameKey) ?? [];
  const target = sameCustomer(sameName, fields);
  if (target === undefined) {
    const added: Known = { record: newRecord(fields, now), stored: null, before: null, rows: [row] };
    known.set(fields.nameKey, sameName);
    sameName.push(added);
    return { did: 'created', target: added };
  }
  const next = merged(target.record, fields, given);
  if (next === null) return { did: 'unchanged' };
  target.record = { ...next, updatedAt: laterThan(target.record.updatedAt, now) };
  target.rows.push(row);
  return { did: 'updated', target };
}
