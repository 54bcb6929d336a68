import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { CallEvent } from '@ringdesk/shared/call-events';
import type { Interaction } from '@ringdesk/shared/interaction';
import { toE164 } from '@ringdesk/shared/phone';
import { decodeAll } from '../../server/telephony/ami/index.ts';
import { timestampMs } from '../../server/telephony/calls/fields.ts';
import {
  type AmiFields,
  applyEvent,
  type CallModelOptions,
  type CallState,
  createCallState,
  type PbxEvent,
  readEvent,
  wantedEvents,
} from '../../server/telephony/calls/index.ts';

/** Feeds recorded streams to the call model, as the live link does. */

export const here = path.resolve('test/streams');

export const options: CallModelOptions = {
  pbx: 'main',
  outboundPrefix: '9',
  toE164: (raw) => toE164(raw, 'RU'),
};

/** A recorded stream's messages, answers to actions included; `name` without `.ami` or `.ami.gz`. */
export function messagesOf(name: string): AmiFields[] {
  return decodeAll(bytesOf(name));
}

/** A recorded stream's events, as a live link gets them: unwanted ones are thrown away by the decoder, unread. */
export function eventsOf(name: string): PbxEvent[] {
  return read(decodeAll(bytesOf(name), wantedEvents));
}

/** The events of another site's stream (`sites/<name>.ami`). */
export function siteEventsOf(name: string): PbxEvent[] {
  return read(decodeAll(readFileSync(path.join(here, 'sites', `${name}.ami`)), wantedEvents));
}

function bytesOf(name: string): Buffer {
  const file = path.join(here, 'recorded', name);
  try {
    return readFileSync(`${file}.ami`);
  } catch {
    return gunzipSync(readFileSync(`${file}.ami.gz`));
  }
}

/** The moment that expectations call 0: the first event of a call or a member (what is said of phones, such as a hint, may stand before it). */
export function startOf(events: readonly PbxEvent[]): number {
  return events.find(({ type }) => type !== 'Hint')?.at ?? 0;
}

/** A hint that was asked for has no time of its own: it is that of the message before, or of the first that has one. */
export function read(messages: Iterable<AmiFields>): PbxEvent[] {
  const events: PbxEvent[] = [];
  const all = [...messages];
  const timeOf = (message: AmiFields) => timestampMs(message.get('Timestamp'));
  let at = all.map(timeOf).find((time) => time !== null) ?? null;
  for (const message of all) {
    at = timeOf(message) ?? at;
    const event = readEvent(message, message.get('Event') === 'ExtensionStatus' ? at : null);
    if (event !== null) events.push(event);
  }
  return events;
}

export interface Played {
  state: CallState;
  said: CallEvent[];
  interactions: Interaction[];
}

/** Applies all events to a state (a new one, if none is given) and collects what the model says. */
export function play(events: Iterable<PbxEvent>, state: CallState = createCallState(options)): Played {
  const said: CallEvent[] = [];
  for (const event of events) said.push(...applyEvent(state, event));
  return { state, said, interactions: interactionsIn(said) };
}

export function interactionsIn(said: CallEvent[]): Interaction[] {
  return said.flatMap((event) => (event.type === 'interaction.ended' ? [event.interaction] : []));
}
