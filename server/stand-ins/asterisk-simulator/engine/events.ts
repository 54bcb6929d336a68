/** The event class (AMI calls it privilege) of every event that the simulator says, as Asterisk 22 sends it. */
export const EVENT_CLASS = {
  AgentCalled: 'agent',
  AgentComplete: 'agent',
  AgentConnect: 'agent',
  AgentRingNoAnswer: 'agent',
  AttendedTransfer: 'call',
  BlindTransfer: 'call',
  BridgeCreate: 'call',
  BridgeDestroy: 'call',
  BridgeEnter: 'call',
  BridgeLeave: 'call',
  BridgeMerge: 'call',
  ContactStatus: 'system',
  DeviceStateChange: 'call',
  DialBegin: 'call',
  DialEnd: 'call',
  DialState: 'call',
  DTMFEnd: 'dtmf',
  ExtensionStatus: 'call',
  FullyBooted: 'system',
  Hangup: 'call',
  HangupRequest: 'call',
  Hold: 'call',
  LocalBridge: 'call',
  LocalOptimizationBegin: 'call',
  LocalOptimizationEnd: 'call',
  MessageWaiting: 'call',
  MixMonitorStart: 'call',
  MusicOnHoldStart: 'call',
  MusicOnHoldStop: 'call',
  NewCallerid: 'call',
  Newchannel: 'call',
  NewConnectedLine: 'call',
  Newstate: 'call',
  OriginateResponse: 'call',
  ParkedCall: 'call',
  ParkedCallGiveUp: 'call',
  ParkedCallTimeOut: 'call',
  PeerStatus: 'system',
  Pickup: 'call',
  QueueCallerAbandon: 'agent',
  QueueCallerJoin: 'agent',
  QueueCallerLeave: 'agent',
  QueueMemberAdded: 'agent',
  QueueMemberPause: 'agent',
  QueueMemberPenalty: 'agent',
  QueueMemberRemoved: 'agent',
  QueueMemberRinginuse: 'agent',
  QueueMemberStatus: 'agent',
  SoftHangupRequest: 'call',
  Unhold: 'call',
  UnParkedCall: 'call',
  UserEvent: 'user',
} as const;
export type EventName = keyof typeof EVENT_CLASS;
export type EventClass = (typeof EVENT_CLASS)[EventName];

/** One event as it goes on the wire. `uniqueid` is the first channel that it speaks of, null where it speaks of none. */
export interface PbxEvent {
  name: EventName;
  eventClass: EventClass;
  text: string;
  uniqueid: string | null;
}

export type Fields = Readonly<Record<string, string | number>>;

/** Header lines, each closed by CR LF. Values never hold CR or LF: they come from the simulator or through the action parser. */
export function lines(fields: Fields): string {
  let text = '';
  for (const key in fields) text += `${key}: ${fields[key]}\r\n`;
  return text;
}

/** Asterisk escapes names as C does: a quote and a backslash get a backslash in front. */
export function escapeName(name: string): string {
  return name.replace(/[\\"]/g, '\\$&');
}

/** The `Timestamp` of each event: seconds with six decimals, never twice the same, since events of one moment keep their order by it. */
export function createStamp(now: () => number): () => string {
  let last = 0;
  return () => {
    const micros = Math.max(Math.floor(now() * 1000), last + 1);
    last = micros;
    const seconds = Math.floor(micros / 1_000_000);
    return `${seconds}.${String(micros - seconds * 1_000_000).padStart(6, '0')}`;
  };
}
