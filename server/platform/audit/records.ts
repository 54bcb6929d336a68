import type { AuditPage, AuditQuery, AuditRecord } from '@ringdesk/shared/audit';
import type { Filter } from 'mongodb';
import { Refusal } from '../errors.ts';
import type { Consumer, LoggedEvent } from '../events/index.ts';
import type { Store } from '../store/index.ts';

/** A record as the database keeps it. */
export interface StoredRecord extends Omit<AuditRecord, 'id' | 'at'> {
  _id: string;
  at: Date;
}

export const auditName = 'audit';
const newest = { at: -1, _id: -1 } as const;

export function declareAudit(store: Store): void {
  store.index(auditName, [
    { key: newest, name: 'newest-first' },
    { key: { 'actor.id': 1, ...newest }, name: 'actor' },
    { key: { what: 1, ...newest }, name: 'what' },
    { key: { 'entity.kind': 1, 'entity.id': 1, ...newest }, name: 'entity' },
  ]);
}

/** Writes records. The ids are known before: a batch that was written in part is written again without harm. */
export async function writeRecords(store: Store, records: readonly StoredRecord[]): Promise<void> {
  if (records.length === 0) return;
  await store.collection<StoredRecord>(auditName).bulkWrite(
    records.map((record) => ({
      replaceOne: { filter: { _id: record._id }, replacement: record, upsert: true },
    })),
    { ordered: false },
  );
}

/** What the server tells people is no act of anybody. */
const isOurs = ({ entity }: LoggedEvent) => entity.kind !== 'notification';

/** Takes every change of the event log into the audit. */
export function auditConsumer(store: Store): Consumer {
  return {
    name: 'audit',
    place: 'kept',
    run: (event) => (isOurs(event) ? writeRecords(store, [recordOf(event)]) : undefined),
    // A file with ten thousand customers makes as many events.
    runAll: (events) => writeRecords(store, events.filter(isOurs).map(recordOf)),
  };
}

function recordOf({ id, type, at, version, seq: _, ...event }: LoggedEvent): StoredRecord {
  return { _id: id, at: new Date(at), what: type, ...event, details: { version } };
}

/** What is asked for, newest first, page by page. @throws Refusal `bad-input` for a cursor that is none, `store-unavailable` */
export async function listRecords(store: Store, query: AuditQuery): Promise<AuditPage> {
  const found = await store
    .collection<StoredRecord>(auditName)
    .find(filterOf(query))
    .sort(newest)
    .limit(query.limit + 1)
    .toArray();
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  return {
    records: page.map(({ _id, at, ...record }) => ({ id: _id, at: at.toISOString(), ...record })),
    next: found.length > query.limit && last !== undefined ? `${last.at.getTime()}_${last._id}` : null,
  };
}

function filterOf({ actor, what, kind, entity, from, to, cursor }: AuditQuery): Filter<StoredRecord> {
  const place = cursor === undefined ? null : placeOf(cursor);
  return {
    // Records of earlier releases have another shape.
    actor: { $exists: true },
    ...(actor === undefined ? {} : { 'actor.id': actor }),
    ...(what === undefined ? {} : { what }),
    ...(kind === undefined ? {} : { 'entity.kind': kind }),
    ...(entity === undefined ? {} : { 'entity.id': entity }),
    at: {
      $gte: new Date(from ?? 0),
      ...(to === undefined ? {} : { $lt: new Date(to) }),
      ...(place === null ? {} : { $lte: place.at }),
    },
    ...(place === null ? {} : { $or: [{ at: { $lt: place.at } }, { _id: { $lt: place.id } }] }),
  };
}

function placeOf(cursor: string): { at: Date; id: string } {
  const [, at, id] = /^(\d{1,15})_(.+)$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined)
    throw new Refusal('bad-input', "The cursor is none: use 'next' of the page before, unchanged.", {
      fields: [{ path: 'cursor', message: 'is not a cursor' }],
    });
  return { at: new Date(Number(at)), id };
}
