import type { ImportReport, RejectedLine } from '@ringdesk/shared/customer-import';
import { Refusal } from '../../../platform/errors.ts';
import type { Store } from '../../../platform/store/index.ts';
import { comparable } from '../model.ts';
import { createNumbers, fieldsOf } from '../record.ts';
import { inEarnest, trial } from './batches.ts';
import { type Column, columnsOf } from './columns.ts';
import { linesOf } from './lines.ts';
import { type Pace, politely } from './pace.ts';
import type { Row } from './plan.ts';
import { rowOf } from './row.ts';
import { type Delimiter, delimiterOf, piecesOf } from './text.ts';

/** Lines whose customers are looked up and written together: many enough for the database, few enough for the calls beside them. */
const batchSize = 300;

/** Rejected lines that are listed; a wrong file has them by the hundred thousand. */
const mostRejected = 1000;

/** A file that was read to its end and is a CSV. */
export interface UnderstoodFile {
  bytes: Uint8Array;
  delimiter: Delimiter;
  columns: Column[];
  /** Without the one of column names. */
  lines: number;
}

export interface ImportOptions {
  dryRun: boolean;
  /** Told again and again. `report` is alive: it goes on to change. */
  onProgress?(progress: { lines: number; report: ImportReport }): void;
}

/**
 * Reads the whole file once, so that a broken one changes nothing.
 * @param bytes the file, in UTF-8, UTF-16 or windows-1251, with a first line of column names
 * @throws Refusal `bad-input` when it is no CSV or has no column with names
 */
export async function understand(bytes: Uint8Array, pace: Pace = politely()): Promise<UnderstoodFile> {
  const [beginning = ''] = piecesOf(bytes.subarray(0, 64 * 1024));
  const delimiter = delimiterOf(beginning);
  let columns: Column[] | null = null;
  let lines = 0;
  for await (const some of linesOf(piecesOf(bytes), delimiter)) {
    const [first] = some;
    if (first !== undefined) columns ??= columnsOf(first.cells);
    lines += some.length;
    await pace();
  }
  if (columns === null) throw new Refusal('bad-input', 'The file is empty: it has no line of column names.');
  if (!columns.some(({ field }) => field === 'name' || field === 'lastName' || field === 'company')) {
    const seen = columns.map(({ header }) => `'${comparable(header).slice(0, 40)}'`).slice(0, 10);
    throw new Refusal(
      'bad-input',
      `Line 1 names no column for the customer's name. Call one 'name' ('имя', 'ФИО') or 'company' ('компания'). It has ${seen.join(', ')}.`,
      { fields: [{ path: 'line 1', message: 'no column for the name' }] },
    );
  }
  return { bytes, delimiter, columns, lines: lines - 1 };
}

export function emptyReport(dryRun: boolean, columns: readonly Column[]): ImportReport {
  const none = { created: 0, updated: 0, unchanged: 0, rejectedLines: 0 };
  return { dryRun, ...none, rejected: [], columns: [...columns] };
}

/**
 * Imports customers from a CSV. Importing the same file again changes nothing, also after an import that was interrupted; a customer whom an
 * agent changes at the same moment keeps that change. Lines are read while the database looks up and writes those before.
 */
export function createImporter(options: { store: Store; region: string; now(): Date; pace?: () => Pace }) {
  const { store, region, now, pace = politely } = options;

  /** @throws Refusal `store-unavailable`, `changed-meanwhile` (all the time, by something else) */
  return async (file: UnderstoodFile, { dryRun, onProgress }: ImportOptions): Promise<ImportReport> => {
    const { delimiter, columns } = file;
    const pause = pace();
    const numberOf = createNumbers(region);
    const report = emptyReport(dryRun, columns);
    const take = dryRun ? trial({ store, report, now, pause }) : inEarnest({ store, report, now, pause });
    let rows: Row[] = [];
    let lines = -1;
    /** The batch before: it is waited for when the next one is read, and a failure until then is no unhandled one. */
    let doing: Promise<void> = Promise.resolve();
    store.requireUp();
    for await (const some of linesOf(piecesOf(file.bytes), delimiter)) {
      for (const { line, cells } of some) {
        lines += 1;
        if (lines === 0) continue;
        const row = rowOf(cells, columns, numberOf);
        if ('code' in row) reject(report, { line, ...row });
        else rows.push({ fields: fieldsOf(row.input, numberOf), given: row.given });
        await pause();
        if (rows.length < batchSize) continue;
        await doing;
        onProgress?.({ lines, report });
        doing = take.batch(rows);
        doing.catch(() => {});
        rows = [];
      }
    }
    await doing;
    await take.batch(rows);
    await take.end();
    onProgress?.({ lines, report });
    return report;
  };
}

function reject(report: ImportReport, line: RejectedLine): void {
  report.rejectedLines += 1;
  if (report.rejected.length < mostRejected) report.rejected.push(line);
}
