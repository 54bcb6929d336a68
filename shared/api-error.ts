import { z } from 'zod';

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

export const apiError = z.object({
  error: z.object({
    code: apiErrorCode,
    message: z.string(),
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
});
export type ApiErrorBody = z.infer<typeof apiError>;
