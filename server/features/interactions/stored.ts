import type { Interaction } from '@ringdesk/shared/interaction';
import type { Filter } from 'mongodb';
import { Refusal } from '../../platform/errors.ts';
import type { WithEvents } from '../../platform/events/index.ts';
import { type Place, placeOf, type WrapUp, withHumanPart } from './model.ts';

export const interactionsName = 'interactions';

/**
 * An interaction as the database keeps it. `record` is the telephony's and is replaced whole whenever it is written again; `human` is what
 * people added and is touched by people alone. Either may be there before the other: a wrap-up can be saved while the record still waits for
 * the database. `startedAt` is there only with the record, so that lists, which go by it, never show half a contact.
 */
export interface InteractionDocument extends WithEvents {
  _id: string;
  record?: Interaction;
  human?: {
    wrapUps?: Record<string, WrapUp>;
    customerBy?: string;
    customerAt?: string;
    /** Who said whose the contact is put the number of it on that customer as well. */
    numberAdded?: { customerId: string; number: string };
  };
  customerId?: string;
  startedAt?: Date;
  number?: string | null;
  /** By which release's rules `number` was read (`numbering`); absent before there were any. */
  numbering?: number;
  agents?: string[];
  queues?: string[];
  outcome?: Interaction['outcome'];
  /** It was written since it was counted: another text at each write, so that nobody says of a later one that it is counted. */
  uncounted?: string;
  /** The hours since the epoch in which something of it is counted. */
  hours?: number[];
}

/** Counted up when numbers are read otherwise than before: older records are read anew when they are looked for. */
export const numbering = 1;
/** A number alone as a key would be taken for a place in an array. */
export const legKey = 'leg';
/** The order of lists. */
export const newest = { startedAt: -1, _id: -1 } as const;

/** null while only the human part is there. */
export function interactionOf(document: InteractionDocument): Interaction | null {
  if (document.record === undefined) return null;
  const { record, human, customerId } = document;
  return withHumanPart(record, {
    customerId: customerId ?? null,
    wrapUps: new Map(
      Object.entries(human?.wrapUps ?? {}).map(([key, wrapUp]) => [Number(key.slice(legKey.length)), wrapUp]),
    ),
  });
}

/** Where the page before ended; null when the first one is asked for. @throws Refusal `bad-input` for a cursor that is none */
export function placeAsked(cursor: string | undefined): Place | null {
  const place = cursor === undefined ? null : placeOf(cursor);
  if (cursor !== undefined && place === null)
    throw new Refusal('bad-input', "Invalid cursor. Pass 'next' of the page before unchanged.", {
      fields: [{ path: 'cursor', message: 'is not a cursor' }],
    });
  return place;
}

/** Of those that started in the same millisecond, only the ones after the place. */
export function afterPlace({ startedAt, id }: Place): Filter<InteractionDocument> {
  const at = new Date(startedAt);
  return { startedAt: { $lte: at }, $or: [{ startedAt: { $lt: at } }, { _id: { $lt: id } }] };
}
