import pino from 'pino';

export type Log = pino.Logger;

/**
 * Structured logs, one JSON object a line on standard error. Personal data (numbers, names) never stands in a message; where it is needed
 * it is put into the field `personal`, which is left out unless `showPersonal` is set.
 */
export function createLog(options: { level: string; showPersonal: boolean }): Log {
  return pino(
    {
      level: options.level,
      base: null,
      redact: options.showPersonal ? [] : ['personal', '*.personal'],
      ...(options.showPersonal ? {} : { serializers: { err: impersonal, error: impersonal } }),
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

interface ToldError {
  type: string;
  code: string | number | null;
  message: string;
  stack: string;
  cause?: ToldError;
}

const deepestCause = 5;

/**
 * An error as far as it may stand in a log. Drivers put whole records into their errors (the documents of a bulk write, the key of a duplicate):
 * only the kind, the code and the place are told, and of the message what is no value.
 */
export function impersonal(error: unknown, depth = 0): ToldError | string {
  if (!(error instanceof Error)) return withoutValues(String(error));
  const { cause } = error;
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : null;
  const inner = cause === undefined || depth >= deepestCause ? null : impersonal(cause, depth + 1);
  return {
    type: error.name,
    code,
    message: withoutValues(error.message),
    stack: placesOf(error),
    ...(inner === null || typeof inner === 'string' ? {} : { cause: inner }),
  };
}

/** The lines of a stack that say where, without the message before them. */
function placesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

/** Quoted texts, what stands in braces, numbers as long as a telephone's, and addresses of mail. */
function withoutValues(message: string): string {
  return message
    .slice(0, 2000)
    .replace(/\{.*\}/gs, '{…}')
    .replace(/"[^"]*"/g, '"…"')
    .replace(/[^\s@"'<>]+@[^\s@"'<>]+\.[^\s@"'<>]+/g, '…@…')
    .replace(/\+?\d[\d ()-]{5,}\d/g, '…')
    .slice(0, 500);
}
