import { Decimal128, Double, Long, ObjectId, Timestamp } from 'bson';
import { evalExpr } from 'mingo/core';
import type { Options } from 'mingo/types';
import { CommandFailure } from '../failure.ts';
import { isDoc } from '../values/document.ts';
import { typeName } from '../values/kind.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';
import { parseDate } from './date-format.ts';
import { isNil, isTrue, single } from './evaluate.ts';

type Expression = (doc: unknown, argument: unknown, options: Options) => unknown;
type Convert = (value: unknown) => unknown;

const conversionFailed = 241;

function unsupported(value: unknown, to: string): CommandFailure {
  return new CommandFailure(
    conversionFailed,
    `Unsupported conversion from ${typeName(value)} to ${to} in $convert with no onError value`,
  );
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'boolean' || isBsonNumber(value)) return value.toString();
  throw unsupported(value, 'string');
}

function objectIdOf(value: unknown): ObjectId {
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') throw unsupported(value, 'objectId');
  if (/^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value);
  throw new CommandFailure(
    conversionFailed,
    `Failed to parse objectId '${value}' in $convert with no onError value`,
  );
}

/** Numbers are milliseconds since 1970. */
function dateOf(value: unknown): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  // Timestamp is a Long by inheritance, so it is looked for first.
  if (value instanceof Timestamp) return new Date(value.t * 1000);
  if (isBsonNumber(value)) return new Date(Math.trunc(toDouble(value)));
  if (typeof value === 'string') return new Date(parseDate(value, undefined, undefined));
  throw unsupported(value, 'date');
}

const integerText = /^[+-]?\d+$/;
const numberText = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|Infinity|NaN)$/i;

function numberOf(value: unknown, to: string, text: RegExp): number {
  if (isBsonNumber(value)) return toDouble(value);
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Date && to !== 'int') return value.getTime();
  if (typeof value !== 'string') throw unsupported(value, to);
  if (text.test(value)) return Number(value);
  throw new CommandFailure(
    conversionFailed,
    `Failed to parse number '${value}' in $convert with no onError value`,
  );
}

function whole(value: number, limit: number): number {
  const cut = Math.trunc(value);
  if (Math.abs(cut) <= limit) return cut;
  throw new CommandFailure(
    conversionFailed,
    `Conversion would overflow target type in $convert with no onError value: ${value}`,
  );
}

function longOf(value: unknown): Long {
  if (value instanceof Long && !(value instanceof Timestamp)) return value;
  if (typeof value === 'string' && integerText.test(value)) return Long.fromString(value.replace('+', ''));
  return Long.fromNumber(whole(numberOf(value, 'long', integerText), 2 ** 63));
}

function decimalOf(value: unknown): Decimal128 {
  if (value instanceof Decimal128) return value;
  if (typeof value === 'string' && numberText.test(value)) return Decimal128.fromString(value);
  if (value instanceof Long && !(value instanceof Timestamp)) return Decimal128.fromString(value.toString());
  return Decimal128.fromString(String(numberOf(value, 'decimal', numberText)));
}

/** A whole number is told from an int by its class; a fraction is a double anyway. */
function doubleOf(value: unknown): number | Double {
  const number = numberOf(value, 'double', numberText);
  return Number.isInteger(number) ? new Double(number) : number;
}

const conversions: Readonly<Record<string, Convert>> = {
  double: doubleOf,
  string: textOf,
  objectId: objectIdOf,
  bool: isTrue,
  date: dateOf,
  int: (value) => whole(numberOf(value, 'int', integerText), 2 ** 31 - 1),
  long: longOf,
  decimal: decimalOf,
};
const targets: Readonly<Record<number, string>> = {
  1: 'double',
  2: 'string',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  16: 'int',
  18: 'long',
  19: 'decimal',
};

function conversionTo(wanted: unknown): Convert {
  const name = isBsonNumber(wanted) ? targets[toDouble(wanted)] : wanted;
  const found = typeof name === 'string' && Object.hasOwn(conversions, name) ? conversions[name] : undefined;
  if (found === undefined) throw new CommandFailure('BadValue', `Unknown type name: ${String(wanted)}`);
  return found;
}

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/convert/ */
const $convert: Expression = (doc, argument, options) => {
  if (!isDoc(argument) || !('input' in argument) || !('to' in argument)) {
    throw new CommandFailure('FailedToParse', "$convert takes an object with 'input' and 'to'");
  }
  const input = evalExpr(doc, argument['input'], options);
  if (isNil(input)) return 'onNull' in argument ? evalExpr(doc, argument['onNull'], options) : null;
  const to = evalExpr(doc, argument['to'], options);
  if (isNil(to)) return null;
  const convert = conversionTo(to);
  try {
    return convert(input);
  } catch (error) {
    const fails = error instanceof CommandFailure && error.code === conversionFailed;
    if (!fails || !('onError' in argument)) throw error;
    return evalExpr(doc, argument['onError'], options);
  }
};

function direct(target: string): Expression {
  return (doc, argument, options) => {
    const value = single(doc, argument, options);
    return isNil(value) ? null : conversions[target]?.(value);
  };
}

/** Conversions between types by MongoDB's rules: they take the place of mingo's. */
export const conversionExpressions: Record<`$${string}`, Expression> = {
  $convert,
  $toString: direct('string'),
  $toObjectId: direct('objectId'),
  $toBool: direct('bool'),
  $toDate: direct('date'),
  $toInt: direct('int'),
  $toLong: direct('long'),
  $toDouble: direct('double'),
  $toDecimal: direct('decimal'),
};
