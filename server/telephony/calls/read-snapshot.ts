import type { MemberFacts, PhoneEvent, Snapshot, SnapshotChannel, SnapshotEntry } from './events.ts';
import {
  type AmiFields,
  channelVariable,
  clockMs,
  memberState,
  personName,
  presentationOf,
  text,
  whole,
} from './fields.ts';
import { readPhone } from './read-phones.ts';

/**
 * A queue's member, from a live event (Interface, MemberName) or a line of QueueStatus (Location, Name): the same thing has two names.
 */
export function readMember(m: AmiFields): MemberFacts | null {
  const queue = text(m, 'Queue');
  const device = text(m, 'Interface') ?? text(m, 'Location');
  if (queue === null || device === null) return null;
  return {
    queue,
    device,
    stateDevice: text(m, 'StateInterface'),
    name: personName(m, 'MemberName') ?? personName(m, 'Name') ?? device,
    paused: m.get('Paused') === '1',
    pausedReason: text(m, 'PausedReason'),
    penalty: whole(m, 'Penalty') ?? 0,
    state: memberState(whole(m, 'Status')),
  };
}

/** Reads the list items of CoreShowChannels, BridgeList and QueueStatus; other messages are passed over. `at`: when the answers came, ms. */
export function readSnapshot(messages: Iterable<AmiFields>, at: number): Snapshot {
  const bridgeTypes = new Map<string, string>();
  const phones: PhoneEvent[] = [];
  const snapshot: Snapshot = { at, channels: [], entries: [], members: [], bridgeTypes, phones };
  for (const message of messages) {
    const event = message.get('Event');
    if (event === 'CoreShowChannel') pushIf(snapshot.channels, readChannel(message));
    else if (event === 'BridgeListItem') {
      bridgeTypes.set(message.get('BridgeUniqueid') ?? '', message.get('BridgeType') ?? '');
    } else if (event === 'QueueEntry') pushIf(snapshot.entries, readEntry(message));
    else if (event === 'QueueMember') pushIf(snapshot.members, readMember(message));
    else pushIf(phones, readPhone(message, at));
  }
  return snapshot;
}

function pushIf<T>(list: T[], item: T | null): void {
  if (item !== null) list.push(item);
}

function readChannel(m: AmiFields): SnapshotChannel | null {
  const channel = text(m, 'Uniqueid');
  if (channel === null) return null;
  return {
    channel,
    name: m.get('Channel') ?? '',
    linked: text(m, 'Linkedid') ?? channel,
    number: text(m, 'CallerIDNum'),
    callerName: personName(m, 'CallerIDName'),
    presentation: presentationOf(m),
    exten: text(m, 'Exten'),
    context: text(m, 'Context'),
    recording: channelVariable(m, 'MIXMONITOR_FILENAME'),
    up: m.get('ChannelState') === '6',
    bridge: text(m, 'BridgeId'),
    application: text(m, 'Application'),
    applicationData: text(m, 'ApplicationData'),
    forMs: clockMs(m.get('Duration')),
  };
}

function readEntry(m: AmiFields): SnapshotEntry | null {
  const channel = text(m, 'Uniqueid');
  const queue = text(m, 'Queue');
  if (channel === null || queue === null) return null;
  return { queue, channel, position: whole(m, 'Position'), waitMs: (whole(m, 'Wait') ?? 0) * 1000 };
}
