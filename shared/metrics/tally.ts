import {
  type ContactCounters,
  type Counters,
  contactCounterNames,
  type LegCounters,
  legCounterNames,
  noCounters,
} from './counters.ts';
import { Distribution } from './distribution.ts';

/** What was agreed for a queue. It may be changed for the past: counters know nothing of it. */
export interface Limits {
  /** T: answered within so many whole seconds is in time. */
  thresholdSeconds: number;
  /** S: who hangs up within so many whole seconds did not really want to wait. */
  shortAbandonSeconds: number;
}
export const usualLimits: Limits = { thresholdSeconds: 20, shortAbandonSeconds: 5 };

/** Counters to which the limits of their queue were applied. Tallies of queues with other limits can be added. */
export interface Tally {
  answered: number;
  /** B, without the short ones. */
  abandoned: number;
  shortAbandoned: number;
  callback: number;
  flowedOut: number;
  open: number;
  answeredInTime: number;
  abandonedInTime: number;
  answeredMs: number;
  abandonedMs: number;
  /** Of all that left the queue. */
  waits: Distribution;
  legs: LegCounters;
  contacts: ContactCounters;
}

const entryNumbers = [
  'answered',
  'abandoned',
  'shortAbandoned',
  'callback',
  'flowedOut',
  'open',
  'answeredInTime',
  'abandonedInTime',
  'answeredMs',
  'abandonedMs',
] as const satisfies readonly (keyof Tally)[];

export function noTally(): Tally {
  return tallyOf(noCounters(), usualLimits);
}

export function tallyOf({ contacts, entries, legs }: Counters, limits: Limits): Tally {
  const { answered, abandoned, callback, flowedOut, open } = entries;
  const { thresholdSeconds, shortAbandonSeconds } = limits;
  const waits = new Distribution();
  for (const part of [answered, abandoned, callback, flowedOut]) waits.merge(part);
  const short = abandoned.within(shortAbandonSeconds);
  return {
    answered: answered.count,
    abandoned: abandoned.count - short.times,
    shortAbandoned: short.times,
    callback: callback.count,
    flowedOut: flowedOut.count,
    open,
    answeredInTime: answered.within(thresholdSeconds).times,
    // Where the short limit is the longer one, nobody abandoned in time.
    abandonedInTime: abandoned.within(Math.max(thresholdSeconds, shortAbandonSeconds)).times - short.times,
    answeredMs: answered.sumMs,
    abandonedMs: abandoned.sumMs - short.sumMs,
    waits,
    legs: { ...legs },
    contacts: { ...contacts },
  };
}

export function addTally(into: Tally, from: Tally): void {
  for (const name of entryNumbers) into[name] += from[name];
  into.waits.merge(from.waits);
  for (const name of contactCounterNames) into.contacts[name] += from.contacts[name];
  for (const name of legCounterNames) into.legs[name] += from.legs[name];
}
