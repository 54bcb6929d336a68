import type { ApiErrorCode } from '@ringdesk/shared/api-error';
import type { FileFault } from '@ringdesk/shared/customer-import';
import { Refusal } from '../../../../platform/errors.ts';

/** The refusal of a whole file: `fault` for programs, `message` for people, and the line at which it stops being readable. */
export function unreadableFile(
  fault: FileFault,
  message: string,
  options: { code?: ApiErrorCode; line?: number; cause?: unknown } = {},
): Refusal {
  const { code = 'bad-input', line, cause } = options;
  const where = line === undefined ? [] : [{ path: `line ${line}`, message }];
  return new Refusal(code, message, { fields: [...where, { path: 'file', message: fault }], cause });
}
