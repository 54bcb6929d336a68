import { evalExpr } from 'mingo/core';
import { $push as mingoPush } from 'mingo/operators/accumulator';
import type { Options } from 'mingo/types';
import { CommandFailure } from '../failure.ts';
import { sortBy, sortFields } from '../query/sort.ts';
import { combine } from '../update/arithmetic.ts';
import { compareValues } from '../values/compare.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { encodeKey } from '../values/key-encoding.ts';
import { typeName } from '../values/kind.ts';
import { type BsonNumber, isBsonNumber, toDouble } from '../values/number.ts';
import { show } from '../values/show.ts';

/** mingo calls it with the documents of a group, or with values and no expression where it stands outside of `$group`. */
type Accumulator = (documents: unknown[], expression: unknown, options: Options) => unknown;

/**
 * The expression's value for each document, `undefined` where it is missing. mingo's own `$push` sets the scene for each
 * document but gives null for what is missing: within an array of one the difference stays.
 */
function valuesOf(documents: unknown[], expression: unknown, options: Options): unknown[] {
  if (expression === null || expression === undefined) return [...documents];
  const wrapped = mingoPush(documents, [expression], options);
  return wrapped.map((value) => (Array.isArray(value) ? value[0] : undefined));
}

const isPresent = (value: unknown) => value !== undefined && value !== null;

/** Doubles are added as they are; where a 64-bit integer or a decimal takes part the sum is exact. */
function total(values: readonly unknown[]): BsonNumber {
  let sum = 0;
  let exact: BsonNumber | undefined;
  for (const value of values) {
    if (typeof value === 'number') sum += value;
    else if (isBsonNumber(value)) exact = exact === undefined ? value : combine(exact, value, '$inc');
  }
  return exact === undefined ? sum : combine(exact, sum, '$inc');
}

const $sum: Accumulator = (documents, expression, options) => total(valuesOf(documents, expression, options));

function numbers(documents: unknown[], expression: unknown, options: Options): number[] {
  return valuesOf(documents, expression, options).filter(isBsonNumber).map(toDouble);
}

const $avg: Accumulator = (documents, expression, options) => {
  const values = numbers(documents, expression, options);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
};

function extreme(sign: 1 | -1): Accumulator {
  return (documents, expression, options) => {
    let best: unknown = null;
    for (const value of valuesOf(documents, expression, options)) {
      if (isPresent(value) && (best === null || compareValues(value, best) * sign < 0)) best = value;
    }
    return best;
  };
}

/** Outside of `$group` mingo has put the values into the array already. */
const $push: Accumulator = (documents, expression, options) =>
  valuesOf(documents, expression, options).filter((value) => value !== undefined);

const $addToSet: Accumulator = (documents, expression, options) => {
  const found = new Map<string, unknown>();
  for (const value of valuesOf(documents, expression, options)) {
    const key = encodeKey(value).toString('latin1');
    if (value !== undefined && !found.has(key)) found.set(key, value);
  }
  return [...found.values()];
};

const $mergeObjects: Accumulator = (documents, expression, options) => {
  const merged: Doc = {};
  for (const value of valuesOf(documents, expression, options)) {
    if (isDoc(value)) Object.assign(merged, value);
    else if (isPresent(value)) {
      throw new CommandFailure(
        40400,
        `$mergeObjects requires object inputs, but input ${show(value)} is of type ${typeName(value)}`,
      );
    }
  }
  return merged;
};

function deviation(sampled: boolean): Accumulator {
  return (documents, expression, options) => {
    const values = numbers(documents, expression, options);
    const divisor = values.length - Number(sampled);
    if (divisor <= 0) return null;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / divisor);
  };
}

/** The value at a share of the sorted values: one of them, never between two. */
function percentile(sorted: readonly number[], share: unknown): number | null {
  const p = isBsonNumber(share) ? toDouble(share) : Number.NaN;
  if (!(p >= 0 && p <= 1)) {
    throw new CommandFailure(
      7750303,
      "The $percentile 'p' field must be an array of numbers from [0.0, 1.0]",
    );
  }
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? null;
}

function inputOf(
  documents: unknown[],
  expression: unknown,
  options: Options,
): { sorted: number[]; spec: Doc } {
  if (!isDoc(expression)) throw new CommandFailure(7429703, 'specification must be an object');
  return {
    sorted: numbers(documents, expression['input'], options).sort((left, right) => left - right),
    spec: expression,
  };
}

const $percentile: Accumulator = (documents, expression, options) => {
  const { sorted, spec } = inputOf(documents, expression, options);
  const shares = evalExpr({}, spec['p'], options);
  return (Array.isArray(shares) ? shares : [shares]).map((share) => percentile(sorted, share));
};

const $median: Accumulator = (documents, expression, options) =>
  percentile(inputOf(documents, expression, options).sorted, 0.5);

/** `$top` and its like: the output of the first or last documents in an order of their own. */
function ranked(from: 'top' | 'bottom', many: boolean): Accumulator {
  return (documents, expression, options) => {
    if (!isDoc(expression) || !isDoc(expression['sortBy'])) {
      throw new CommandFailure(5788002, `Expected 'sortBy' to exist and be an object in $${from}`);
    }
    const n = many ? evalExpr({}, expression['n'], options) : 1;
    if (!isBsonNumber(n) || toDouble(n) < 1) {
      throw new CommandFailure(5787908, "'n' must be greater than 0");
    }
    const sorted = sortBy(documents.filter(isDoc), sortFields(expression['sortBy']), (doc) => doc);
    const chosen = from === 'top' ? sorted.slice(0, toDouble(n)) : sorted.slice(-toDouble(n));
    const outputs = valuesOf(chosen, expression['output'], options).map((value) => value ?? null);
    return many ? outputs : outputs[0];
  };
}

/** Accumulators with MongoDB's rules on missing values and order: they take the place of mingo's. */
export const accumulators: Record<`$${string}`, Accumulator> = {
  $sum,
  $avg,
  $min: extreme(1),
  $max: extreme(-1),
  $push,
  $addToSet,
  $mergeObjects,
  $stdDevPop: deviation(false),
  $stdDevSamp: deviation(true),
  $percentile,
  $median,
  $top: ranked('top', false),
  $topN: ranked('top', true),
  $bottom: ranked('bottom', false),
  $bottomN: ranked('bottom', true),
};
