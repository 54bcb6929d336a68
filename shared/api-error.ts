import { z } from 'zod';
import { fieldChanges } from './event.ts';

/**
 * Every failed request is answered in this shape. `code` is one of a closed set that the page translates; `message` is English, for logs and
 * integrators, and says what happened, to what, and what to do; `fields` names what was wrong in the input.
 */
export const apiErrorCode = z.enum([
  'bad-input',
  'not-logged-in',
  'wrong-login',
  'too-many-attempts',
  'forbidden',
  'not-found',
  'conflict',
  /** Somebody else changed what was to be changed, after it was read. */
  'changed-meanwhile',
  'too-large',
  'pbx-unavailable',
  'pbx-refused',
  'store-unavailable',
  'internal',
]);
export type ApiErrorCode = z.infer<typeof apiErrorCode>;

/** What others did to a thing since it was read. */
export const meanwhile = z.object({
  version: z.int(),
  by: z.string(),
  at: z.iso.datetime(),
  changes: fieldChanges,
});
export type Meanwhile = z.infer<typeof meanwhile>;

export const apiError = z.object({
  error: z.object({
    code: apiErrorCode,
    message: z.string(),
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** With `changed-meanwhile`, where it is known: how it stands now, and what was changed since it was read, by whom and when. */
    meanwhile: meanwhile.optional(),
  }),
});
export type ApiErrorBody = z.infer<typeof apiError>;
