import pino from 'pino';

export type Log = pino.Logger;

/**
 * Structured logs, one JSON object a line on standard error. Personal data (numbers, names) never stands in a message; where it is needed
 * it is put into the field `personal`, which is left out unless `showPersonal` is set.
 */
export function createLog(options: { level: string; showPersonal: boolean }): Log {
  return pino(
    { level: options.level, base: null, redact: options.showPersonal ? [] : ['personal', '*.personal'] },
    pino.destination({ dest: 2, sync: true }),
  );
}
