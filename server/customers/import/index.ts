import type { ImportReport } from '@ringdesk/shared/customer';
import { Refusal } from '../../errors.ts';
import type { Store } from '../../store/index.ts';
import { comparable } from '../model.ts';
import { type CustomerRecord, fieldsOf, newRecord } from '../record.ts';
import type { CustomerModel } from '../store.ts';
import { type Column, columnsOf } from './columns.ts';
import { type Line, linesOf } from './lines.ts';
import { merged, sameCustomer } from './merge.ts';
import { rowOf } from './row.ts';
import { delimiterOf, textOf } from './text.ts';

const batchSize = 500;

/** Rejected lines that are listed; a wrong file has them by the hundred thousand. The rest is counted in the last one. */
const mostRejected = 1000;

/**
 * Imports customers from a CSV. The file is read to its end before anything is written, so that a broken one changes nothing; importing the same
 * file again changes nothing either, also after an import that was interrupted.
 */
export function createImporter(options: { store: Store; model: CustomerModel; region: string; now(): Date }) {
  const { store, model, region, now } = options;
  let running = false;

  /**
   * @param bytes the file, in UTF-8, UTF-16 or windows-1251, with a first line of column names
   * @throws Refusal `bad-input` (no CSV, no column with names), `conflict` (another import runs), `store-unavailable`
   */
  async function importCsv(bytes: Uint8Array, { dryRun }: { dryRun: boolean }): Promise<ImportReport> {
    if (running) throw new Refusal('conflict', 'Another import is running; wait until it is done.');
    running = true;
    try {
      return await run(textOf(bytes), dryRun);
    } finally {
      running = false;
    }
  }

  async function run(text: string, dryRun: boolean): Promise<ImportReport> {
    const delimiter = delimiterOf(text);
    const columns = await understood(text, delimiter);
    store.requireUp();
    const report: ImportReport = { dryRun, created: 0, updated: 0, unchanged: 0, rejected: [], columns };
    /** What the database has, or would have, of each name that the file speaks of. */
    const known = new Map<string, CustomerRecord[]>();
    let batch: Line[] = [];
    let first = true;
    for await (const line of linesOf(text, delimiter)) {
      if (first) {
        first = false;
        continue;
      }
      batch.push(line);
      if (batch.length < batchSize) continue;
      await take(batch, columns, known, report);
      batch = [];
    }
    await take(batch, columns, known, report);
    shorten(report);
    return report;
  }

  async function take(
    batch: readonly Line[],
    columns: readonly Column[],
    known: Map<string, CustomerRecord[]>,
    report: ImportReport,
  ): Promise<void> {
    const rows = [];
    for (const { line, cells } of batch) {
      const row = rowOf(cells, columns, region);
      if ('reason' in row) report.rejected.push({ line, ...row });
      else rows.push({ fields: fieldsOf(row.input, region), given: row.given });
    }
    await load(
      rows.map((row) => row.fields.nameKey),
      known,
    );
    const created = new Map<string, CustomerRecord>();
    const changed = new Map<string, CustomerRecord>();
    for (const { fields, given } of rows) {
      const sameName = known.get(fields.nameKey) ?? [];
      const record = sameCustomer(sameName, fields);
      if (record === undefined) {
        const added = newRecord(fields, now());
        known.set(fields.nameKey, [...sameName, added]);
        created.set(added._id, added);
        report.created += 1;
        continue;
      }
      const next = merged(record, fields, given);
      if (next === null) {
        report.unchanged += 1;
        continue;
      }
      const updated = { ...next, updatedAt: now() };
      known.set(
        fields.nameKey,
        sameName.map((one) => (one === record ? updated : one)),
      );
      (created.has(updated._id) ? created : changed).set(updated._id, updated);
      report.updated += 1;
    }
    if (!report.dryRun) await write([...created.values()], [...changed.values()]);
  }

  async function load(nameKeys: readonly string[], known: Map<string, CustomerRecord[]>): Promise<void> {
    const missing = [...new Set(nameKeys)].filter((key) => !known.has(key));
    if (missing.length === 0) return;
    for (const key of missing) known.set(key, []);
    const records = await model.find({ nameKey: { $in: missing } }).lean<CustomerRecord[]>();
    for (const record of records) known.get(record.nameKey)?.push(record);
  }

  async function write(
    created: readonly CustomerRecord[],
    changed: readonly CustomerRecord[],
  ): Promise<void> {
    const collection = store.collection<CustomerRecord>('customers');
    if (created.length > 0) await collection.insertMany(created, { ordered: false });
    if (changed.length === 0) return;
    await collection.bulkWrite(
      changed.map((record) => ({ replaceOne: { filter: { _id: record._id }, replacement: record } })),
      { ordered: false },
    );
  }

  return importCsv;
}

/** Reads the whole file once. @throws Refusal when it is no CSV or has no column with names */
async function understood(text: string, delimiter: ReturnType<typeof delimiterOf>): Promise<Column[]> {
  let columns: Column[] | null = null;
  for await (const line of linesOf(text, delimiter)) columns ??= columnsOf(line.cells);
  if (columns === null) throw new Refusal('bad-input', 'The file is empty: it has no line of column names.');
  if (!columns.some(({ field }) => field === 'name' || field === 'lastName' || field === 'company')) {
    const seen = columns.map(({ header }) => `'${comparable(header).slice(0, 40)}'`).slice(0, 10);
    throw new Refusal(
      'bad-input',
      `Line 1 names no column for the customer's name. Call one 'name' ('имя', 'ФИО') or 'company' ('компания'). It has ${seen.join(', ')}.`,
      { fields: [{ path: 'line 1', message: 'no column for the name' }] },
    );
  }
  return columns;
}

function shorten(report: ImportReport): void {
  const more = report.rejected.length - mostRejected;
  if (more <= 0) return;
  report.rejected = report.rejected.slice(0, mostRejected);
  const last = report.rejected.at(-1);
  report.rejected.push({
    line: (last?.line ?? 0) + 1,
    reason: `${more} more lines are rejected from here on`,
    field: null,
  });
}
