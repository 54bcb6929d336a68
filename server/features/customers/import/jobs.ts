import { randomUUID } from 'node:crypto';
import type { ImportReport, ImportState } from '@ringdesk/shared/customer-import';
import { Refusal } from '../../../platform/errors.ts';
import type { Log } from '../../../platform/log.ts';
import { isStoreAway } from '../../../platform/store/index.ts';
import { emptyReport, type ImportOptions, type UnderstoodFile, understand } from './index.ts';

/** Imports that go on whether or not anybody waits for them, and can be asked after. */
export interface Imports {
  /**
   * Resolves when the import is done, or `momentMs` after the file was understood, whichever comes first.
   * @throws Refusal `bad-input` (no CSV, no column with names), `conflict` (another import runs)
   */
  start(bytes: Uint8Array, options: { dryRun: boolean }): Promise<ImportState>;
  /** Null when there was none of this id, or long ago, or before the server was restarted. */
  get(id: string): ImportState | null;
  latest(): ImportState | null;
}

/** Later asks are for the report that was lost on the way; more than a few are not in anybody's mind. */
const mostKept = 20;

export interface ImportsOptions {
  run(file: UnderstoodFile, options: ImportOptions): Promise<ImportReport>;
  now(): Date;
  log: Log | null;
  /** A small file is done in one answer: so long is it waited for, ms. */
  momentMs?: number;
}

export function createImports({ run, now, log, momentMs = 800 }: ImportsOptions): Imports {
  /** Oldest first. */
  const jobs = new Map<string, ImportState>();
  let running = false;

  function begin(file: UnderstoodFile, dryRun: boolean): { job: ImportState; ended: Promise<void> } {
    const { bytes, columns, lines } = file;
    const job: ImportState = {
      id: randomUUID(),
      state: 'running',
      dryRun,
      bytes: bytes.length,
      startedAt: now().toISOString(),
      endedAt: null,
      lines: { done: 0, all: lines },
      report: emptyReport(dryRun, columns),
      error: null,
    };
    jobs.set(job.id, job);
    for (const [oldest] of jobs) if (jobs.size > mostKept) jobs.delete(oldest);
    const progress = ({ lines: done, report }: { lines: number; report: ImportReport }) => {
      job.lines = { done, all: lines };
      job.report = report;
    };
    const ended = run(file, { dryRun, onProgress: progress }).then(
      () => end(job, null),
      (error: unknown) => end(job, error),
    );
    return { job, ended };
  }

  function end(job: ImportState, error: unknown): void {
    running = false;
    job.endedAt = now().toISOString();
    job.state = error === null ? 'done' : 'failed';
    if (error !== null) job.error = told(error, log);
  }

  return {
    async start(bytes, { dryRun }) {
      if (running) throw new Refusal('conflict', 'Another import is running; wait until it is done.');
      running = true;
      const file = await understand(bytes).catch((error: unknown) => {
        running = false;
        throw error;
      });
      const { job, ended } = begin(file, dryRun);
      await Promise.race([ended, moment(momentMs)]);
      return job;
    },
    get: (id) => jobs.get(id) ?? null,
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
