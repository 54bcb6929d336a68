import type { ImportField } from '@ringdesk/shared/customer-import';
import { comparable } from '../../../../platform/search/words.ts';
import { watchColumns } from './columns.ts';
import { createHashCounts, type HashCounts, hashOf } from './hash-counts.ts';
import { limits } from './limits.ts';
import type { ReadBatch, ReadRow, Understood } from './messages.ts';
import { labelSources } from './phone-labels.ts';
import { badCard, type Reject, sameName } from './reject.ts';
import { nameIn, type RowColumn, rowOf, type UnderstoodLine } from './row.ts';
import { openTable, type Table } from './table.ts';
import { unreadableFile } from './unreadable-file.ts';

/** Lines whose customers are looked up and written together: many enough for the database, few enough for the calls beside them. */
const batchSize = 300;
/** Rejected lines, and cells left out, that are listed; a wrong file has them by the hundred thousand. */
const mostListed = 1000;
/** Lines of names that come again later: so many are remembered at a time, whatever the size of the file. */
const mostOpen = 20_000;

/** A file that was read to its end. */
export interface ReadableFile {
  understood: Understood;
  batches(fields: readonly (ImportField | null)[], dryRun: boolean): AsyncGenerator<ReadBatch>;
}

/**
 * Reads the whole file once, so that a broken one changes nothing.
 * @param numberOf the phone in E.164, null when it is none
 * @throws Refusal `bad-input`, `too-large`
 */
export async function readFile(
  bytes: Uint8Array,
  numberOf: (text: string) => string | null,
): Promise<ReadableFile> {
  const table = await openTable(bytes);
  const watched = watchColumns(table.headers);
  let count = 0;
  for await (const some of table.lines()) {
    for (const { cells } of some) watched.see(cells);
    count += some.length;
    if (count > limits.lines)
      throw unreadableFile(
        'lines',
        `The file has more than ${limits.lines} lines: cut it in two, each with the line of column names.`,
        { code: 'too-large' },
      );
  }
  const { source, headerLine, fixed } = table;
  const columns = watched.columns(fixed);
  return {
    understood: { kind: 'understood', source, columns, headerLine, lines: count, isFixed: fixed !== null },
    batches: (fields, dryRun) => batchesOf(table, fields, dryRun, numberOf),
  };
}

type Columns = readonly RowColumn[];

async function* batchesOf(
  table: Table,
  fields: readonly (ImportField | null)[],
  dryRun: boolean,
  numberOf: (text: string) => string | null,
): AsyncGenerator<ReadBatch> {
  const labels = labelSources(table.headers);
  const columns = fields.map((field, at) => ({
    field,
    ...(labels[at] === undefined ? {} : { label: labels[at] }),
  }));
  const names = dryRun ? await countNames(table, columns) : null;
  const passes = names === null ? 1 : Math.max(1, Math.ceil(names.mostOpen / mostOpen));
  const reading = createReading(columns, numberOf, names?.counts ?? null);
  for (let pass = 0; pass < passes; pass += 1) {
    let ordinal = 0;
    for await (const some of table.lines()) {
      for (const { line, cells } of some) {
        ordinal += 1;
        const name = nameKeyIn(cells, columns);
        const hash = hashOf(name ?? '');
        if (hash % passes === pass) reading.take({ line, cells, name, hash, ordinal });
        if (reading.length() >= batchSize) yield reading.batch();
      }
    }
  }
  yield reading.batch();
}

interface NamedLine {
  line: number;
  cells: readonly string[];
  name: string | null;
  hash: number;
  /** Of all lines of the file, from 1. */
  ordinal: number;
}

function createReading(
  columns: Columns,
  numberOf: (text: string) => string | null,
  counted: HashCounts | null,
) {
  const taken = createHashCounts();
  const reached = createHashCounts();
  let listedRejects = 0;
  let listedCells = 0;
  let next = empty();

  function rejectLine({ line, cells }: NamedLine, reject: Reject): void {
    next.rejectedLines += 1;
    listedRejects += 1;
    if (listedRejects <= mostListed)
      next.rejected.push({ line, ...reject, cells: cells.map((cell) => cell.slice(0, 1000)) });
  }

  return {
    length: () => next.lines,
    take(named: NamedLine): void {
      const { line, name, hash, ordinal } = named;
      next.lines += 1;
      if (name !== null && counted?.kept(hash) === ordinal) next.released.push(name);
      const row = understand(named);
      if ('code' in row) {
        rejectLine(named, row);
        return;
      }
      next.rows.push({
        line,
        fields: row.fields,
        given: row.given,
        sharedWithin: isShared(row.fields, hash),
      });
      next.droppedCells += row.dropped.length;
      for (const dropped of row.dropped) {
        listedCells += 1;
        if (listedCells <= mostListed) next.dropped.push({ line, ...dropped });
      }
    },
    batch(): ReadBatch {
      const whole = next;
      next = empty();
      return whole;
    },
  };

  function understand({ cells, name, hash }: NamedLine): UnderstoodLine | Reject {
    if (cells.length === 0) return badCard;
    if (name !== null && taken.add(hash) > limits.linesOfOneName) return sameName(limits.linesOfOneName);
    return rowOf(cells, columns, numberOf);
  }

  /** Whether a line of another name had one of these phones or e-mails before. */
  function isShared({ phones, emails }: ReadRow['fields'], name: number): boolean {
    let shared = false;
    for (const reach of [...phones.map(({ number }) => number), ...emails]) {
      const hash = hashOf(reach);
      if (reached.count(hash) > 0 && reached.kept(hash) !== name) shared = true;
      if (reached.add(hash) === 1) reached.keep(hash, name);
    }
    return shared;
  }
}

function empty(): ReadBatch {
  return {
    kind: 'batch',
    lines: 0,
    rows: [],
    rejected: [],
    rejectedLines: 0,
    dropped: [],
    droppedCells: 0,
    released: [],
  };
}

function nameKeyIn(cells: readonly string[], columns: Columns): string | null {
  const name = nameIn(cells, columns);
  return name === null ? null : comparable(name);
}

/**
 * Where each name stands last, and how many lines have to be remembered at a time when each name is forgotten there. A dry run changes nothing in
 * the database that could remember them.
 */
async function countNames(table: Table, columns: Columns): Promise<{ counts: HashCounts; mostOpen: number }> {
  const counts = createHashCounts();
  const hashes = new Float64Array(limits.lines + 1);
  let lines = 0;
  for await (const some of table.lines())
    for (const { cells } of some) {
      lines += 1;
      const name = nameKeyIn(cells, columns);
      if (name === null) continue;
      const hash = hashOf(name);
      hashes[lines] = hash;
      counts.add(hash);
      counts.keep(hash, lines);
    }
  let open = 0;
  let most = 0;
  for (let line = 1; line <= lines; line += 1) {
    const hash = hashes[line] ?? 0;
    open += 1;
    most = Math.max(most, open);
    if (counts.kept(hash) === line) open -= counts.count(hash);
  }
  return { counts, mostOpen: most };
}
