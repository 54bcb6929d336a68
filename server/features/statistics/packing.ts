import {
  type Counters,
  contactCounterNames,
  legCounterNames,
  noCounters,
  waitNames,
} from '@ringdesk/shared/metrics/counters';
import type { Distribution } from '@ringdesk/shared/metrics/distribution';

/** Counters as bytes: a year of them is read for one report, so they are small, and what is zero takes no room. */

const numberNames = [...contactCounterNames, ...legCounterNames] as const;

/** Grows as it is written to. Numbers are whole and not negative, up to 2^53. */
class Writer {
  #bytes = new Uint8Array(1024);
  #length = 0;

  number(value: number): void {
    this.#room(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  text(value: string): void {
    const bytes = Buffer.from(value, 'utf8');
    this.number(bytes.length);
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  done(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number {
    let value = 0;
    for (let by = 1; ; by *= 0x80) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('Counters are cut off');
      value += (byte & 0x7f) * by;
      if (byte < 0x80) return value;
    }
  }

  text(): string {
    const length = this.number();
    this.#at += length;
    return Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + this.#at - length, length).toString(
      'utf8',
    );
  }
}

/** Counters of one quarter of an hour and of one value of each dimension. */
export interface Cell {
  /** Of the hour, 0 to 3. */
  quarter: number;
  values: readonly string[];
  counters: Counters;
}

/** Cells in which nothing was counted are left out. */
export function packCells(cells: Iterable<Cell>): Buffer {
  const counted = [...cells].filter(({ counters }) => !isEmpty(counters));
  const to = new Writer();
  to.number(counted.length);
  for (const { quarter, values, counters } of counted) {
    to.number(quarter);
    to.number(values.length);
    for (const value of values) to.text(value);
    packCounters(to, counters);
  }
  return to.done();
}

/** @throws RangeError for bytes that are cut off */
export function unpackCells(bytes: Uint8Array, found: (cell: Cell) => void): void {
  const from = new Reader(bytes);
  for (let left = from.number(); left > 0; left -= 1) {
    const quarter = from.number();
    const values = Array.from({ length: from.number() }, () => from.text());
    found({ quarter, values, counters: unpackCounters(from) });
  }
}

function numbersOf({ contacts, legs }: Counters): number[] {
  return [...contactCounterNames.map((name) => contacts[name]), ...legCounterNames.map((name) => legs[name])];
}

function packCounters(to: Writer, counters: Counters): void {
  const numbers = numbersOf(counters);
  to.number(numbers.reduce((mask, value, at) => (value === 0 ? mask : mask + 2 ** at), 0));
  for (const value of numbers) if (value !== 0) to.number(value);
  to.number(counters.entries.open);
  for (const name of waitNames) packDistribution(to, counters.entries[name]);
}

function unpackCounters(from: Reader): Counters {
  const counters = noCounters();
  let mask = from.number();
  for (const name of numberNames) {
    if (mask % 2 === 1) setNumber(counters, name, from.number());
    mask = Math.floor(mask / 2);
  }
  counters.entries.open = from.number();
  for (const name of waitNames) unpackDistribution(from, counters.entries[name]);
  return counters;
}

type NumberName = (typeof numberNames)[number];
const isOfContacts = (name: NumberName): name is (typeof contactCounterNames)[number] =>
  contactCounterNames.some((one) => one === name);

function setNumber({ contacts, legs }: Counters, name: NumberName, value: number): void {
  if (isOfContacts(name)) contacts[name] = value;
  else legs[name] = value;
}

/** The sum is kept as what is lacking to whole seconds, which is less. */
function packDistribution(to: Writer, distribution: Distribution): void {
  const seconds = distribution.seconds();
  to.number(seconds.length);
  let before = 0;
  for (const [second, { times, sumMs }] of seconds) {
    to.number(second - before);
    to.number(times);
    to.number(second * 1000 * times - sumMs);
    before = second;
  }
}

function unpackDistribution(from: Reader, into: Distribution): void {
  let second = 0;
  for (let left = from.number(); left > 0; left -= 1) {
    second += from.number();
    const times = from.number();
    into.addSecond(second, { times, sumMs: second * 1000 * times - from.number() });
  }
}

function isEmpty(counters: Counters): boolean {
  const { entries } = counters;
  return (
    numbersOf(counters).every((value) => value === 0) &&
    entries.open === 0 &&
    waitNames.every((name) => entries[name].count === 0)
  );
}
