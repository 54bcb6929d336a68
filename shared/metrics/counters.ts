import { Distribution } from './distribution.ts';
import type { ContactFact, EntryFact, LegFact } from './facts.ts';

/**
 * What is counted: sums that can be merged in any order and split in any way. Every number of the catalogue is a pure function of these, so that the board
 * and next year's report cannot differ.
 */

/** Of queue entries. */
export interface EntryCounters {
  answered: Distribution;
  /** Short ones too: the limit is applied when it is asked. */
  abandoned: Distribution;
  callback: Distribution;
  flowedOut: Distribution;
  /** Still waiting. */
  open: number;
}

/** Of agents' legs; durations are sums in ms. */
export interface LegCounters {
  /** Rings, whatever came of them. */
  offers: number;
  missed: number;
  refused: number;
  unreachable: number;
  /** Another one was quicker, or the caller left. */
  elsewhere: number;
  /** Ring or talk goes on. */
  open: number;
  handled: number;
  ringMs: number;
  talkMs: number;
  holdMs: number;
  held: number;
  wrapUpMs: number;
  wrapUps: number;
  blindTransfers: number;
  attendedTransfers: number;
  transfersToQueue: number;
  transfersToAgent: number;
  transfersToOutside: number;
}

/** Of contacts as a whole; calls among ourselves are none. */
export interface ContactCounters {
  inbound: number;
  inboundAnswered: number;
  outbound: number;
  outboundAnswered: number;
}

export interface Counters {
  contacts: ContactCounters;
  entries: EntryCounters;
  legs: LegCounters;
}

export const legCounterNames = [
  'offers',
  'missed',
  'refused',
  'unreachable',
  'elsewhere',
  'open',
  'handled',
  'ringMs',
  'talkMs',
  'holdMs',
  'held',
  'wrapUpMs',
  'wrapUps',
  'blindTransfers',
  'attendedTransfers',
  'transfersToQueue',
  'transfersToAgent',
  'transfersToOutside',
] as const satisfies readonly (keyof LegCounters)[];

export const contactCounterNames = [
  'inbound',
  'inboundAnswered',
  'outbound',
  'outboundAnswered',
] as const satisfies readonly (keyof ContactCounters)[];

export const waitNames = [
  'answered',
  'abandoned',
  'callback',
  'flowedOut',
] as const satisfies readonly (keyof EntryCounters)[];

export function noCounters(): Counters {
  return {
    contacts: { inbound: 0, inboundAnswered: 0, outbound: 0, outboundAnswered: 0 },
    entries: {
      answered: new Distribution(),
      abandoned: new Distribution(),
      callback: new Distribution(),
      flowedOut: new Distribution(),
      open: 0,
    },
    legs: {
      offers: 0,
      missed: 0,
      refused: 0,
      unreachable: 0,
      elsewhere: 0,
      open: 0,
      handled: 0,
      ringMs: 0,
      talkMs: 0,
      holdMs: 0,
      held: 0,
      wrapUpMs: 0,
      wrapUps: 0,
      blindTransfers: 0,
      attendedTransfers: 0,
      transfersToQueue: 0,
      transfersToAgent: 0,
      transfersToOutside: 0,
    },
  };
}

/** @param times -1 takes back what was counted before */
export function countContact(
  { contacts }: Counters,
  { direction, answered }: ContactFact,
  times: 1 | -1 = 1,
): void {
  contacts[direction] += times;
  if (answered) contacts[`${direction}Answered`] += times;
}

/** @param times -1 takes back what was counted before */
export function countEntry({ entries }: Counters, fact: EntryFact, times: 1 | -1 = 1): void {
  switch (fact.class) {
    case 'open':
      entries.open += times;
      return;
    case 'flowed-out':
      entries.flowedOut.add(fact.waitMs, times);
      return;
    default:
      entries[fact.class].add(fact.waitMs, times);
  }
}

const whereto = {
  queue: 'transfersToQueue',
  agent: 'transfersToAgent',
  outside: 'transfersToOutside',
} as const;

/** @param times -1 takes back what was counted before */
export function countLeg({ legs }: Counters, fact: LegFact, times: 1 | -1 = 1): void {
  legs.offers += times;
  if (fact.class !== 'answered') {
    legs[fact.class] += times;
    return;
  }
  legs.handled += times;
  legs.ringMs += fact.ringMs * times;
  legs.talkMs += fact.talkMs * times;
  legs.holdMs += fact.holdMs * times;
  if (fact.holdMs > 0) legs.held += times;
  if (fact.wrapUpMs !== null) {
    legs.wrapUpMs += fact.wrapUpMs * times;
    legs.wrapUps += times;
  }
  if (fact.transfer === null) return;
  legs[fact.transfer.kind === 'blind' ? 'blindTransfers' : 'attendedTransfers'] += times;
  legs[whereto[fact.transfer.to]] += times;
}

/** Adds what others counted. */
export function merge(into: Counters, from: Counters): void {
  for (const name of contactCounterNames) into.contacts[name] += from.contacts[name];
  for (const name of waitNames) into.entries[name].merge(from.entries[name]);
  into.entries.open += from.entries.open;
  for (const name of legCounterNames) into.legs[name] += from.legs[name];
}
