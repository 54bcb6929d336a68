import type { Interaction } from '@ringdesk/shared/interaction';
import {
  type Counters,
  countContact,
  countEntry,
  countLeg,
  noCounters,
} from '@ringdesk/shared/metrics/counters';
import { type Facts, factsOf } from '@ringdesk/shared/metrics/facts';
import type { Dimension } from '@ringdesk/shared/report';
import type { Cell } from './packing.ts';

/** What is counted where. Time is cut into quarters of an hour of UTC, of which every time zone's hours and days are made. */

export const hourMs = 3_600_000;
export const quarterMs = 900_000;

/**
 * The sets of dimensions that are counted together. Each has the queue, since limits are agreed for queues. What is asked for by other dimensions is
 * counted from the records when it is asked.
 */
export const cubes: readonly (readonly Dimension[])[] = [
  ['queue'],
  ['queue', 'agent'],
  ['queue', 'reason'],
  ['queue', 'disposition'],
  ['queue', 'direction'],
  ['queue', 'pbx'],
  ['queue', 'did'],
];
export const cubeName = (cube: readonly Dimension[]) => cube.join('+');

/** The smallest set that has all of these dimensions; null when none has. */
export function cubeFor(dimensions: readonly Dimension[]): readonly Dimension[] | null {
  return cubes.find((cube) => dimensions.every((one) => cube.includes(one))) ?? null;
}

/** An interaction as far as it is counted: what does not change from fact to fact, and the facts. */
export interface Counted extends Facts {
  shared: Readonly<Record<Exclude<Dimension, 'queue' | 'agent'>, string>>;
}

/** What is nobody's, or of no queue, stands under the empty text. */
export function countedOf(interaction: Interaction): Counted {
  const { reason, disposition, direction, pbx, did } = interaction;
  return {
    ...factsOf(interaction),
    shared: { reason: reason ?? '', disposition: disposition ?? '', direction, pbx, did: did ?? '' },
  };
}

interface Placed {
  at: number;
  queue: string | null;
  agent: string | null;
  count(counters: Counters, times: 1 | -1): void;
}

/** All facts with when and whose they are. */
function placed({ contact, entries, legs }: Counted): Placed[] {
  return [
    ...(contact === null
      ? []
      : [
          {
            ...contact,
            count: (counters: Counters, times: 1 | -1) => countContact(counters, contact, times),
          },
        ]),
    ...entries.map((entry) => ({
      ...entry,
      count: (counters: Counters, times: 1 | -1) => countEntry(counters, entry, times),
    })),
    ...legs.map((leg) => ({
      ...leg,
      count: (counters: Counters, times: 1 | -1) => countLeg(counters, leg, times),
    })),
  ];
}

/** The hours since the epoch in which something of it is counted. */
export function hoursOf(counted: Counted): number[] {
  return [...new Set(placed(counted).map(({ at }) => Math.floor(at / hourMs)))].sort((a, b) => a - b);
}

/** The facts in a time, each with its value of every dimension asked for. @param from, to ms since the epoch; `to` is not in it */
export function* factsIn(
  counted: Counted,
  dimensions: readonly Dimension[],
  { from, to }: { from: number; to: number },
): Generator<{ at: number; values: string[]; count: Placed['count'] }> {
  for (const { at, queue, agent, count } of placed(counted)) {
    if (at < from || at >= to) continue;
    const values = dimensions.map((name) =>
      name === 'queue' ? (queue ?? '') : name === 'agent' ? (agent ?? '') : counted.shared[name],
    );
    yield { at, values, count };
  }
}

/**
 * The counters of one hour by one set of dimensions. What an interaction counted is taken back when it is told again, so that a late change
 * corrects what was counted before.
 */
export class HourCounts {
  readonly #hour: number;
  readonly #known = new Map<string, Counted>();
  readonly #cubes = cubes.map((cube) => ({ cube, cells: new Map<string, Cell>() }));

  /** @param hour since the epoch */
  constructor(hour: number) {
    this.#hour = hour;
  }

  get size(): number {
    return this.#known.size;
  }

  /** @param counted null: it is no more, or not in this hour */
  put(id: string, counted: Counted | null): void {
    const before = this.#known.get(id);
    if (before !== undefined) this.#count(before, -1);
    if (counted === null) this.#known.delete(id);
    else {
      this.#known.set(id, counted);
      this.#count(counted, 1);
    }
  }

  /** By each set of dimensions: the cells, quarter by quarter. */
  *cells(): Generator<{ cube: readonly Dimension[]; cells: Iterable<Cell> }> {
    for (const { cube, cells } of this.#cubes) yield { cube, cells: cells.values() };
  }

  #count(counted: Counted, times: 1 | -1): void {
    const span = { from: this.#hour * hourMs, to: (this.#hour + 1) * hourMs };
    for (const { cube, cells } of this.#cubes)
      for (const { at, values, count } of factsIn(counted, cube, span)) {
        const quarter = Math.floor((at - span.from) / quarterMs);
        const key = [quarter, ...values].join('\u0000');
        const cell = cells.get(key) ?? { quarter, values, counters: noCounters() };
        cells.set(key, cell);
        count(cell.counters, times);
      }
  }
}
