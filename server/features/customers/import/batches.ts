import type { ImportReport, PossibleDuplicate } from '@ringdesk/shared/customer-import';
import { Refusal } from '../../../platform/errors.ts';
import type { Store } from '../../../platform/store/index.ts';
import { duplicatesAmong } from './duplicates.ts';
import type { Pace } from './pace.ts';
import { type Known, type KnownByName, planRow, type Row } from './plan.ts';
import { type Change, changesOf, load, write } from './writing.ts';

/** What is done with the lines, a batch at a time; `report` counts it. */
export interface Batches {
  /** @param released names of which no later line speaks, where that is known */
  batch(rows: readonly Row[], released: readonly string[]): Promise<void>;
  /** Returns when all of it is done. */
  end(): Promise<void>;
}

interface Work {
  store: Store;
  report: ImportReport;
  now(): Date;
  pause: Pace;
}

const namesOf = (rows: readonly Row[]) => new Set(rows.map(({ fields }) => fields.nameKey));

/** Possible duplicates that are listed. */
const mostDuplicates = 500;

type Counts = Record<'created' | 'updated' | 'unchanged', number> & { duplicates: PossibleDuplicate[] };
const nothing = (): Counts => ({ created: 0, updated: 0, unchanged: 0, duplicates: [] });

/** Looks up whom the lines speak of, and plans what becomes of each. */
async function plan(
  work: Work,
  known: KnownByName,
  rows: readonly Row[],
): Promise<{ targets: Set<Known>; counts: Counts }> {
  const { store, now, pause } = work;
  await load(store, namesOf(rows), known, pause);
  const targets = new Set<Known>();
  const counts = nothing();
  const created: Row[] = [];
  for (const row of rows) {
    const planned = planRow(known, row, now());
    counts[planned.did] += 1;
    if (planned.did === 'created') created.push(row);
    if (planned.did !== 'unchanged') targets.add(planned.target);
    await pause();
  }
  counts.duplicates = await duplicatesAmong(store, created);
  return { targets, counts };
}

function add(report: ImportReport, { created, updated, unchanged, duplicates }: Counts): void {
  report.created += created;
  report.updated += updated;
  report.unchanged += unchanged;
  report.possibleDuplicates += duplicates.length;
  report.duplicates.push(...duplicates.slice(0, Math.max(0, mostDuplicates - report.duplicates.length)));
}

/** Writes nothing. What would have been written is remembered for as long as later lines may speak of it. */
export function dryRunBatches(work: Work): Batches {
  const known: KnownByName = new Map();
  const touched = new Set<string>();
  return {
    async batch(rows, released) {
      const { targets, counts } = await plan(work, known, rows);
      add(work.report, counts);
      for (const target of targets) {
        touched.add(target.record.nameKey);
        // Most of a record, and of no use here.
        target.record = { ...target.record, searchKeys: [] };
        target.rows = [];
      }
      for (const name of namesOf(rows)) if (!touched.has(name)) known.delete(name);
      for (const name of released) {
        known.delete(name);
        touched.delete(name);
      }
    },
    end: () => Promise.resolve(),
  };
}

/** A customer who changes under our hands so often is changed by a program. */
const mostRounds = 50;

/** Writes each batch while the next one is looked up and planned. */
export function applyBatches(work: Work): Batches {
  const { store, report } = work;
  /** The names of the batch that is being written stay known until it is: the database does not have it all yet. */
  const known: KnownByName = new Map();
  let names = new Set<string>();
  let writing: Promise<Change[]> = Promise.resolve([]);
  /** Of the batch that is being written: an import that breaks off tells what was done, not what was meant. */
  let meant = nothing();
  /** Lines of customers whom somebody else changed between look-up and writing. */
  let again: Row[] = [];

  async function written(): Promise<Change[]> {
    const missed = await writing;
    add(report, meant);
    meant = nothing();
    writing = Promise.resolve([]);
    return missed;
  }

  function takeBack(missed: readonly Change[]): void {
    for (const { record, rows } of missed) {
      known.delete(record.nameKey);
      report.updated -= rows.length;
      again.push(...rows);
    }
  }

  async function batch(rows: readonly Row[]): Promise<void> {
    const { targets, counts } = await plan(work, known, rows);
    const missed = await written();
    meant = counts;
    const before = names;
    names = namesOf(rows);
    for (const name of before) if (!names.has(name)) known.delete(name);
    writing = write(store, changesOf(targets));
    // It is waited for at the next batch; a failure until then is no unhandled one.
    writing.catch(() => {});
    if (missed.length > 0) takeBack([...missed, ...(await written())]);
  }

  async function end(): Promise<void> {
    takeBack(await written());
    for (let round = 1; again.length > 0; round += 1) {
      if (round > mostRounds)
        throw new Refusal(
          'changed-meanwhile',
          'Customers are changed by another program all the time. Import the file again when that is done.',
        );
      const rows = again;
      again = [];
      await batch(rows);
      takeBack(await written());
    }
  }

  return { batch, end };
}
