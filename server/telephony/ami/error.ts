import type { AmiMessage } from './message.ts';

/**
 * - `invalid`: the action holds what must never be written to Asterisk; nothing was sent.
 * - `refused`: Asterisk answered `Response: Error`; `response` holds the answer.
 * - `timeout`: no (complete) answer in time; whether it was done is not known.
 * - `closed`: there is no link, or it was lost before the answer; it is never sent again by itself.
 * - `protocol`: what came in is not AMI.
 */
export type AmiErrorCode = 'invalid' | 'refused' | 'timeout' | 'closed' | 'protocol';

/** Why an action has no good answer. `response` is set for `refused` alone; `message` is one line for the operator. */
export class AmiError extends Error {
  readonly code: AmiErrorCode;
  readonly response: AmiMessage | undefined;

  constructor(code: AmiErrorCode, message: string, response?: AmiMessage) {
    super(message);
    this.name = 'AmiError';
    this.code = code;
    this.response = response;
  }
}
