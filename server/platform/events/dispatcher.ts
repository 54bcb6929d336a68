import type { DomainEvent } from '@ringdesk/shared/event';
import type { Store } from '../store/index.ts';
import { isDuplicate } from '../store/index.ts';
import type { WithEvents } from './pending.ts';

/** An event in the log: numbered in the order in which it was handed on. */
export interface LoggedEvent extends DomainEvent {
  seq: number;
}
type Stored = Omit<LoggedEvent, 'id'> & { _id: string };

export const logName = 'events';
const readAtOnce = 200;

/** Declares the log's indexes. */
export function declareLog(store: Store): void {
  store.index(logName, [
    // Unique: two servers that number at the same time cannot both succeed.
    { key: { seq: 1 }, name: 'seq', unique: true },
    { key: { 'entity.kind': 1, 'entity.id': 1, seq: 1 }, name: 'entity' },
  ]);
}

/** Declares how events that wait in documents of this collection are found. */
export function declareSource(store: Store, source: string): void {
  store.index(source, [{ key: { 'events.id': 1 }, name: 'events', sparse: true }]);
}

/**
 * Takes the events out of the documents into the log, in order per document. It may be cut off anywhere and run again: an event that is in
 * the log already is not written a second time.
 * @returns how many it took
 */
export async function dispatch(store: Store, sources: readonly string[]): Promise<number> {
  let taken = 0;
  for (const source of sources) {
    for (;;) {
      const waiting = await store
        .collection<WithEvents & { _id: string }>(source)
        .find({ 'events.id': { $gt: '' } }, { projection: { events: 1 } })
        .limit(readAtOnce)
        .toArray();
      await append(
        store,
        waiting.flatMap(({ events = [] }) => events),
      );
      if (waiting.length > 0)
        await store.collection<WithEvents & { _id: string }>(source).bulkWrite(
          waiting.map(({ _id, events = [] }) => ({
            updateOne: {
              filter: { _id },
              update: { $pull: { events: { id: { $in: events.map(({ id }) => id) } } } },
            },
          })),
          { ordered: false },
        );
      for (const { events = [] } of waiting) taken += events.length;
      if (waiting.length < readAtOnce) break;
    }
  }
  return taken;
}

/** Numbers the events and writes them, many at once; one by one where some are there already, or another server took the numbers. */
async function append(store: Store, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return;
  const log = store.collection<Stored>(logName);
  const first = (await newestSeq(store)) + 1;
  const numbered = events.map(({ id, ...event }, at) => ({ _id: id, ...event, seq: first + at }));
  try {
    await log.insertMany(numbered);
    return;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  for (const event of numbered) {
    while ((await log.findOne({ _id: event._id }, { projection: { _id: 1 } })) === null) {
      const seq = (await newestSeq(store)) + 1;
      await log.insertOne({ ...event, seq }).catch((error: unknown) => {
        if (!isDuplicate(error)) throw error;
      });
    }
  }
}

/** The number of the last event in the log; 0 when it is empty. */
export async function newestSeq(store: Store): Promise<number> {
  const last = await store
    .collection<Stored>(logName)
    .find({}, { projection: { seq: 1 } })
    .sort({ seq: -1 })
    .limit(1)
    .next();
  return last?.seq ?? 0;
}

/** The events after `seq`, in order. */
export async function eventsAfter(store: Store, seq: number, limit: number): Promise<LoggedEvent[]> {
  const found = await store
    .collection<Stored>(logName)
    .find({ seq: { $gt: seq } })
    .sort({ seq: 1 })
    .limit(limit)
    .toArray();
  return found.map(({ _id, ...event }) => ({ id: _id, ...event }));
}

/** What happened to one thing, newest first. */
export async function historyOf(
  store: Store,
  entity: DomainEvent['entity'],
  limit: number,
): Promise<LoggedEvent[]> {
  const found = await store
    .collection<Stored>(logName)
    .find({ 'entity.kind': entity.kind, 'entity.id': entity.id })
    .sort({ seq: -1 })
    .limit(limit)
    .toArray();
  return found.map(({ _id, ...event }) => ({ id: _id, ...event }));
}
