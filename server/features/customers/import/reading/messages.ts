import { apiErrorCode } from '@ringdesk/shared/api-error';
import { importColumn, importField, importSource, type RejectedLine } from '@ringdesk/shared/customer-import';
import { z } from 'zod';
import type { CustomerFields } from '../../record.ts';

/** What the server and the process that reads a file say to each other. The file itself goes to the process's standard input. */

/** A line that was understood. */
export interface ReadRow {
  line: number;
  fields: CustomerFields;
  given: ReadonlySet<string>;
  /** An earlier line of another name has one of its phones or e-mails. */
  sharedWithin: boolean;
}

/** A line that is not taken, as it stands in the file. */
export type RejectedRow = RejectedLine & { cells: string[] };

export const understood = z.object({
  kind: z.literal('understood'),
  source: importSource,
  columns: z.array(importColumn),
  headerLine: z.int(),
  /** Without that of the column names, and those before it. */
  lines: z.int(),
  /** The format says what each column holds. */
  isFixed: z.boolean(),
});
export type Understood = z.infer<typeof understood>;

/** Lines that were read together. The lists are the first of them; the numbers count all. */
const batch = z.object({
  kind: z.literal('batch'),
  lines: z.int(),
  rows: z.custom<ReadRow[]>(Array.isArray),
  rejected: z.custom<RejectedRow[]>(Array.isArray),
  rejectedLines: z.int(),
  dropped: z.custom<RejectedLine[]>(Array.isArray),
  droppedCells: z.int(),
  /** Names, comparable, of which no later line speaks. Told in a dry run only. */
  released: z.custom<string[]>(Array.isArray),
});
export type ReadBatch = z.infer<typeof batch>;

export const fromReader = z.discriminatedUnion('kind', [
  understood,
  batch,
  z.object({ kind: z.literal('end') }),
  /** A fault of ours: its kind and where, without its words, which may hold what stands in the file. */
  z.object({ kind: z.literal('broke'), where: z.string() }),
  z.object({
    kind: z.literal('refused'),
    code: apiErrorCode,
    message: z.string(),
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
]);
export type FromReader = z.infer<typeof fromReader>;

export const toReader = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('read'), fields: z.array(importField.nullable()), dryRun: z.boolean() }),
  /** The next batch is wanted: none is read before, so that they do not pile up. */
  z.object({ kind: z.literal('more') }),
]);
export type ToReader = z.infer<typeof toReader>;
