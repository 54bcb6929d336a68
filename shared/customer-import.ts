import { z } from 'zod';
import { apiError } from './api-error.ts';
import { endpoint } from './endpoint.ts';

/**
 * A CSV import goes on by itself once its file is understood: POST /api/customers/import?dryRun= answers with its state (200 when it is done by
 * then, 202 while it runs), GET /api/customers/import/:id tells the state again, also to who lost the first answer; GET /api/customers/import
 * tells the latest one. The server remembers the last few, until it is restarted.
 */

/** Why a line of the file is not taken, for programs; `params` holds what the sentence of each reason speaks of. */
export const rejectCode = z.enum([
  /** `has` cells where the first line has `wanted`. */
  'cells',
  'no-name',
  /** The last three hold the `value` that was not understood. */
  'unknown-tier',
  'unknown-kind',
  'bad-phone',
  'bad-email',
  /** The cell (or one of its parts) has more letters than `limit`, or fewer than `least`. */
  'too-long',
  'too-short',
  /** The field has more parts than `limit`. */
  'too-many',
  'wrong',
]);
export type RejectCode = z.infer<typeof rejectCode>;

export const rejectedLine = z.object({
  /** Counts from 1, the line of column names being line 1. */
  line: z.int(),
  code: rejectCode,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The same in English. */
  reason: z.string(),
  field: z.string().nullable(),
});
export type RejectedLine = z.infer<typeof rejectedLine>;

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
  /** How each column of the file was understood; `field` is null for a column that is left out. */
  columns: z.array(z.object({ header: z.string(), field: z.string().nullable() })),
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

export const customerImportApi = {
  start: endpoint({
    id: 'customer-import.start',
    method: 'POST',
    path: '/customers/import',
    permission: 'customers.import',
    summary:
      'Imports customers from a file; 202 while it runs. A dry run changes nothing and reports the same.',
    query: z.object({ dryRun: z.enum(['0', '1', 'false', 'true']).default('0') }),
    body: {
      file: {
        types: ['text/csv', 'text/plain', 'application/vnd.ms-excel', 'application/octet-stream'],
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
};
