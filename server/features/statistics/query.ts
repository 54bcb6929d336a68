import type { Interaction } from '@ringdesk/shared/interaction';
import { type Counters, merge, noCounters } from '@ringdesk/shared/metrics/counters';
import { type Cut, cuts, type Interval, momentOf, type Span } from '@ringdesk/shared/metrics/intervals';
import type { ServiceLevelVariant } from '@ringdesk/shared/metrics/metric';
import { addTally, type Limits, noTally, type Tally, tallyOf } from '@ringdesk/shared/metrics/tally';
import type { Dimension } from '@ringdesk/shared/report';
import { Refusal } from '../../platform/errors.ts';
import type { Countable } from '../interactions/index.ts';
import { countedOf, cubeFor, factsIn, hourMs, quarterMs } from './rules.ts';
import type { StatisticsStore } from './store.ts';

export interface Agreed extends Limits {
  serviceLevel: ServiceLevelVariant;
}

export interface Question {
  /** Local days or times of the business time zone; `to` is not in it. */
  from: string;
  to: string;
  by: readonly Dimension[];
  interval: Interval | null;
  /** Values of which one must be had, by dimension. */
  filters: Partial<Record<Dimension, readonly string[]>>;
  /** Instead of what the queues are set to. */
  said: Partial<Agreed>;
}

export interface Group {
  /** One value for each dimension asked for; the empty text is none. */
  values: readonly string[];
  /** Of the interval; null where time was not cut. */
  interval: string | null;
  tally: Tally;
  serviceLevel: ServiceLevelVariant;
  /** The time is not over, or somebody still waits. */
  provisional: boolean;
}

export interface Answer {
  groups: Group[];
  total: Group;
}

export interface QueryOptions {
  statistics: StatisticsStore;
  countable: Countable;
  /** What holds now: for the past too. */
  settings(): { timeZone: string; agreedFor(queue: string): Agreed; usual: Agreed };
  now(): number;
}

/** Without counters of their own, dimensions are counted from the records, which takes as long as there are records. */
const longestFromRecordsMs = 31 * 24 * hourMs;
/** More rows than this are no report but an export of a database. */
const mostCuts = 20_000;

/** The one door to the numbers: page, API, command line and board all come through here. */
export class StatisticsQuery {
  readonly #o: QueryOptions;

  constructor(options: QueryOptions) {
    this.#o = options;
  }

  /** @throws Refusal `bad-input` for times that are none, `store-unavailable` */
  async ask(question: Question): Promise<Answer> {
    const { by, interval, filters, said } = question;
    const { timeZone, agreedFor, usual } = this.#o.settings();
    const span = spanOf(question, timeZone);
    const parts = interval === null ? null : cuts(span, interval, timeZone);
    if (parts !== null && parts.length > mostCuts)
      throw new Refusal(
        'bad-input',
        'So many intervals are no report: ask for a shorter time or longer intervals.',
      );
    const groups = new Map<string, { values: string[]; cut: Cut | null; queues: Map<string, Counters> }>();
    const cutAt = parts === null ? () => null : finder(parts);

    await this.#cells(question, span, ({ at, values: all, dimensions, counters }) => {
      const valueIn = (name: Dimension) => all[dimensions.indexOf(name)] ?? '';
      for (const name of dimensions) if (filters[name]?.includes(valueIn(name)) === false) return;
      const cut = cutAt(at);
      const values = by.map(valueIn);
      const key = [cut?.key ?? '', ...values].join('\u0000');
      const group = groups.get(key) ?? { values, cut, queues: new Map() };
      groups.set(key, group);
      const queue = valueIn('queue');
      const sum = group.queues.get(queue) ?? noCounters();
      group.queues.set(queue, sum);
      merge(sum, counters);
    });

    const now = this.#o.now();
    const total = noTally();
    const told = [...groups.values()].map(({ values, cut, queues }): Group => {
      const tally = noTally();
      for (const [queue, counters] of queues)
        addTally(tally, tallyOf(counters, { ...agreedFor(queue), ...said }));
      addTally(total, tally);
      const [only] = queues.size === 1 ? queues.keys() : [];
      const variant = said.serviceLevel ?? (only === undefined ? usual : agreedFor(only)).serviceLevel;
      const provisional = tally.open > 0 || (cut?.to ?? span.to) > now;
      return { values, interval: cut?.key ?? null, tally, serviceLevel: variant, provisional };
    });
    return {
      groups: told.sort(byPlace),
      total: {
        values: [],
        interval: null,
        tally: total,
        serviceLevel: said.serviceLevel ?? usual.serviceLevel,
        provisional: total.open > 0 || span.to > now,
      },
    };
  }

  /** The records in which a fact of a time fulfils something, the newest first, each as often as it does. */
  async records(
    asked: Pick<Question, 'from' | 'to' | 'filters'>,
    fulfils: (counters: Counters, queue: string) => boolean,
  ): Promise<Interaction[]> {
    const span = spanOf(asked, this.#o.settings().timeZone);
    const { filters } = asked;
    const dimensions: Dimension[] = ['queue', 'agent', 'reason', 'disposition', 'direction', 'pbx', 'did'];
    const found: Interaction[] = [];
    for await (const interaction of this.#inSpan(span))
      for (const { values, count } of factsIn(countedOf(interaction), dimensions, span)) {
        const valueIn = (name: Dimension) => values[dimensions.indexOf(name)] ?? '';
        if (dimensions.some((name) => filters[name]?.includes(valueIn(name)) === false)) continue;
        const counters = noCounters();
        count(counters, 1);
        if (fulfils(counters, valueIn('queue'))) found.push(interaction);
      }
    return found.sort((one, other) =>
      one.startedAt === other.startedAt
        ? one.id < other.id
          ? 1
          : -1
        : one.startedAt < other.startedAt
          ? 1
          : -1,
    );
  }

  async #cells({ by, filters }: Question, span: Span, found: (cell: FoundCell) => void): Promise<void> {
    const asked = (['queue', 'agent', 'reason', 'disposition', 'direction', 'pbx', 'did'] as const).filter(
      (name) => name === 'queue' || by.includes(name) || filters[name] !== undefined,
    );
    const cube = cubeFor(asked);
    if (cube !== null) {
      await this.#o.statistics.read(cube, span, ({ quarter, values, counters }, hour) => {
        const at = hour + quarter * quarterMs;
        if (at >= span.from && at < span.to) found({ at, values, dimensions: cube, counters });
      });
      return;
    }
    if (span.to - span.from > longestFromRecordsMs)
      throw new Refusal(
        'bad-input',
        `By ${asked.join(', ')} together numbers are counted anew: ask for at most 31 days, or for fewer of them.`,
      );
    for await (const interaction of this.#inSpan(span))
      for (const { at, values, count } of factsIn(countedOf(interaction), asked, span)) {
        const counters = noCounters();
        count(counters, 1);
        found({ at, values, dimensions: asked, counters });
      }
  }

  #inSpan({ from, to }: Span): AsyncIterable<Interaction> {
    return this.#o.countable.inHours(Math.floor(from / hourMs), Math.ceil(to / hourMs));
  }
}

interface FoundCell {
  at: number;
  values: readonly string[];
  dimensions: readonly Dimension[];
  counters: Counters;
}

/** @throws Refusal `bad-input` */
export function spanOf({ from, to }: { from: string; to: string }, timeZone: string): Span {
  const span = { from: momentIn('from', from, timeZone), to: momentIn('to', to, timeZone) };
  if (span.to <= span.from)
    throw new Refusal(
      'bad-input',
      "'to' must be after 'from': it is the first day that is not in the report.",
      {
        fields: [{ path: 'to', message: 'must be after from' }],
      },
    );
  return span;
}

function momentIn(path: string, local: string, timeZone: string): number {
  try {
    const at = momentOf(local, timeZone);
    if (at % quarterMs === 0) return at;
  } catch {
    // Such as the 31st of April.
  }
  throw new Refusal('bad-input', `'${local}' is no day of the calendar, or not a quarter of an hour.`, {
    fields: [{ path, message: 'is no day, or not a quarter of an hour' }],
  });
}

/** The cut in which a moment is; cuts follow each other without gaps. */
function finder(parts: readonly Cut[]): (at: number) => Cut | null {
  return (at) => {
    let [low, high] = [0, parts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((parts[middle]?.from ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return parts[low] ?? null;
  };
}

function byPlace(one: Group, other: Group): number {
  const [a, b] = [one, other].map(({ interval, values }) => [interval ?? '', ...values].join('\u0000'));
  return a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1;
}
