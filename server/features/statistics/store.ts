import type { Dimension } from '@ringdesk/shared/report';
import type { Binary } from 'mongodb';
import type { Store } from '../../platform/store/index.ts';
import { type Cell, packCells, unpackCells } from './packing.ts';
import { cubeName, type HourCounts, hourMs } from './rules.ts';

/** The counters of one day of UTC by one set of dimensions: an hour is replaced as a whole, so that counting again changes nothing. */
interface DayDocument {
  _id: string;
  cube: string;
  /** Since the epoch. */
  day: number;
  /** By the hour of the day, `h0` to `h23`: packed cells. */
  hours: Record<string, Binary | Buffer>;
}

const name = 'statistics';
const hoursADay = 24;

/** All of it throws Refusal `store-unavailable`. */
export class StatisticsStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    store.index(name, [{ key: { cube: 1, day: 1 }, name: 'days' }]);
  }

  /** Replaces the counters of these hours, in one write for each day. */
  async replace(hours: ReadonlyMap<number, HourCounts>): Promise<void> {
    const days = new Map<string, { cube: string; day: number; packed: Record<string, Buffer> }>();
    for (const [hour, counts] of hours) {
      const day = Math.floor(hour / hoursADay);
      for (const { cube, cells } of counts.cells()) {
        const id = `${cubeName(cube)} ${day}`;
        const known = days.get(id) ?? { cube: cubeName(cube), day, packed: {} };
        days.set(id, known);
        known.packed[`hours.h${hour % hoursADay}`] = packCells(cells);
      }
    }
    if (days.size === 0) return;
    await this.#collection().bulkWrite(
      [...days].map(([_id, { packed, ...place }]) => ({
        updateOne: { filter: { _id }, update: { $set: { ...place, ...packed } }, upsert: true },
      })),
      { ordered: false },
    );
  }

  /** All cells that begin in a time, day by day. @param from, to ms since the epoch */
  async read(
    cube: readonly Dimension[],
    { from, to }: { from: number; to: number },
    found: (cell: Cell, at: number) => void,
  ): Promise<void> {
    const dayOf = (at: number) => Math.floor(at / hourMs / hoursADay);
    const documents = this.#collection().find({
      cube: cubeName(cube),
      day: { $gte: dayOf(from), $lte: dayOf(to - 1) },
    });
    for await (const document of documents)
      for (let hour = 0; hour < hoursADay; hour += 1) {
        const packed = document.hours[`h${hour}`];
        const begin = (document.day * hoursADay + hour) * hourMs;
        if (packed === undefined || begin >= to || begin + hourMs <= from) continue;
        unpackCells(bytesOf(packed), (cell) => found(cell, begin));
      }
  }

  #collection() {
    return this.#store.collection<DayDocument>(name);
  }
}

function bytesOf(packed: Binary | Buffer): Uint8Array {
  return packed instanceof Uint8Array ? packed : packed.buffer.subarray(0, packed.position);
}
