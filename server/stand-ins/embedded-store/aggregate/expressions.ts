import { evalExpr } from 'mingo/core';
import type { Options } from 'mingo/types';
import { CommandFailure } from '../failure.ts';
import { sortBy, sortFields } from '../query/sort.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { kindOf, kindOrder, typeName } from '../values/kind.ts';
import { exactOf, isBsonNumber, toDouble } from '../values/number.ts';
import { accumulators } from './accumulators.ts';
import { arithmeticExpressions } from './arithmetic.ts';
import { conversionExpressions, textOf } from './conversions.ts';
import { dateExpressions } from './date-expressions.ts';
import { isNil, isTrue, several, single } from './evaluate.ts';

type Expression = (doc: unknown, argument: unknown, options: Options) => unknown;

/** In expressions a missing field is below null, and not equal to it. */
function order(left: unknown, right: unknown): number {
  if (left === undefined || right === undefined) {
    const place = (value: unknown) => (value === undefined ? kindOrder.emptyArray : kindOrder[kindOf(value)]);
    return place(left) - place(right);
  }
  return compareValues(left, right);
}

function pair(operator: string, doc: unknown, argument: unknown, options: Options): [unknown, unknown] {
  if (!Array.isArray(argument) || argument.length !== 2) {
    const count = Array.isArray(argument) ? argument.length : 1;
    throw new CommandFailure(
      16020,
      `Expression ${operator} takes exactly 2 arguments. ${count} were passed in.`,
    );
  }
  return [evalExpr(doc, argument[0], options), evalExpr(doc, argument[1], options)];
}

function comparison(operator: string, accepts: (order: number) => boolean): Expression {
  return (doc, argument, options) => accepts(order(...pair(operator, doc, argument, options)));
}

const $size: Expression = (doc, argument, options) => {
  const value = single(doc, argument, options);
  if (Array.isArray(value)) return value.length;
  throw new CommandFailure(
    17124,
    `The argument to $size must be an array, but was of type: ${typeName(value)}`,
  );
};

const $in: Expression = (doc, argument, options) => {
  const [value, list] = pair('$in', doc, argument, options);
  if (!Array.isArray(list))
    throw new CommandFailure(40081, `$in requires an array as a second argument, found: ${typeName(list)}`);
  return list.some((item) => equalValues(item, value));
};

/** Rounds the exact value of the double at a decimal place, halves to the even digit, as MongoDB does through Decimal128. */
function atPlace(value: number, place: number, half: boolean): number {
  const exact = exactOf(value);
  if (exact === undefined || -exact.exponent <= place) return value;
  const step = 10n ** BigInt(-exact.exponent - place);
  const whole = exact.coefficient / step;
  const rest = exact.coefficient % step;
  const size = rest < 0n ? -rest : rest;
  const up = half && (size * 2n > step || (size * 2n === step && whole % 2n !== 0n));
  return Number(`${up ? whole + (rest < 0n ? -1n : 1n) : whole}e${-place}`);
}

function rounding(operator: string, half: boolean): Expression {
  return (doc, argument, options) => {
    const [value, place = 0] = (Array.isArray(argument) ? argument : [argument]).map((part: unknown) =>
      evalExpr(doc, part, options),
    );
    if (isNil(value) || place === null) return null;
    if (!isBsonNumber(value) || !isBsonNumber(place)) {
      throw new CommandFailure(51081, `${operator} only supports numeric types, not ${typeName(value)}`);
    }
    return atPlace(toDouble(value), toDouble(place), half);
  };
}

const $divide: Expression = (doc, argument, options) => {
  const [dividend, divisor] = pair('$divide', doc, argument, options);
  if (isNil(dividend) || isNil(divisor)) return null;
  if (!isBsonNumber(dividend) || !isBsonNumber(divisor)) {
    throw new CommandFailure(
      16609,
      `$divide only supports numeric types, not ${typeName(dividend)} and ${typeName(divisor)}`,
    );
  }
  if (toDouble(divisor) === 0) throw new CommandFailure(16608, "can't $divide by zero");
  return toDouble(dividend) / toDouble(divisor);
};

const $indexOfCP: Expression = (doc, argument, options) => {
  const [text, part, start = 0, end] = (Array.isArray(argument) ? argument : []).map((one: unknown) =>
    evalExpr(doc, one, options),
  );
  if (isNil(text)) return null;
  if (typeof text !== 'string' || typeof part !== 'string' || !isBsonNumber(start)) {
    throw new CommandFailure(
      40093,
      `$indexOfCP requires a string as the first argument, found: ${typeName(text)}`,
    );
  }
  const letters = [...text].slice(0, isBsonNumber(end) ? toDouble(end) : undefined);
  const before = letters.slice(0, toDouble(start)).join('');
  const at = letters.join('').indexOf(part, before.length);
  return at < 0 ? -1 : [...text.slice(0, at)].length;
};

function letters(change: (text: string) => string): Expression {
  return (doc, argument, options) => {
    const value = single(doc, argument, options);
    return isNil(value) ? '' : change(textOf(value));
  };
}

const $indexOfBytes: Expression = (doc, argument, options) => {
  const [text, part, start = 0, end] = several(doc, argument, options);
  if (isNil(text)) return null;
  if (typeof text !== 'string' || typeof part !== 'string' || !isBsonNumber(start)) {
    throw new CommandFailure(
      40091,
      `$indexOfBytes requires a string as the first argument, found: ${typeName(text)}`,
    );
  }
  const bytes = Buffer.from(text).subarray(0, isBsonNumber(end) ? toDouble(end) : undefined);
  return bytes.indexOf(part, toDouble(start));
};

/** Of `{ k, v }` documents or of pairs. */
const $arrayToObject: Expression = (doc, argument, options) => {
  const list = single(doc, argument, options);
  if (isNil(list)) return null;
  if (!Array.isArray(list)) {
    throw new CommandFailure(40386, `$arrayToObject requires an array input, found: ${typeName(list)}`);
  }
  const made: Doc = {};
  for (const item of list) {
    const [name, value]: unknown[] = isDoc(item) ? [item['k'], item['v']] : Array.isArray(item) ? item : [];
    if (typeof name !== 'string') {
      throw new CommandFailure(
        40394,
        `$arrayToObject requires an array of key-value pairs, where the key must be of type string. Found key type: ${typeName(name)}`,
      );
    }
    made[name] = value;
  }
  return made;
};

const $type: Expression = (doc, argument, options) => typeName(single(doc, argument, options));

const $isNumber: Expression = (doc, argument, options) => isBsonNumber(single(doc, argument, options));

const $sortArray: Expression = (doc, argument, options) => {
  if (!isDoc(argument)) throw new CommandFailure(2942500, '$sortArray requires an object as an argument');
  const input = evalExpr(doc, argument['input'], options);
  const by = argument['sortBy'];
  if (isNil(input)) return null;
  if (!Array.isArray(input)) {
    throw new CommandFailure(
      2942504,
      `The input argument to $sortArray must be an array, but was of type: ${typeName(input)}`,
    );
  }
  if (isDoc(by)) return sortBy(input, sortFields(by), (item) => (isDoc(item) ? item : {}));
  const direction = isBsonNumber(by) ? toDouble(by) : 1;
  return [...input].sort((left, right) => compareValues(left, right) * direction);
};

const $switch: Expression = (doc, argument, options) => {
  if (!isDoc(argument) || !Array.isArray(argument['branches'])) {
    throw new CommandFailure(40061, "$switch expected an array for 'branches'");
  }
  for (const branch of argument['branches']) {
    if (isDoc(branch) && isTrue(evalExpr(doc, branch['case'], options)))
      return evalExpr(doc, branch['then'], options);
  }
  if ('default' in argument) return evalExpr(doc, argument['default'], options);
  throw new CommandFailure(
    40066,
    '$switch could not find a matching branch for an input, and no default was specified.',
  );
};

/** `$median` and `$percentile` of an array that stands in one document. */
function ofArray(operator: '$median' | '$percentile'): Expression {
  return (doc, argument, options) => {
    if (!isDoc(argument)) throw new CommandFailure(7436200, `${operator} specification must be an object`);
    const input = evalExpr(doc, argument['input'], options);
    const values = Array.isArray(input) ? input : [input];
    return accumulators[operator]?.(values, { ...argument, input: null }, options);
  };
}

/** Expressions with MongoDB's rules on types, missing fields and rounding: they take the place of mingo's. */
export const expressions: Record<`$${string}`, Expression> = {
  ...dateExpressions,
  ...arithmeticExpressions,
  ...conversionExpressions,
  $cmp: (doc, argument, options) => Math.sign(order(...pair('$cmp', doc, argument, options))),
  $eq: comparison('$eq', (result) => result === 0),
  $ne: comparison('$ne', (result) => result !== 0),
  $gt: comparison('$gt', (result) => result > 0),
  $gte: comparison('$gte', (result) => result >= 0),
  $lt: comparison('$lt', (result) => result < 0),
  $lte: comparison('$lte', (result) => result <= 0),
  $not: (doc, argument, options) => !isTrue(single(doc, argument, options)),
  $in,
  $size,
  $sortArray,
  $round: rounding('$round', true),
  $trunc: rounding('$trunc', false),
  $divide,
  $indexOfCP,
  $indexOfBytes,
  $arrayToObject,
  $switch,
  $median: ofArray('$median'),
  $percentile: ofArray('$percentile'),
  $toLower: letters((text) => text.toLowerCase()),
  $toUpper: letters((text) => text.toUpperCase()),
  $type,
  $isNumber,
};
