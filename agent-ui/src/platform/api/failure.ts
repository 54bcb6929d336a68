import type { ApiErrorCode } from '@ringdesk/shared/api-error';

/** What the page can say about a failed request: the server's own codes, and the two that only a page can see. */
export type FailureCode = ApiErrorCode | 'network' | 'timeout';

export interface FailureField {
  path: string;
  message: string;
}

/** A request that did not do what it was asked. `message` is English and for the console; the page translates `code`. */
export class ApiFailure extends Error {
  readonly code: FailureCode;
  readonly status: number;
  readonly fields: FailureField[];

  constructor(code: FailureCode, status: number, message: string, fields: FailureField[] = []) {
    super(message);
    this.name = 'ApiFailure';
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

/**
 * Reads the failure out of an answer's body. A body that is not ours (a proxy's page, half an answer) becomes the code that its status suggests.
 * @param status HTTP status, 400 and above
 * @param body the parsed JSON, or null when there was none
 */
export async function failureFrom(status: number, body: unknown): Promise<ApiFailure> {
  // Fetched when something fails: the log-in needs nothing of what reads answers.
  const { apiError } = await import('@ringdesk/shared/api-error');
  const parsed = apiError.safeParse(body);
  if (parsed.success) {
    const { code, message, fields } = parsed.data.error;
    return new ApiFailure(code, status, message, fields ?? []);
  }
  return new ApiFailure(codeOfStatus(status), status, `The server answered ${status} without saying why.`);
}

function codeOfStatus(status: number): FailureCode {
  if (status === 401) return 'not-logged-in';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  if (status === 413) return 'too-large';
  if (status === 429) return 'too-many-attempts';
  if (status === 502 || status === 503 || status === 504) return 'network';
  return status < 500 ? 'bad-input' : 'internal';
}

/** Whether the same request may well succeed a little later, with nothing changed by the agent. */
export function isPassing(failure: unknown): boolean {
  if (!(failure instanceof ApiFailure)) return false;
  return ['network', 'timeout', 'store-unavailable', 'internal'].includes(failure.code);
}

/** The code to translate, whatever was thrown. */
export function codeOf(failure: unknown): FailureCode {
  return failure instanceof ApiFailure ? failure.code : 'internal';
}
