import { type Database, open, type RangeOptions, type RootDatabase } from 'lmdb';

type Table = Database<Buffer, Buffer>;

/**
 * The LMDB environment: `catalog` (namespace → definition), `documents` (collection id + record id → BSON bytes) and
 * `entries` (index id + ordered key + record id → nothing). All keys are bytes in memcmp order.
 */
export type Environment = {
  readonly catalog: Table;
  readonly documents: Table;
  readonly entries: Table;
  /** Runs `work` in one transaction, on disk when it returns; what it throws undoes all of it. */
  readonly transaction: <T>(work: () => T) => T;
  readonly close: () => Promise<void>;
};

export function openEnvironment(dir: string): Environment {
  const root: RootDatabase<Buffer, Buffer> = open({
    path: dir,
    maxDbs: 8,
    keyEncoding: 'binary',
    encoding: 'binary',
    // Commits below are synchronous: written and flushed before a write is acknowledged.
    overlappingSync: false,
  });
  const table = (name: string): Table =>
    root.openDB<Buffer, Buffer>({ name, keyEncoding: 'binary', encoding: 'binary' });
  return {
    catalog: table('catalog'),
    documents: table('documents'),
    entries: table('entries'),
    transaction: (work) => root.transactionSync(work),
    close: () => root.close(),
  };
}

/** Keys from `start` (included) to `end` (excluded). */
export type KeyRange = { readonly start: Buffer; readonly end: Buffer };

const firstChunk = 16;
const largestChunk = 1024;

/**
 * A range read chunk by chunk, each chunk from a place of its own: the scan may rest between two chunks as long as a cursor
 * does, holds no snapshot open, and goes on rightly after the table was changed.
 */
function* inChunks<T>(
  range: KeyRange,
  reverse: boolean,
  read: (options: RangeOptions) => Iterable<T>,
  keyOf: (item: T) => Buffer,
): Generator<T> {
  let start = reverse ? range.end : range.start;
  const end = reverse ? range.start : range.end;
  let exclusiveStart = reverse;
  let limit = firstChunk;
  for (;;) {
    const chunk = [...read({ start, end, limit, reverse, exclusiveStart, inclusiveEnd: reverse })];
    yield* chunk;
    const last = chunk.at(-1);
    if (chunk.length < limit || last === undefined) return;
    start = keyOf(last);
    exclusiveStart = true;
    limit = Math.min(limit * 4, largestChunk);
  }
}

/** Keys of a range, in order. */
export function scanKeys(table: Table, range: KeyRange, reverse = false): Generator<Buffer> {
  return inChunks(
    range,
    reverse,
    (options) => table.getKeys(options),
    (key) => key,
  );
}

/** Keys and values of a range, in order. */
export function scanEntries(
  table: Table,
  range: KeyRange,
  reverse = false,
): Generator<{ key: Buffer; value: Buffer }> {
  return inChunks(
    range,
    reverse,
    (options) => table.getRange(options),
    ({ key }) => key,
  );
}
