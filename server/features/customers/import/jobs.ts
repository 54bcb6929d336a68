import { randomUUID } from 'node:crypto';
import type { ImportReport, ImportState, RejectedLines } from '@ringdesk/shared/customer-import';
import { Refusal } from '../../../platform/errors.ts';
import type { Log } from '../../../platform/log.ts';
import { isStoreAway } from '../../../platform/store/index.ts';
import { emptyReport, type Importer, type UnderstoodFile } from './index.ts';
import type { Mapping } from './mappings.ts';

/** Imports that go on whether or not anybody waits for them, and can be asked after. */
export interface Imports {
  /**
   * Resolves when the import is done, or `momentMs` after the file was understood, whichever comes first.
   * @param options.columns what each column holds; `auto`: their names decide; else what was said of such a file before, or their names
   * @param options.byHand somebody can say what the columns hold: without one of names, the import fails with them in its report
   * @throws Refusal `bad-input` (not to be read, no column with names), `too-large`, `conflict` (another import runs), `store-unavailable`
   */
  start(
    bytes: Uint8Array,
    options: { dryRun: boolean; columns?: Mapping | 'auto' | null; byHand?: boolean },
  ): Promise<ImportState>;
  /** Null when there was none of this id, or long ago, or before the server was restarted. */
  get(id: string): ImportState | null;
  latest(): ImportState | null;
  /** The lines that were not taken, as they stand in the file; null when they are not remembered. */
  rejected(id: string): RejectedLines | null;
}

/** Later asks are for the report that was lost on the way; more than a few are not in anybody's mind. */
const mostKept = 20;
/** Rejected lines are kept of the last imports only: they may be megabytes. */
const mostRejectsKept = 3;

export interface ImportsOptions {
  importer: Importer;
  now(): Date;
  log: Log | null;
  /** A small file is done in one answer: so long is it waited for, ms. */
  momentMs?: number;
}

export function createImports({ importer, now, log, momentMs = 800 }: ImportsOptions): Imports {
  /** Oldest first. */
  const jobs = new Map<string, ImportState>();
  const rejects = new Map<string, RejectedLines>();
  let running = false;

  function begin(
    file: UnderstoodFile,
    bytes: number,
    dryRun: boolean,
  ): { job: ImportState; ended: Promise<void> } {
    const { lines, columns } = file.reader.understood;
    const job: ImportState = {
      id: randomUUID(),
      state: 'running',
      dryRun,
      bytes,
      startedAt: now().toISOString(),
      endedAt: null,
      lines: { done: 0, all: lines },
      report: emptyReport(dryRun, file),
      error: null,
    };
    jobs.set(job.id, job);
    for (const [oldest] of jobs) if (jobs.size > mostKept) jobs.delete(oldest);
    const progress = ({ lines: done, report }: { lines: number; report: ImportReport }) => {
      job.lines = { done, all: lines };
      job.report = report;
    };
    const rejected: RejectedLines = { headers: columns.map(({ header }) => header), lines: [] };
    rejects.set(job.id, rejected);
    for (const [oldest] of rejects) if (rejects.size > mostRejectsKept) rejects.delete(oldest);
    const onRejected = (rows: RejectedLines['lines']) => rejected.lines.push(...rows);
    const working =
      file.unnamed === null
        ? importer.run(file, { dryRun, onProgress: progress, onRejected })
        : Promise.reject(file.unnamed);
    const ended = working
      .then(
        () => end(job, null),
        (error: unknown) => end(job, error),
      )
      .finally(() => file.reader.close());
    return { job, ended };
  }

  function end(job: ImportState, error: unknown): void {
    running = false;
    job.endedAt = now().toISOString();
    job.state = error === null ? 'done' : 'failed';
    if (error !== null) job.error = told(error, log);
  }

  return {
    async start(bytes, { dryRun, columns = null, byHand = false }) {
      if (running) throw new Refusal('conflict', 'Another import is running; wait until it is done.');
      running = true;
      const file = await importer.understand(bytes, columns).catch((error: unknown) => {
        running = false;
        throw error;
      });
      if (file.unnamed !== null && !byHand) {
        running = false;
        file.reader.close();
        throw file.unnamed;
      }
      const { job, ended } = begin(file, bytes.length, dryRun);
      await Promise.race([ended, moment(momentMs)]);
      return job;
    },
    get: (id) => jobs.get(id) ?? null,
    rejected: (id) => rejects.get(id) ?? null,
    latest: () => [...jobs.values()].at(-1) ?? null,
  };
}

function moment(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

/** What is told of an import that failed: it is asked after, so it cannot throw. */
function told(error: unknown, log: Log | null): NonNullable<ImportState['error']> {
  if (error instanceof Refusal) return { code: error.code, message: error.message };
  if (isStoreAway(error))
    return {
      code: 'store-unavailable',
      message: 'The database went away during the import. Import the same file again when it is back.',
    };
  log?.error({ err: error }, 'An import failed');
  return { code: 'internal', message: 'The import failed here; it was logged. Tell the administrator.' };
}
