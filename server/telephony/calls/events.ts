import type { DeviceState } from '@ringdesk/shared/call-events';
import type { Presentation } from '@ringdesk/shared/interaction';
import type { EndpointFacts } from './phone-facts.ts';

/**
 * The AMI events that the call model understands, already read: numbers are numbers, "unknown" is null, names are unescaped.
 * `at` is Asterisk's Timestamp in milliseconds since 1970; the model has no other clock. A channel is named by its Uniqueid, never by its
 * channel name, which Asterisk uses again after a restart.
 */
export type PbxEvent = BareEvent & {
  /**
   * The channels that the event names, as Asterisk describes them in it: for one whose Newchannel was not heard. Read of those events only that tell of
   * something going on, never of an ending.
   */
  named?: readonly NamedChannel[];
};

export interface NamedChannel extends ChannelFacts {
  up: boolean;
}

type BareEvent =
  | ({ type: 'Newchannel'; at: number } & ChannelFacts)
  | { type: 'Newstate'; at: number; channel: string; state: number; presentation: Presentation | null }
  | {
      type: 'NewCallerid';
      at: number;
      channel: string;
      number: string | null;
      name: string | null;
      presentation: Presentation | null;
    }
  | { type: 'LocalBridge'; at: number; one: string; two: string }
  | {
      type: 'HangupRequest';
      at: number;
      channel: string;
      soft: boolean;
      /** The dialplan hangs up (its Hangup() gives a cause), not the phone. */
      byDialplan: boolean;
    }
  | { type: 'Hangup'; at: number; channel: string; cause: number; presentation: Presentation | null }
  | {
      type: 'DialBegin';
      at: number;
      channel: string | null;
      dest: string;
      dialString: string | null;
      presentation: Presentation | null;
    }
  | {
      type: 'DialEnd';
      at: number;
      channel: string | null;
      dest: string;
      status: string;
      /** The phone sent the call on to this extension (SIP 302); another DialBegin of the same caller follows. */
      forward: string | null;
    }
  | {
      type: 'BridgeEnter';
      at: number;
      channel: string;
      bridge: string;
      bridgeType: string;
      /** BridgeTechnology: `simple_bridge`, `softmix`, `holding_bridge` … */
      technology?: string;
      recording: string | null;
    }
  | { type: 'BridgeLeave'; at: number; channel: string; bridge: string }
  | { type: 'Hold'; at: number; channel: string; on: boolean }
  | { type: 'Digit'; at: number; channel: string }
  | {
      type: 'QueueCallerJoin';
      at: number;
      channel: string;
      queue: string;
      position: number | null;
      presentation: Presentation | null;
    }
  | { type: 'QueueCallerAbandon'; at: number; channel: string; queue: string }
  | { type: 'QueueCallerLeave'; at: number; channel: string; queue: string }
  | ({ type: 'AgentCalled'; at: number; channel: string; dest: string } & Offer)
  | ({ type: 'AgentConnect'; at: number; channel: string; dest: string; holdMs: number } & Offer)
  | ({ type: 'AgentRingNoAnswer'; at: number; channel: string; dest: string } & Offer)
  | ({
      type: 'AgentComplete';
      at: number;
      channel: string | null;
      dest: string | null;
      reason: string;
    } & Offer)
  | { type: 'BlindTransfer'; at: number; by: string; transferee: string | null; extension: string }
  | {
      type: 'AttendedTransfer';
      at: number;
      by: string;
      second: string;
      transferee: string | null;
      target: string | null;
      /** The second line stood in a dialplan application (it waited in a queue, or rang): the customer takes its place there. */
      intoApp: boolean;
    }
  | { type: 'Pickup'; at: number; channel: string; target: string }
  | { type: 'ParkedCall'; at: number; parkee: string; parkerDevice: string | null }
  | { type: 'UnParkedCall'; at: number; parkee: string; retriever: string }
  /** A click-to-call has failed: the phone (`PJSIP/1001`) that was to dial `exten`. One that succeeds tells by its channels. */
  | { type: 'OriginateFailed'; at: number; device: string; exten: string | null }
  | { type: 'VoiceMail'; at: number; channel: string }
  | { type: 'IvrChoice'; at: number; channel: string; choice: string }
  | { type: 'CallbackRequest'; at: number; channel: string; queue: string | null }
  | { type: 'SurveyStart'; at: number; channel: string }
  | { type: 'Survey'; at: number; channel: string; score: number | null }
  | {
      type: 'QueueResult';
      at: number;
      channel: string;
      queue: string | null;
      status: string;
      abandoned: boolean;
    }
  | ({ type: 'Member'; at: number } & MemberFacts)
  | { type: 'MemberRemoved'; at: number; queue: string; device: string }
  | { type: 'Device'; at: number; device: string; state: DeviceState }
  | { type: 'Hint'; at: number; exten: string; devices: string[] }
  | { type: 'Endpoint'; at: number; device: string; facts: EndpointFacts }
  /** All devices of all users, as the users' list has them now. */
  | { type: 'Owners'; at: number; owners: ReadonlyMap<string, string> };

export interface ChannelFacts {
  channel: string;
  /** As Asterisk writes it, e.g. `PJSIP/1001-0000002a`: for actions on it, never for identity. */
  name: string;
  linked: string;
  number: string | null;
  callerName: string | null;
  presentation: Presentation | null;
  exten: string | null;
  /** The dialplan context in which it begins: its endpoint's. */
  context: string | null;
  /** The recording's file, when `channelvars` of manager.conf has MIXMONITOR_FILENAME. */
  recording: string | null;
}

/** Whom a queue offered a call: the member's interface, e.g. `PJSIP/1001` or `Local/1008@agents/n`. */
export interface Offer {
  queue: string;
  device: string;
}

export interface MemberFacts {
  queue: string;
  device: string;
  /** The phone behind the interface, e.g. `PJSIP/1008` behind a Local channel. */
  stateDevice: string | null;
  name: string;
  paused: boolean;
  pausedReason: string | null;
  penalty: number;
  state: DeviceState;
}

/** The answers to CoreShowChannels, BridgeList and QueueStatus, read. Times in ms since 1970, `forMs` and `waitMs` are whole seconds in ms. */
export interface Snapshot {
  at: number;
  channels: SnapshotChannel[];
  entries: SnapshotEntry[];
  members: MemberFacts[];
  /** BridgeType by BridgeUniqueid; absent when the PBX did not tell. */
  bridgeTypes?: ReadonlyMap<string, string>;
  /** What the PBX says of its phones: hints, endpoints, states. Absent when it did not tell. */
  phones?: readonly PhoneEvent[];
}
export type PhoneEvent = Extract<PbxEvent, { type: 'Hint' | 'Endpoint' | 'Device' }>;
export interface SnapshotChannel extends ChannelFacts {
  up: boolean;
  bridge: string | null;
  application: string | null;
  applicationData: string | null;
  forMs: number;
}
export interface SnapshotEntry {
  queue: string;
  channel: string;
  position: number | null;
  waitMs: number;
}
