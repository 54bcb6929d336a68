import { randomUUID } from 'node:crypto';
import type { DomainEvent, FieldChanges } from '@ringdesk/shared/event';
import { origin } from './context.ts';

/** Where a document carries its events until they are handed on. */
export interface WithEvents {
  events?: DomainEvent[];
}

/**
 * An event of a change, to be written with the document in the same update: `insertOne({ ...record, events: [event] })`, or
 * `$push: { events: event }`. Who did it is taken from the request that runs.
 */
export function eventOf(happened: {
  type: string;
  entity: DomainEvent['entity'];
  at: Date;
  version: number;
  changes: FieldChanges;
}): DomainEvent {
  const { type, entity, at, version, changes } = happened;
  return { id: randomUUID(), type, at: at.toISOString(), entity, version, changes, ...origin() };
}
