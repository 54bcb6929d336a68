import { z } from 'zod';
import { apiError } from './api-error.ts';
import { endpoint } from './endpoint.ts';

/**
 * An import of customers goes on by itself once its file is understood: POST /api/customers/import?dryRun=&columns= answers with its state (200
 * when it is done by then, 202 while it runs), GET /api/customers/import/:id tells the state again, also to who lost the first answer; GET
 * /api/customers/import tells the latest one. The server remembers the last few, until it is restarted.
 *
 * The file is a CSV in any encoding and with any delimiter, an Excel workbook (.xlsx), or vCards. `columns` says what each column holds, by
 * commas: `lastName,firstName,,phone`; an empty place leaves the column out. Without it the columns are known by their names, or by what was said
 * the last time for the same line of column names; `columns=auto` forgets that. A file without a column of names is refused; with `byHand=1` its
 * import fails instead, with the columns in its report, so that somebody can say what they hold.
 */

/**
 * Why a file cannot be read at all, for programs: it stands in the error's `fields`, at the path `file`; a field at the path `line 3` says where.
 */
export const fileFault = z.enum([
  'no-csv',
  'empty',
  'columns',
  'lines',
  'old-workbook',
  'web-page',
  'no-workbook',
  'damaged-workbook',
  /** More than it seems, when it is unpacked or read. */
  'memory',
]);
export type FileFault = z.infer<typeof fileFault>;

/** What a column can hold. `name` is the whole name; of `lastName`, `firstName` and `middleName` one is made, in this order. */
export const importField = z.enum([
  'name',
  'lastName',
  'firstName',
  'middleName',
  'company',
  'phone',
  'email',
  'tier',
  'segment',
  'tags',
  'note',
  'kind',
]);
export type ImportField = z.infer<typeof importField>;

/** Why a line of the file is not taken, or a cell of a line that is, for programs; `params` holds what the sentence of each reason speaks of. */
export const rejectCode = z.enum([
  /** `has` cells where the first line has `wanted`. */
  'cells',
  'no-name',
  /** These hold the `value` that was not understood. */
  'unknown-tier',
  'unknown-kind',
  'bad-phone',
  'bad-email',
  /** Too few digits to be called from outside: the area code is missing, or the end. */
  'short-phone',
  /** A number as Excel shows it, 7.9E+10: its last digits are lost. */
  'scientific-phone',
  /** The cell (or one of its parts) has more letters than `limit`, or fewer than `least`. */
  'too-long',
  'too-short',
  /** The field has more parts than `limit`; those above are left out. */
  'too-many',
  /** Bytes of the line are no letters of the file's encoding: they are shown as U+FFFD. */
  'garbled',
  /** More than `limit` lines have this name: it is a placeholder. */
  'same-name',
  /** A vCard that is none. */
  'bad-card',
  'wrong',
]);
export type RejectCode = z.infer<typeof rejectCode>;

export const rejectedLine = z.object({
  /** Of the file, counted from 1: the line of column names, and what stands before it, count too. */
  line: z.int(),
  code: rejectCode,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The same in English. */
  reason: z.string(),
  field: z.string().nullable(),
});
export type RejectedLine = z.infer<typeof rejectedLine>;

/** A new customer whose phone or e-mail somebody of another name has already. */
export const possibleDuplicate = z.object({
  line: z.int(),
  name: z.string(),
  /** Who has it; null when it is an earlier line of the same file. */
  other: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type PossibleDuplicate = z.infer<typeof possibleDuplicate>;

export const importColumn = z.object({
  header: z.string(),
  /** Null for a column that is left out. */
  field: importField.nullable(),
  /** The first cells that are filled. */
  examples: z.array(z.string()),
});
export type ImportColumn = z.infer<typeof importColumn>;

/** How the file was read. */
export const importSource = z.object({
  /** `html`: the table of a web page, or a workbook in XML; programs save both as `.xls`. */
  format: z.enum(['csv', 'xlsx', 'vcard', 'html']),
  /** Of a text file: `windows-1251`. */
  encoding: z.string().nullable(),
  /** Of a CSV. */
  delimiter: z.string().nullable(),
});
export type ImportSource = z.infer<typeof importSource>;

/** What an import did, or would do, and every line that was not taken, with why. */
export const importReport = z.object({
  dryRun: z.boolean(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  /** The first of them; a wrong file has them by the hundred thousand. */
  rejected: z.array(rejectedLine),
  /** How many there are in all. */
  rejectedLines: z.int(),
  /** Cells that were left out of lines that were taken, the first of them. */
  dropped: z.array(rejectedLine),
  /** How many there are in all. */
  droppedCells: z.int(),
  /** The first of them; they are created like the others. */
  duplicates: z.array(possibleDuplicate),
  possibleDuplicates: z.int(),
  /** How each column of the file was understood. */
  columns: z.array(importColumn),
  /** Where that comes from: the names of the columns, what was said the last time, or what was said this time. */
  mapping: z.enum(['names', 'remembered', 'given']),
  source: importSource,
});
export type ImportReport = z.infer<typeof importReport>;

export const importState = z
  .object({
    id: z.string(),
    state: z.enum(['running', 'done', 'failed']),
    dryRun: z.boolean(),
    /** Size of the file: tells imports apart for who lost the first answer. */
    bytes: z.int(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    /** Lines of the file, the one of column names not counted. */
    lines: z.object({ done: z.int(), all: z.int() }),
    /** So far; the whole when it is done. */
    report: importReport,
    /** Why it failed. What the report tells was done before; the same file may be imported again, and changes that nothing more. */
    error: apiError.shape.error.nullable(),
  })
  .meta({ id: 'ImportState' });
export type ImportState = z.infer<typeof importState>;

/** GET /api/customers/import */
export const latestImport = z.object({ latest: importState.nullable() });

/** GET /api/customers/import/:id/rejected: the lines that were not taken as they stand in the file, to put them right; the first of them. */
export const rejectedLines = z.object({
  headers: z.array(z.string()),
  lines: z.array(rejectedLine.extend({ cells: z.array(z.string()) })),
});
export type RejectedLines = z.infer<typeof rejectedLines>;

export const customerImportApi = {
  start: endpoint({
    id: 'customer-import.start',
    method: 'POST',
    path: '/customers/import',
    permission: 'customers.import',
    summary:
      'Imports customers from a file; 202 while it runs. A dry run changes nothing and reports the same.',
    query: z.object({
      dryRun: z.enum(['0', '1', 'false', 'true']).default('0'),
      columns: z
        .string()
        .max(4000)
        .regex(/^[a-zA-Z,]*$/)
        .optional(),
      byHand: z.enum(['0', '1']).default('0'),
    }),
    body: {
      file: {
        types: [
          'text/csv',
          'text/plain',
          'text/vcard',
          'text/x-vcard',
          'application/vnd.ms-excel',
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          'application/octet-stream',
        ],
        /** Half a million lines of name and phone. */
        limitBytes: 20 * 1024 * 1024,
        tooLarge: 'The file has more than 20 MB: cut it in two, each with the first line.',
      },
    },
    answer: importState,
    example: 'name,phone\nVera Orlova,+74959550101\n',
  }),
  latest: endpoint({
    id: 'customer-import.latest',
    method: 'GET',
    path: '/customers/import',
    permission: 'customers.import',
    summary: 'Reads the state of the latest import.',
    answer: latestImport,
  }),
  read: endpoint({
    id: 'customer-import.read',
    method: 'GET',
    path: '/customers/import/:id',
    permission: 'customers.import',
    summary: 'Reads the state of an import.',
    params: z.object({ id: z.string().min(1).max(100) }),
    answer: importState,
  }),
  rejected: endpoint({
    id: 'customer-import.rejected',
    method: 'GET',
    path: '/customers/import/:id/rejected',
    permission: 'customers.import',
    summary: 'Lists the lines that an import did not take, as they stand in the file.',
    params: z.object({ id: z.string().min(1).max(100) }),
    answer: rejectedLines,
  }),
};
