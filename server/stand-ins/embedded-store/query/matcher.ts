import { Context } from 'mingo/core';
import * as mingoAccumulators from 'mingo/operators/accumulator';
import * as mingoExpressions from 'mingo/operators/expression';
import * as mingoProjections from 'mingo/operators/projection';
import * as mingoQueries from 'mingo/operators/query';
import { Query } from 'mingo/query';
import type { Options } from 'mingo/types';
import { accumulators } from '../aggregate/accumulators.ts';
import { expressions } from '../aggregate/expressions.ts';
import { CommandFailure, notImplemented } from '../failure.ts';
import { type Doc, hasOperators, isDoc } from '../values/document.ts';
import { asFailure } from './mingo-errors.ts';
import { queryOperators } from './operators.ts';
import { compileRegex, regexOf } from './regex.ts';

/** mingo's operators with ours before them: the first one registered under a name is the one that counts. */
export const queryContext: Context = Context.from(
  Context.init({
    query: queryOperators((query) => compile(query)),
    expression: expressions,
    accumulator: accumulators,
  }),
  Context.init({
    query: { ...mingoQueries },
    expression: { ...mingoExpressions },
    accumulator: { ...mingoAccumulators },
    projection: { ...mingoProjections },
  }),
);

/**
 * mingo's own options with our operators. For options that are not of its own making it copies the table of all operators
 * each time a query is compiled; so it makes them once, and an operator of this one query hands them out.
 */
export const mingoOptions: Options = ownOptions();

function ownOptions(): Options {
  let own: Options | undefined;
  const $handOut = (_selector: string, _argument: unknown, options: Options) => {
    own = options;
    return () => true;
  };
  const context = Context.from(queryContext, Context.init({ query: { $handOut } }));
  new Query({ any: { $handOut: true } }, { context, scriptEnabled: false });
  if (own === undefined) throw new Error('mingo no longer gives its options to query operators');
  return own;
}

export type Matcher = {
  /** Whether a document (decoded plainly, or typed where `needsTypes`) passes. */
  readonly test: (doc: Doc) => boolean;
  /** True where the filter asks for BSON types, which only the typed form of a document has. */
  readonly needsTypes: boolean;
  /** The filter, cleaned: no `$comment`, regular expressions compiled. */
  readonly filter: Doc;
};

const refused = new Set([
  '$where',
  '$text',
  '$near',
  '$nearSphere',
  '$geoWithin',
  '$geoIntersects',
  '$jsonSchema',
]);

/** Compiles a filter. Throws BadValue for what MongoDB would refuse, NotImplemented for what only MongoDB has. */
export function createMatcher(filter: Doc): Matcher {
  const cleaned = cleanFilter(filter);
  return { filter: cleaned, test: compile(cleaned), needsTypes: mentions(cleaned, '$type') };
}

function compile(filter: Doc): (value: unknown) => boolean {
  if (Object.keys(filter).length === 0) return () => true;
  const query = asFailure(() => new Query(filter, mingoOptions));
  // Expressions find out what is wrong with them when a document comes.
  if (mentions(filter, '$expr')) return (value) => isDoc(value) && asFailure(() => query.test(value));
  return (value) => isDoc(value) && query.test(value);
}

/** A filter in whose `$expr` the variables of a command's `let` are known. */
export function withLet(filter: Doc, variables: Doc): Doc {
  if (Object.keys(variables).length === 0) return filter;
  return Object.fromEntries(
    Object.entries(filter).map(([name, value]) => {
      if (name === '$expr') return [name, { $let: { vars: variables, in: value } }];
      const inner = Array.isArray(value) && ['$and', '$or', '$nor'].includes(name);
      return [name, inner ? value.map((one) => (isDoc(one) ? withLet(one, variables) : one)) : value];
    }),
  );
}

/** A filter without comments, its regular expressions compiled. Throws NotImplemented for operators that are not here. */
export function cleanFilter(filter: Doc): Doc {
  const cleaned: Doc = {};
  for (const [name, value] of Object.entries(filter)) {
    if (refused.has(name)) throw notImplemented(`the query operator ${name}`);
    if (name === '$comment') continue;
    if (name === '$options' && '$regex' in filter) continue;
    assertLogical(name, value);
    if (name === '$expr') cleaned[name] = value;
    else if (name === '$regex') cleaned[name] = regexArgument(value, filter['$options']);
    else cleaned[name] = cleanValue(value);
  }
  return cleaned;
}

function assertLogical(name: string, value: unknown): void {
  if (name === '$and' || name === '$or' || name === '$nor') {
    if (Array.isArray(value) && value.length > 0) return;
    throw new CommandFailure(
      'BadValue',
      Array.isArray(value) ? '$and/$or/$nor must be a nonempty array' : `${name} must be an array`,
    );
  }
  if (name !== '$not' || hasOperators(value) || regexOf(value) !== undefined) return;
  throw new CommandFailure(
    'BadValue',
    isDoc(value) ? '$not cannot be empty' : '$not needs a regex or a document',
  );
}

function cleanValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleanValue);
  if (isDoc(value)) return cleanFilter(value);
  return regexOf(value) ?? value;
}

function regexArgument(pattern: unknown, options: unknown): RegExp {
  const flags = typeof options === 'string' ? options : undefined;
  if (typeof pattern === 'string') return compileRegex(pattern, flags);
  const expression = regexOf(pattern);
  if (expression === undefined) throw new CommandFailure('BadValue', '$regex has to be a string');
  return flags === undefined ? expression : compileRegex(expression.source, flags);
}

/** Whether an operator stands anywhere in a filter. */
export function mentions(value: unknown, operator: string): boolean {
  if (Array.isArray(value)) return value.some((item) => mentions(item, operator));
  if (!isDoc(value)) return false;
  return operator in value || Object.values(value).some((item) => mentions(item, operator));
}
