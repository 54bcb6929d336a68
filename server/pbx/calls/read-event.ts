import type { PbxEvent } from './events.ts';
import {
  type AmiFields,
  channelVariable,
  deviceState,
  personName,
  presentationOf,
  text,
  timestampMs,
  whole,
} from './fields.ts';
import { readMember } from './read-snapshot.ts';

type Reader = (m: AmiFields, at: number) => PbxEvent | null;

/**
 * Reads one AMI event; null for events that say nothing to the model and for ones that lack what makes them useful. List items (answers to
 * actions) are not events: give them to `readSnapshot`.
 * @param arrivedAt ms since 1970, used only when Asterisk sends no Timestamp (timestampevents=no); without both the event is not read.
 */
export function readEvent(message: AmiFields, arrivedAt: number | null = null): PbxEvent | null {
  const reader = readers.get(message.get('Event') ?? '');
  if (reader === undefined) return null;
  const at = timestampMs(message.get('Timestamp')) ?? arrivedAt;
  return at === null ? null : reader(message, at);
}

/** Events about one channel: nothing is read when the channel is missing. */
function ofChannel(read: (m: AmiFields, at: number, channel: string) => PbxEvent | null): Reader {
  return (m, at) => {
    const channel = text(m, 'Uniqueid');
    return channel === null ? null : read(m, at, channel);
  };
}

function ofDial(read: (m: AmiFields, at: number, channel: string | null, dest: string) => PbxEvent): Reader {
  return (m, at) => {
    const dest = text(m, 'DestUniqueid');
    return dest === null ? null : read(m, at, text(m, 'Uniqueid'), dest);
  };
}

function ofQueue(read: (m: AmiFields, at: number, channel: string, queue: string) => PbxEvent): Reader {
  return ofChannel((m, at, channel) => {
    const queue = text(m, 'Queue');
    return queue === null ? null : read(m, at, channel, queue);
  });
}

interface Offered {
  at: number;
  channel: string;
  dest: string;
  queue: string;
  device: string;
}
function ofOffer(read: (m: AmiFields, offered: Offered) => PbxEvent): Reader {
  return ofMember((m, at, queue, device) => {
    const channel = text(m, 'Uniqueid');
    const dest = text(m, 'DestUniqueid');
    return channel === null || dest === null ? null : read(m, { at, channel, dest, queue, device });
  });
}

function ofMember(
  read: (m: AmiFields, at: number, queue: string, device: string) => PbxEvent | null,
): Reader {
  return (m, at) => {
    const queue = text(m, 'Queue');
    const device = text(m, 'Interface');
    return queue === null || device === null ? null : read(m, at, queue, device);
  };
}

const member: Reader = (m, at) => {
  const facts = readMember(m);
  return facts === null ? null : { type: 'Member', at, ...facts };
};

const hangupRequest = (soft: boolean) =>
  ofChannel((_, at, channel) => ({ type: 'HangupRequest', at, channel, soft }));
const hold = (on: boolean) => ofChannel((_, at, channel) => ({ type: 'Hold', at, channel, on }));

const userEvents = new Map<string, Reader>([
  ['IVR', ofChannel((m, at, channel) => ({ type: 'IvrChoice', at, channel, choice: m.get('Choice') ?? '' }))],
  [
    'CallbackRequest',
    ofChannel((m, at, channel) => ({ type: 'CallbackRequest', at, channel, queue: text(m, 'Queue') })),
  ],
  ['SurveyStart', ofChannel((_, at, channel) => ({ type: 'SurveyStart', at, channel }))],
  ['CSAT', ofChannel((m, at, channel) => ({ type: 'Survey', at, channel, score: whole(m, 'Rating') }))],
  [
    'QueueResult',
    ofChannel((m, at, channel) => ({
      type: 'QueueResult',
      at,
      channel,
      queue: text(m, 'Queue'),
      status: m.get('QueueStatus') ?? '',
      abandoned: m.get('Abandoned') === 'TRUE',
    })),
  ],
]);

const readers = new Map<string, Reader>([
  [
    'Newchannel',
    ofChannel((m, at, channel) => ({
      type: 'Newchannel',
      at,
      channel,
      name: m.get('Channel') ?? '',
      linked: text(m, 'Linkedid') ?? channel,
      number: text(m, 'CallerIDNum'),
      callerName: personName(m, 'CallerIDName'),
      presentation: presentationOf(m),
      exten: text(m, 'Exten'),
      recording: channelVariable(m, 'MIXMONITOR_FILENAME'),
    })),
  ],
  [
    'Newstate',
    ofChannel((m, at, channel) => ({
      type: 'Newstate',
      at,
      channel,
      state: whole(m, 'ChannelState') ?? 0,
      presentation: presentationOf(m),
    })),
  ],
  [
    'NewCallerid',
    ofChannel((m, at, channel) => ({
      type: 'NewCallerid',
      at,
      channel,
      number: text(m, 'CallerIDNum'),
      name: personName(m, 'CallerIDName'),
      presentation: presentationOf(m),
    })),
  ],
  [
    'LocalBridge',
    (m, at) => {
      const one = text(m, 'LocalOneUniqueid');
      const two = text(m, 'LocalTwoUniqueid');
      return one === null || two === null ? null : { type: 'LocalBridge', at, one, two };
    },
  ],
  ['HangupRequest', hangupRequest(false)],
  ['SoftHangupRequest', hangupRequest(true)],
  ['Hangup', ofChannel((m, at, channel) => ({ type: 'Hangup', at, channel, cause: whole(m, 'Cause') ?? 0 }))],
  [
    'DialBegin',
    ofDial((m, at, channel, dest) => ({
      type: 'DialBegin',
      at,
      channel,
      dest,
      dialString: text(m, 'DialString'),
    })),
  ],
  [
    'DialEnd',
    ofDial((m, at, channel, dest) => ({
      type: 'DialEnd',
      at,
      channel,
      dest,
      status: m.get('DialStatus') ?? '',
    })),
  ],
  [
    'BridgeEnter',
    ofChannel((m, at, channel) => ({
      type: 'BridgeEnter',
      at,
      channel,
      bridge: m.get('BridgeUniqueid') ?? '',
      bridgeType: m.get('BridgeType') ?? '',
    })),
  ],
  [
    'BridgeLeave',
    ofChannel((m, at, channel) => ({
      type: 'BridgeLeave',
      at,
      channel,
      bridge: m.get('BridgeUniqueid') ?? '',
    })),
  ],
  ['Hold', hold(true)],
  ['Unhold', hold(false)],
  [
    'DTMFEnd',
    ofChannel((m, at, channel) => (m.get('Direction') === 'Sent' ? null : { type: 'Digit', at, channel })),
  ],
  [
    'QueueCallerJoin',
    ofQueue((m, at, channel, queue) => ({
      type: 'QueueCallerJoin',
      at,
      channel,
      queue,
      position: whole(m, 'Position'),
      presentation: presentationOf(m),
    })),
  ],
  [
    'QueueCallerAbandon',
    ofQueue((_, at, channel, queue) => ({ type: 'QueueCallerAbandon', at, channel, queue })),
  ],
  [
    'QueueCallerLeave',
    ofQueue((_, at, channel, queue) => ({ type: 'QueueCallerLeave', at, channel, queue })),
  ],
  ['AgentCalled', ofOffer((_, offered) => ({ type: 'AgentCalled', ...offered }))],
  [
    'AgentConnect',
    ofOffer((m, offered) => ({
      type: 'AgentConnect',
      ...offered,
      holdMs: (whole(m, 'HoldTime') ?? 0) * 1000,
    })),
  ],
  ['AgentRingNoAnswer', ofOffer((_, offered) => ({ type: 'AgentRingNoAnswer', ...offered }))],
  [
    'AgentComplete',
    ofMember((m, at, queue, device) => ({
      type: 'AgentComplete',
      at,
      queue,
      device,
      channel: text(m, 'Uniqueid'),
      dest: text(m, 'DestUniqueid'),
      reason: m.get('Reason') ?? '',
    })),
  ],
  [
    'BlindTransfer',
    (m, at) => {
      const by = text(m, 'TransfererUniqueid');
      if (by === null || m.get('Result') !== 'Success') return null;
      const transferee = text(m, 'TransfereeUniqueid');
      return { type: 'BlindTransfer', at, by, transferee, extension: m.get('Extension') ?? '' };
    },
  ],
  [
    'AttendedTransfer',
    (m, at) => {
      const by = text(m, 'OrigTransfererUniqueid');
      const second = text(m, 'SecondTransfererUniqueid');
      if (by === null || second === null || m.get('Result') !== 'Success') return null;
      return {
        type: 'AttendedTransfer',
        at,
        by,
        second,
        transferee: text(m, 'TransfereeUniqueid'),
        target: text(m, 'TransferTargetUniqueid'),
        intoApp: m.get('DestType') === 'App',
      };
    },
  ],
  [
    'Pickup',
    ofChannel((m, at, channel) => {
      const target = text(m, 'TargetUniqueid');
      return target === null ? null : { type: 'Pickup', at, channel, target };
    }),
  ],
  [
    'ParkedCall',
    (m, at) => {
      const parkee = text(m, 'ParkeeUniqueid');
      return parkee === null
        ? null
        : { type: 'ParkedCall', at, parkee, parkerDevice: text(m, 'ParkerDialString') };
    },
  ],
  [
    'UnParkedCall',
    (m, at) => {
      const parkee = text(m, 'ParkeeUniqueid');
      const retriever = text(m, 'RetrieverUniqueid');
      return parkee === null || retriever === null ? null : { type: 'UnParkedCall', at, parkee, retriever };
    },
  ],
  // With channel fields it is the end of VoiceMail() (Asterisk 22); without them it says nothing about a call.
  ['MessageWaiting', ofChannel((_, at, channel) => ({ type: 'VoiceMail', at, channel }))],
  ['UserEvent', (m, at) => userEvents.get(m.get('UserEvent') ?? '')?.(m, at) ?? null],
  ['QueueMemberAdded', member],
  ['QueueMemberPause', member],
  ['QueueMemberPenalty', member],
  ['QueueMemberStatus', member],
  ['QueueMemberRemoved', ofMember((_, at, queue, device) => ({ type: 'MemberRemoved', at, queue, device }))],
  [
    'DeviceStateChange',
    (m, at) => {
      const device = text(m, 'Device');
      return device === null ? null : { type: 'Device', at, device, state: deviceState(m.get('State')) };
    },
  ],
]);
