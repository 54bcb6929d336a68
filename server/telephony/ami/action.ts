import { AmiError } from './error.ts';

/** Asterisk drops a longer line (manager.c, `inbuf`): counted in bytes with its line end. */
export const MAX_LINE_BYTES = 1024;
/** Asterisk ignores what comes behind (manager.h, AST_MAX_MANHEADERS), `Action` and `ActionID` included. */
export const MAX_HEADERS = 128;

export type ActionFields = Readonly<Record<string, string | readonly string[]>>;

/**
 * The bytes of one action. A field that repeats (`Variable`) is given as an array. Throws an AmiError (`invalid`) before anything is
 * written: a line break in a value would begin a second line, and with it a second action, of somebody else's choice.
 */
export function encodeAction(name: string, actionId: string, fields: ActionFields = {}): Buffer {
  const lines = [encodeLine(name, 'Action', name), encodeLine(name, 'ActionID', actionId)];
  for (const [field, values] of Object.entries(fields)) {
    if (/^action(id)?$/i.test(field)) throw invalid(name, field, 'is set by the client itself');
    if (typeof values === 'string') lines.push(encodeLine(name, field, values));
    else for (const value of values) lines.push(encodeLine(name, field, value));
  }
  if (lines.length > MAX_HEADERS) {
    throw new AmiError(
      'invalid',
      `${shown(name)} has ${lines.length} headers, Asterisk takes ${MAX_HEADERS} at most: nothing was sent`,
    );
  }
  return Buffer.from(`${lines.join('')}\r\n`, 'utf8');
}

function encodeLine(action: string, field: string, value: string): string {
  if (/[\r\n\0]/.test(value)) throw invalid(action, field, 'holds a line break or a NUL');
  if (!/^[^\s:\0]+$/.test(field)) throw invalid(action, field, 'has a name that AMI cannot carry');
  const line = `${field}: ${value}\r\n`;
  const length = Buffer.byteLength(line, 'utf8');
  if (length > MAX_LINE_BYTES) {
    throw invalid(action, field, `makes a line of ${length} bytes, Asterisk takes ${MAX_LINE_BYTES} at most`);
  }
  return line;
}

/** The value stays out of the message: it may be a person's name or number. */
function invalid(action: string, field: string, what: string): AmiError {
  return new AmiError('invalid', `the field ${shown(field)} of ${shown(action)} ${what}: nothing was sent`);
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, 40));
}
