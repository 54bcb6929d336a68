import type { Clock } from '../clock.ts';
import type { EventName, Fields } from './events.ts';

/** Asterisk's channel states, as far as they occur here. */
export const CHANNEL_STATE = { down: 0, ring: 4, ringing: 5, up: 6 } as const;
export type ChannelState = (typeof CHANNEL_STATE)[keyof typeof CHANNEL_STATE];
/** A number and a name; an empty one is written `<unknown>`. `withheld` is Asterisk's CALLERID(pres). */
export interface Party {
  number: string;
  name: string;
  withheld?: boolean;
}

/** Who has a channel in hand and hears what happens to it: a queue, a dial attempt, a bridge, a menu. */
export interface Owner {
  /** The far end hung up, or an action asked for the end. Whatever Asterisk says of the wish has been said. */
  ended(channel: Channel): void;
  /** An action takes the channel away: what it hears stops, before the channel stands elsewhere. */
  interrupted?(): void;
  digit?(channel: Channel, digit: string): void;
  ringing?(leg: Channel): void;
  answered?(leg: Channel): void;
  /** Somebody else took the ringing call (`*8`): `by` is to talk in the leg's place. */
  pickedUp?(leg: Channel, by: Channel): void;
  /** The phone refused; the leg carries cause and SIP code. */
  refused?(leg: Channel): void;
}

/** What the other half of a Local channel, or who dialled it, hears of the dialling behind it. */
export interface Upstream {
  connected(party: Party): void;
  ringing(): void;
  answered(): void;
}

/** What stands in every snapshot and may change. */
export interface Shown {
  state: ChannelState;
  caller: Party;
  connected: Party;
  context: string;
  exten: string;
  priority: number;
  linkedid: string;
  callref: string;
  /** The file that MixMonitor writes; empty: none. */
  recording: string;
}

/** What manager.conf can list in `channelvars`, so that each event of a channel carries it. */
export type ChannelVariable = 'CALLREF' | 'CALLERID(pres)' | 'MIXMONITOR_FILENAME';

export interface Channel extends Shown {
  readonly name: string;
  readonly uniqueid: string;
  /** `PJSIP/1001`, `PJSIP/trunk`, `Local/…`: what device state counts. */
  readonly device: string;
  readonly createdAt: number;
  application: string;
  applicationData: string;
  owner: Owner;
  bridge: Bridge | null;
  /** The queue's stay in which this channel is the caller or the member that talks. */
  visit: Visit | null;
  /** The other half of a Local channel. */
  otherHalf: Channel | null;
  upstream: Upstream | null;
  /** A caller id that came through a Local channel and is said only when this half is next heard of. */
  lateCaller: Party | null;
  /** What this channel does when its bridge is over: a leg hangs up, a caller goes on in the dialplan. */
  onBridgeOver: ((hungUp: boolean) => void) | null;
  /** Its far end, or its other half, asked for the end (HangupRequest). */
  asksToEnd: boolean;
  runsDialplan: boolean;
  /** The dialplan goes on where the channel stands, in place of ending (the action Redirect). */
  redirected: boolean;
  cause: number;
  techCause: string;
  survey: boolean;
  held: boolean;
  variables: Map<string, string>;
  gone: boolean;
  /** Snapshots by prefix; emptied by `change`. */
  snapshots: Map<string, string>;
}

export interface Bridge {
  readonly id: string;
  /** Two who talk, or all who are parked. */
  readonly kind: 'basic' | 'parking';
  readonly channels: Channel[];
  destroyed: boolean;
}

/** One caller's stay in one queue, as the rest of the exchange sees it. */
export interface Visit {
  /** Who waits or talks: another channel after `takeOver`. */
  readonly caller: Channel;
  /** A phone rings for this caller now. */
  readonly pending: boolean;
  readonly position: number;
  readonly joinedAt: number;
  /** The talk with the member is over; says AgentComplete, once. */
  complete(reason: 'caller' | 'agent' | 'transfer'): void;
  /** The member talks through this channel from now on. */
  moveLeg(to: Channel): void;
  /** Another channel waits in the caller's place from now on (a masquerade); no event of the queue tells of it. */
  takeOver(by: Channel): void;
}

export type Lacks = 'nothing' | 'caller' | 'member' | 'both';

export type Strategy = 'rrmemory' | 'leastrecent' | 'ringall';

export interface QueueSettings {
  strategy: Strategy;
  /** How long one phone rings before the next is tried, ms. */
  ringMs: number;
  /** The pause between two rounds, ms. */
  retryMs: number;
  /** Whole seconds after a call in which the queue leaves a member alone. */
  wrapUpSeconds: number;
  /** Whether waiting callers hear their position now and then (music stops for it, and no phone rings meanwhile). */
  announcePosition: boolean;
  voicemailBox: string;
}

export interface Member {
  readonly name: string;
  readonly interface: string;
  readonly stateInterface: string;
  readonly membership: 'static' | 'dynamic';
  /** The round-robin's order: that in which members were added, from 0. */
  position: number;
  penalty: number;
  /** What queues.conf says: a restart comes back to it. */
  readonly configuredPenalty: number;
  callsTaken: number;
  lastCall: number;
  lastPause: number;
  readonly loginTime: number;
  inCall: boolean;
  paused: boolean;
  pausedReason: string;
  ringInUse: boolean;
}

export interface Queue {
  readonly name: string;
  readonly settings: QueueSettings;
  readonly members: Map<string, Member>;
  readonly waiting: Visit[];
  /** The round-robin's place: who has a position before it comes after all others. */
  next: number;
  completed: number;
  abandoned: number;
  holdSeconds: number;
  talkSeconds: number;
}

/** A desk phone: what it does when it rings is up to who plays it. */
export interface Phone {
  readonly extension: string;
  readonly device: string;
  readonly name: string;
  /** Without caller id and hint in the configuration, and reached at a fixed address: the phones of load runs. */
  readonly bare: boolean;
  registered: boolean;
  onRing: (leg: Channel) => void;
}

/** The state of the exchange. All that happens in it is done by the functions of this folder, which take it first. */
export interface Pbx {
  /** The exchange's time: what was to happen in it does not after a restart. */
  readonly clock: Clock;
  /** The time of the people around it, which goes on. */
  readonly world: Clock;
  readonly system: string;
  startedAt: number;
  /** False from a restart until the exchange says FullyBooted. */
  booted: boolean;
  readonly shipped: boolean;
  readonly channelVariables: readonly ChannelVariable[];
  readonly channels: Map<string, Channel>;
  readonly byName: Map<string, Channel>;
  readonly bridges: Set<Bridge>;
  readonly phones: Map<string, Phone>;
  readonly queues: Map<string, Queue>;
  /** Channels of each device, and the state of each device that was said last. */
  readonly ofDevice: Map<string, Set<Channel>>;
  readonly deviceState: Map<string, string>;
  /** Devices that the next look at device states will look at. */
  readonly devicesToLookAt: Set<string>;
  /** New messages of each box. */
  readonly voicemail: Map<string, number>;
  onTrunkRing: (leg: Channel) => void;
  /** Whose channel the next AgentComplete comes too late to know: a race that Asterisk loses now and then. */
  completeLacks: () => Lacks;
  /** Members who are rung only for callers who are meant for them, as long as others could take the rest. */
  readonly reserved: Set<string>;
  /** A caller came to where something is expected of the person: who plays the people decides what they do. */
  onListening: (channel: Channel, to: 'menu' | 'queue' | 'survey' | 'voicemail') => void;
  /** An action paused or unpaused a device; `before` is the reason it was paused with, null when it was not. */
  onPaused: (device: string, before: string | null, now: string | null) => void;
  calls: number;
  emit(name: EventName, channel: Channel | null, text: string): void;
  say(name: EventName, channel: Channel, fields?: Fields): void;
  snapshot(channel: Channel, prefix?: string): string;
  /** Drops all that was to happen, and counts calls and channel names from the beginning. */
  startLife(): void;
  newUniqueid(): string;
  newSerial(kind: 'pjsip' | 'local'): string;
  newBridgeId(): string;
  /** Counts the Local pairs that were taken out of the way. */
  newOptimizationId(): number;
}
