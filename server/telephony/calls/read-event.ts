import type { PbxEvent } from './events.ts';
import { type AmiFields, text, timestampMs, whole } from './fields.ts';
import { channelReaders } from './read-channels.ts';
import { phoneReaders, readPhone } from './read-phones.ts';
import { queueReaders } from './read-queues.ts';
import { transferReaders } from './read-transfers.ts';
import { ofChannel, type Reader } from './readers.ts';

/** The UserEvents of the shipped dialplan (docs/asterisk/extensions.conf). */
const userEventReaders: Readonly<Record<string, Reader>> = {
  IVR: ofChannel((m, at, channel) => ({ type: 'IvrChoice', at, channel, choice: m.get('Choice') ?? '' })),
  CallbackRequest: ofChannel((m, at, channel) => ({
    type: 'CallbackRequest',
    at,
    channel,
    queue: text(m, 'Queue'),
  })),
  VoicemailLeft: ofChannel((_, at, channel) => ({ type: 'VoiceMail', at, channel })),
  SurveyStart: ofChannel((_, at, channel) => ({ type: 'SurveyStart', at, channel })),
  CSAT: ofChannel((m, at, channel) => ({ type: 'Survey', at, channel, score: whole(m, 'Rating') })),
  QueueResult: ofChannel((m, at, channel) => ({
    type: 'QueueResult',
    at,
    channel,
    queue: text(m, 'Queue'),
    status: m.get('QueueStatus') ?? '',
    abandoned: m.get('Abandoned') === 'TRUE',
  })),
};

const userEvents = new Map(Object.entries(userEventReaders));

const readers = new Map(
  Object.entries({
    ...channelReaders,
    ...queueReaders,
    ...phoneReaders,
    ...transferReaders,
    UserEvent: (m: AmiFields, at: number) => userEvents.get(m.get('UserEvent') ?? '')?.(m, at) ?? null,
  }),
);

/**
 * Reads one AMI event; null for events that say nothing to the model and for ones that lack what makes them useful. List items (answers to
 * actions) are not events: give them to `readSnapshot`.
 * @param arrivedAt ms since 1970, used only when Asterisk sends no Timestamp (timestampevents=no); without both the event is not read.
 */
export function readEvent(message: AmiFields, arrivedAt: number | null = null): PbxEvent | null {
  const reader = readers.get(message.get('Event') ?? '');
  if (reader === undefined) return null;
  const at = timestampMs(message.get('Timestamp')) ?? arrivedAt;
  return at === null ? timeless(message) : reader(message, at);
}

/** Whose a phone is holds whenever it was said: a recording that begins with the PBX's hints tells no time before its first event. */
function timeless(message: AmiFields): PbxEvent | null {
  const told = readPhone(message, 0);
  return told === null || told.type === 'Device' ? null : told;
}

/**
 * The names of the AMI events that `readEvent` reads; a client may throw all others away unread. Left out on purpose, though tempting:
 * VarSet, Newexten and CEL (150 of 179 events of a call, and the facts in them have another sign), DialState, MusicOnHold*, Bridge
 * Create/Merge/Destroy (BridgeEnter and BridgeLeave of each channel say it all), NewConnectedLine, Cdr.
 */
export const wantedEvents: ReadonlySet<string> = new Set(readers.keys());
