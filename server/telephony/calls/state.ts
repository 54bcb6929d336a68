import type { CallEvent, DeviceState, QueueMember } from '@ringdesk/shared/call-events';
import type {
  Direction,
  EntryOutcome,
  Presentation,
  TimelineItem,
  Transfer,
} from '@ringdesk/shared/interaction';
import { emptyIndex, indexOwners, noPhoneFacts, type PhoneFacts, type PhoneIndex } from './phone-facts.ts';

/**
 * What the model keeps. Everything below `CallState.data` is plain JSON apart from the Maps, refers to other things by id, and is
 * changed in place by the functions of this folder only.
 */

/** What differs from site to site. The functions must be pure: same answer for the same argument, always. */
export interface CallModelOptions {
  /** The PBX's name in the configuration: `pbx` of each interaction. */
  pbx: string;
  /** The number in E.164, or null when it is none. @param device the line on which it came or is dialled, where that is known */
  toE164(raw: string, device: string | null): string | null;
  /** A caller who hangs up after waiting no longer than this (ms) abandoned shortly. Default 5000. */
  shortAbandonMs?: number;
  /** Numbers of at most so many digits are inside the house. Default 6. */
  maxExtensionDigits?: number;
  /** What is dialled before an outside number, e.g. `9`. Default: nothing. */
  outboundPrefix?: string;
  /** Devices that are never agents, by how they begin: `PJSIP/trunk`, `DAHDI/`. Default: none, see whose-phone.ts. */
  trunks?: readonly string[];
  /** What agents' phones are called, see phonePattern(): `SIP/15001*`, `PJSIP/99{agent}`. Default: none, see whose-phone.ts. */
  phones?: readonly string[];
  /** The dialplan contexts in which agents' phones dial. Default: none. */
  phoneContexts?: readonly string[];
  /** Device → agent, for a recording that does not tell it. Default: none. */
  owners?: ReadonlyMap<string, string>;
}

/** One live channel. */
export interface Channel {
  id: string;
  name: string;
  /** `PJSIP/1001` of `PJSIP/1001-0000002a`. */
  device: string;
  local: boolean;
  /** The agent whose phone this is; null for the outside world and for Local channels. */
  agent: string | null;
  callId: string;
  createdAt: number;
  number: string | null;
  callerName: string | null;
  presentation: Presentation | null;
  /** Asterisk has not yet said for sure whether the number may be shown: see presented(). */
  unsure: boolean;
  exten: string | null;
  up: boolean;
  /** The other half of a Local channel. */
  otherHalf: string | null;
  bridge: string | null;
  /** Who dialled it: a channel, or `pbx` when nobody's channel did (Originate). */
  dialledBy: string | null;
  /** When the dial to it was answered; whether who calls is put through depends on the dials before it (chain.ts). */
  pickedUpAt: number | null;
  /** How the dial to it ended, if not with an answer. */
  dialStatus: string | null;
  requestedAt: number | null;
  softRequestedAt: number | null;
  /** Since when this phone has its partner on hold. */
  heldAt: number | null;
  digitAt: number | null;
  /** Something happened on the channel that a hung-up caller does not do; asked after it left a queue. */
  aliveAt: number | null;
  /** The leg that this channel belongs to (Leg.key). */
  leg: number | null;
}

export interface Entry {
  key: number;
  queue: string;
  /** The caller's channel. */
  channel: string;
  enteredAt: number;
  leftAt: number | null;
  position: number | null;
  outcome: EntryOutcome | null;
  /** The outcome is a guess that a later fact may change. */
  provisional: boolean;
  abandonSeen: boolean;
  agent: string | null;
  consultation: boolean;
  /** `enteredAt` or `leftAt` fell into a gap and is not known exactly. */
  estimated: boolean;
}

export type LegEvidence = 'caller' | 'agent' | 'transfer' | 'unknown';

export interface Leg {
  key: number;
  agent: string;
  device: string;
  queue: string | null;
  entry: number | null;
  /** The live channels of the leg: usually one; a Local member has the Local half and the phone. */
  channels: string[];
  /** The phone's channel, kept when it is gone. */
  channelName: string | null;
  uniqueid: string | null;
  offeredAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  consultation: boolean;
  /** Time so far, ms; the running phase began at `phaseAt`. */
  talkMs: number;
  holdMs: number;
  phase: 'off' | 'talk' | 'hold';
  phaseAt: number;
  /** When agent and customer were last parted. */
  partedAt: number | null;
  /** Signs of how it ended; the best one is used (leg-endings.ts). */
  ringEndedAt: number | null;
  dialAnswered: boolean;
  /** The agent declined the ring on the desk. */
  declined: boolean;
  /** Picked up, and asked to accept the call (a confirmation by key): the dialplan hung up on it. Absent in states of earlier days. */
  sentAway?: boolean;
  dialStatus: string | null;
  rangOut: boolean;
  takenElsewhere: boolean;
  /** The phone sent the call on: the caller's channel that will dial elsewhere, then null again. */
  forwardedFrom: string | null;
  /** It rings where it was sent on to. */
  forwarded: boolean;
  cause: number;
  transferred: boolean;
  requestedBy: LegEvidence | null;
  completedBy: LegEvidence | null;
  softRequestedBy: LegEvidence | null;
  lost: boolean;
}

export interface Party {
  number: string | null;
  numberRaw: string | null;
  presentation: Presentation;
  name: string | null;
  did: string | null;
}

export interface Call {
  id: string;
  startedAt: number;
  direction: Direction;
  party: Party;
  /** The outside party's channel, once there is one; it stays here when it is gone. */
  customer: string | null;
  customerHungUpAt: number | null;
  /** HangupRequest of the customer's phone. */
  customerRequestedAt: number | null;
  /** The channel that began the call (an inside caller's, in an internal call). */
  initiator: string;
  initiatorRequestedAt: number | null;
  /** Begun by Originate (click-to-call), not by anybody's phone. */
  originated: boolean;
  /** The number that a click-to-call is to reach, known before it is dialled. */
  goal: string | null;
  channels: string[];
  /** All Uniqueids and Linkedids that lead to this call. */
  keys: string[];
  entries: Entry[];
  legs: Leg[];
  transfers: Transfer[];
  timeline: TimelineItem[];
  answeredAt: number | null;
  /** How the last dialling of the outside party ended. */
  dialStatus: string | null;
  score: number | null;
  recording: string | null;
  callbackRequested: boolean;
  voicemail: boolean;
  ivrChoiceAt: number | null;
  upAt: number | null;
  /** A blind transfer whose goal is not yet known to be a queue: its place in `transfers`. */
  openTransfer: number | null;
  /** A transfer that nobody has taken yet: its place in `transfers`. */
  untaken: number | null;
  /** When somebody was first rung, or the customer first met somebody in a bridge: what was before was a menu. */
  metAt: number | null;
  /** When the last gap of the link in this call's life was over: signs of what was before may be missing. */
  gapUntil: number | null;
  estimated: boolean;
  /** The time of its latest event, and by how much the PBX's clock was set back since it began (ms). */
  clock?: { latestAt: number; backMs: number };
  lost: boolean;
}

export interface Data {
  channels: Map<string, Channel>;
  calls: Map<string, Call>;
  /** Uniqueid or Linkedid → call id. */
  keys: Map<string, string>;
  bridges: Map<string, { members: string[]; holding: boolean }>;
  /** A phone's live channels, oldest first. */
  phones: Map<string, string[]>;
  /** Callers' channels per queue, first in line first. */
  waiting: Map<string, string[]>;
  members: Map<string, QueueMember & { stateDevice: string | null }>;
  devices: Map<string, DeviceState>;
  nextKey: number;
  /** The Uniqueids of the latest channels that are gone, newest last: what is still said of them begins no call. */
  gone: string[];
  /** Queues for which the dialplan sends UserEvent(QueueResult): there its absence says something too. */
  resultQueues: string[];
  downSince: number | null;
  phoneFacts: PhoneFacts;
}

export interface CallState {
  options: Required<CallModelOptions>;
  data: Data;
  /** Made of `data`: every new channel is looked up here, and a large house has thousands of members. */
  phoneIndex: PhoneIndex;
}

/** One event being applied: the state, and what is to be said about it. */
export interface Step {
  state: CallState;
  out: CallEvent[];
}

export function createCallState(options: CallModelOptions): CallState {
  const defaults = {
    shortAbandonMs: 5000,
    maxExtensionDigits: 6,
    outboundPrefix: '',
    trunks: [],
    phones: [],
    phoneContexts: [],
  };
  const state: CallState = {
    options: { ...defaults, owners: new Map(), ...options },
    data: {
      channels: new Map(),
      calls: new Map(),
      keys: new Map(),
      bridges: new Map(),
      phones: new Map(),
      waiting: new Map(),
      members: new Map(),
      devices: new Map(),
      nextKey: 1,
      gone: [],
      resultQueues: [],
      downSince: null,
      phoneFacts: { ...noPhoneFacts(), owners: new Map(options.owners) },
    },
    phoneIndex: emptyIndex(options.phones ?? []),
  };
  indexOwners(state);
  return state;
}

let latest = { at: 0, text: new Date(0).toISOString() };

/** Milliseconds since 1970 as ISO 8601. The last answer is kept: the same moment is asked for several times in a row. */
export function iso(at: number): string {
  if (latest.at !== at) latest = { at, text: new Date(at).toISOString() };
  return latest.text;
}

/** A duration that is never negative: Asterisk's Timestamps run backwards now and then. */
export function elapsed(from: number, to: number): number {
  return Math.max(0, to - from);
}

/** Whether signs of what happened at `at` may have been lost with the link: they come within a second of it. */
export function signsMayBeLost(call: Call, at: number): boolean {
  return call.gapUntil !== null && at - call.gapUntil <= 1000;
}

const MAX_TIMELINE = 300;

/**
 * Adds a line to the call's timeline. The same line at the same moment is added once, so that a repeated event leaves no trace; a call that
 * goes on for ever (a phone that declines every second) stops writing after 300 lines.
 */
export function note(call: Call, at: number, what: string, more: Record<string, unknown> = {}): void {
  if (call.timeline.length >= MAX_TIMELINE) return;
  const item = { at: iso(at), what, ...more };
  const same = (known: TimelineItem) =>
    known.at === item.at && known.what === what && JSON.stringify(known) === JSON.stringify(item);
  if (!call.timeline.slice(-6).some(same)) call.timeline.push(item);
}
