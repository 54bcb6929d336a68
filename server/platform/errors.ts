import type { ApiErrorCode, Meanwhile } from '@ringdesk/shared/api-error';

/** HTTP status of each error code: the closed set of what can go wrong for who asks. */
const statusOf: Record<ApiErrorCode, number> = {
  'bad-input': 400,
  'not-logged-in': 401,
  'wrong-login': 401,
  'too-many-attempts': 429,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'changed-meanwhile': 409,
  'too-large': 413,
  'pbx-unavailable': 503,
  'pbx-refused': 422,
  'store-unavailable': 503,
  internal: 500,
};

/**
 * A failure that is told to whoever asked. Features throw it; the HTTP edge alone turns it into an answer.
 * `message` says what happened, to what, and what to do; it never holds a phone number or a person's name.
 */
export class Refusal extends Error {
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly fields: readonly { path: string; message: string }[] | undefined;
  /** With `changed-meanwhile`: what others did. */
  readonly meanwhile: Meanwhile | undefined;

  constructor(
    code: ApiErrorCode,
    message: string,
    options: {
      fields?: readonly { path: string; message: string }[];
      meanwhile?: Meanwhile;
      cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Refusal';
    this.code = code;
    this.status = statusOf[code];
    this.fields = options.fields;
    this.meanwhile = options.meanwhile;
  }
}
