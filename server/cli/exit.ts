/** Exit codes of every command; 78 is EX_CONFIG of sysexits.h. */
export const exitCode = { done: 0, rejects: 1, wrongUse: 2, wrongConfig: 78 } as const;

/** A foreseen end of a command: its message is one clear line that says what to do. */
export class Failure extends Error {
  readonly exitCode: number;
  constructor(code: number, message: string) {
    super(message);
    this.name = 'Failure';
    this.exitCode = code;
  }
}
