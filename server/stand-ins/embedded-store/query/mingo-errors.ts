import { CommandFailure } from '../failure.ts';

/**
 * Runs mingo and tells its errors as the client's: the query or the pipeline is at fault, not the store. What it does not
 * know is named.
 */
export function asFailure<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof CommandFailure || !(error instanceof Error)) throw error;
    const query = /^unknown (?:query|top level) operator:? (\$\S+)/.exec(error.message);
    if (query !== null) throw new CommandFailure('BadValue', `unknown operator: ${query[1]}`);
    const expression = /^(?:unregistered|accumulator) .*?(\$\w+)/.exec(error.message);
    if (expression !== null) {
      throw new CommandFailure('InvalidPipelineOperator', `Unrecognized expression '${expression[1]}'`);
    }
    if (error.message.startsWith('Use of undefined variable')) throw new CommandFailure(17276, error.message);
    throw new CommandFailure('BadValue', error.message);
  }
}
