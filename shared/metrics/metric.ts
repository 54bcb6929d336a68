import type { LegCounters } from './counters.ts';
import type { Tally } from './tally.ts';

/** How the service level treats those who did not wait. */
export const serviceLevelVariants = ['negative', 'answered-only', 'positive', 'ignore', 'offered'] as const;
export type ServiceLevelVariant = (typeof serviceLevelVariants)[number];

export type Unit = 'count' | 'share' | 'seconds';

export interface Metric {
  unit: Unit;
  /** Whether more is better; null where it says nothing. */
  upIsGood: boolean | null;
  name: { ru: string; en: string };
  /** What it is, as it is told to who asks. */
  definition: { ru: string; en: string };
  /** As it stands in docs and beside the number. */
  formula: string;
  /** null where there is nothing: never 0 % or 100 % of nothing. */
  of(tally: Tally, variant: ServiceLevelVariant): number | null;
}

/** null of nothing. */
export const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
/** Seconds; null of nothing. */
export const mean = (sumMs: number, count: number): number | null =>
  count > 0 ? sumMs / count / 1000 : null;

/** As metrics have it in their variants; null where nobody counts. */
export function serviceLevel(tally: Tally, variant: ServiceLevelVariant): number | null {
  const { answered, abandoned, callback, flowedOut, answeredInTime, abandonedInTime } = tally;
  switch (variant) {
    case 'answered-only':
      return share(answeredInTime, answered);
    case 'positive':
      return share(answeredInTime + abandonedInTime, answered + abandoned);
    case 'ignore':
      return share(answeredInTime, answered + abandoned - abandonedInTime);
    case 'negative':
      return share(answeredInTime, answered + abandoned);
    case 'offered':
      return share(answeredInTime, answered + abandoned + flowedOut + callback);
  }
}

/** Talk, hold and wrap-up together, ms. */
export const handledMs = ({ talkMs, holdMs, wrapUpMs }: LegCounters) => talkMs + holdMs + wrapUpMs;

/** A metric that counts something; whether more is better is said apart. */
export const count = (
  ru: string,
  en: string,
  definition: Metric['definition'],
  formula: string,
  of: (tally: Tally) => number,
): Metric => ({ unit: 'count', upIsGood: null, name: { ru, en }, definition, formula, of });

/** Of all that left the queue. @param at 0..1 */
export function waitPercentile(at: number, ru: string, en: string): Metric {
  return {
    unit: 'seconds',
    upIsGood: false,
    name: { ru, en },
    definition: {
      ru: 'По всем, кто вышел из очереди, с точностью до секунды.',
      en: 'Of all who left the queue, exact to a second.',
    },
    formula: at === 1 ? 'max of waits' : `the shortest wait that ${at * 100} % did not exceed`,
    of: ({ waits }) => waits.percentile(at),
  };
}

/** A mean over handled legs. */
export function perHandled(
  ru: string,
  en: string,
  name: 'talkMs' | 'holdMs' | 'wrapUpMs',
  definition: Metric['definition'],
): Metric {
  return {
    unit: 'seconds',
    upIsGood: null,
    name: { ru, en },
    definition,
    formula: `${name.replace('Ms', '')} / handled`,
    of: ({ legs }) => mean(legs[name], legs.handled),
  };
}

/** A number as reports give it: shares with four decimals, seconds with three (a millisecond). */
export function rounded({ unit }: Metric, value: number | null): number | null {
  if (value === null || unit === 'count') return value;
  const by = unit === 'share' ? 10_000 : 1000;
  return Math.round(value * by) / by;
}
