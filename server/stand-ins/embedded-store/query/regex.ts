import { BSONRegExp } from 'bson';
import { CommandFailure, notImplemented } from '../failure.ts';

/**
 * A JavaScript expression for one of MongoDB's (PCRE): options i, m, s and u, and the same flags written in front of the
 * pattern, as in `(?i)ivan`. Throws 51091 for a pattern that is none.
 */
export function compileRegex(pattern: string, options = ''): RegExp {
  const inline = /^\(\?([ims]+)\)/.exec(pattern);
  const body = inline === null ? pattern : pattern.slice(inline[0].length);
  const wanted = new Set([...options, ...(inline?.[1] ?? '')]);
  for (const flag of wanted) {
    if (flag === 'x') throw notImplemented("$regex option 'x'");
    if (!'imsu'.includes(flag))
      throw new CommandFailure('BadValue', `invalid flag in regex options: ${flag}`);
  }
  wanted.delete('u');
  const flags = [...wanted].sort().join('');
  try {
    return new RegExp(body, `${flags}u`);
  } catch {
    // Escapes that PCRE allows and the unicode mode does not, such as \- outside of a class.
    return compileLoosely(body, flags);
  }
}

function compileLoosely(body: string, flags: string): RegExp {
  try {
    return new RegExp(body, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandFailure('InvalidRegex', `Regular expression is invalid: ${reason}`);
  }
}

export function regexOf(value: unknown): RegExp | undefined {
  if (value instanceof RegExp) return value;
  if (value instanceof BSONRegExp) return compileRegex(value.pattern, value.options);
  return undefined;
}
