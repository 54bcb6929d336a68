import type { ImportColumn, ImportReport } from '@ringdesk/shared/customer-import';
import { Refusal } from '../../../platform/errors.ts';
import type { Store } from '../../../platform/store/index.ts';
import { applyBatches, dryRunBatches } from './batches.ts';
import { createMappings, type Mapping } from './mappings.ts';
import { politely } from './pace.ts';
import { type FileReader, openReader } from './reader.ts';
import { nameFields } from './reading/columns.ts';
import type { ReadBatch, RejectedRow } from './reading/messages.ts';
import { noNameColumn } from './reading/table.ts';

/** A file that was read to its end, and what its columns are taken for. To be closed. */
export interface UnderstoodFile {
  reader: FileReader;
  columns: ImportColumn[];
  mapping: ImportReport['mapping'];
  /** Why none of it can be imported: no column is the customer's name. */
  unnamed: Refusal | null;
}

export interface ImportOptions {
  dryRun: boolean;
  /** Told again and again. `report` is alive: it goes on to change. */
  onProgress?(progress: { lines: number; report: ImportReport }): void;
  /** The lines that are not taken, as they stand in the file; the first of them. */
  onRejected?(rows: readonly RejectedRow[]): void;
}

export function emptyReport(dryRun: boolean, { reader, columns, mapping }: UnderstoodFile): ImportReport {
  return {
    dryRun,
    created: 0,
    updated: 0,
    unchanged: 0,
    rejected: [],
    rejectedLines: 0,
    dropped: [],
    droppedCells: 0,
    duplicates: [],
    possibleDuplicates: 0,
    columns,
    mapping,
    source: reader.understood.source,
  };
}

export interface Importer {
  /**
   * Reads the whole file once, so that a broken one changes nothing.
   * @param said what each column holds; `auto`: their names decide, whatever was said before; null: what was said before, or else their names
   * @throws Refusal `bad-input`, `too-large`: what is wrong with the file; `store-unavailable`
   */
  understand(bytes: Uint8Array, said: Mapping | 'auto' | null): Promise<UnderstoodFile>;
  /**
   * Importing the same file again changes nothing, also after an import that was interrupted; a customer whom an agent changes at the same moment
   * keeps that change. Lines are read while the database looks up and writes those before.
   * @throws Refusal `store-unavailable`, `changed-meanwhile` (all the time, by something else)
   */
  run(file: UnderstoodFile, options: ImportOptions): Promise<ImportReport>;
}

/** @param region where a phone without a country code is at home (ISO 3166-1 alpha-2) */
export function createImporter(options: { store: Store; region: string; now(): Date }): Importer {
  const { store, region, now } = options;
  const mappings = createMappings(store, now);

  async function mapped(
    reader: FileReader,
    said: Mapping | 'auto' | null,
  ): Promise<Omit<UnderstoodFile, 'reader' | 'unnamed'>> {
    const { columns, isFixed } = reader.understood;
    const headers = columns.map(({ header }) => header);
    if (isFixed) return { columns, mapping: 'names' };
    if (said === 'auto') await mappings.forget(headers);
    else if (said !== null) {
      if (said.length !== columns.length)
        throw new Refusal(
          'bad-input',
          `The file has ${columns.length} columns, and ${said.length} of them are named: name each, or leave its place empty.`,
        );
      await mappings.keep(headers, said);
    }
    const fields = said === 'auto' ? null : (said ?? (await mappings.find(headers)));
    if (fields === null) return { columns, mapping: 'names' };
    return {
      columns: columns.map((column, at) => ({ ...column, field: fields[at] ?? null })),
      mapping: said === null ? 'remembered' : 'given',
    };
  }

  return {
    async understand(bytes, said) {
      store.requireUp();
      const reader = await openReader(bytes, region);
      try {
        const { columns, mapping } = await mapped(reader, said);
        const isNamed = columns.some(({ field }) => nameFields.has(field));
        return { reader, columns, mapping, unnamed: isNamed ? null : unnamed(reader) };
      } catch (error) {
        reader.close();
        throw error;
      }
    },

    async run(file, { dryRun, onProgress, onRejected }) {
      const pause = politely();
      const report = emptyReport(dryRun, file);
      const work = { store, report, now, pause };
      const take = dryRun ? dryRunBatches(work) : applyBatches(work);
      const fields = file.columns.map(({ field }) => field);
      let lines = 0;
      /** The batch before: it is waited for when the next one is read, and a failure until then is no unhandled one. */
      let doing: Promise<void> = Promise.resolve();
      store.requireUp();
      for await (const batch of file.reader.batches(fields, dryRun)) {
        tell(report, batch);
        onRejected?.(batch.rejected);
        await doing;
        lines += batch.lines;
        onProgress?.({ lines, report });
        doing = take.batch(batch.rows, batch.released);
        doing.catch(() => {});
      }
      await doing;
      await take.end();
      onProgress?.({ lines, report });
      return report;
    },
  };
}

function unnamed(reader: FileReader): Refusal {
  const { columns, headerLine } = reader.understood;
  const message = noNameColumn({ headers: columns.map(({ header }) => header), headerLine });
  return new Refusal('bad-input', message, {
    fields: [{ path: `line ${headerLine}`, message: 'no column for the name' }],
  });
}

/** What was not understood of these lines. */
function tell(report: ImportReport, { rejected, rejectedLines, dropped, droppedCells }: ReadBatch): void {
  for (const { cells: _, ...line } of rejected) report.rejected.push(line);
  report.rejectedLines += rejectedLines;
  report.dropped.push(...dropped);
  report.droppedCells += droppedCells;
}
