import { Decimal128, Long, Timestamp } from 'bson';
import type { Options } from 'mingo/types';
import { CommandFailure } from '../failure.ts';
import { combine } from '../update/arithmetic.ts';
import { typeName } from '../values/kind.ts';
import { type BsonNumber, isBsonNumber, toDouble } from '../values/number.ts';
import { isNil, several, single } from './evaluate.ts';

type Expression = (doc: unknown, argument: unknown, options: Options) => unknown;

function notNumeric(operator: string, value: unknown): CommandFailure {
  return new CommandFailure(
    'TypeMismatch',
    `${operator} only supports numeric types, not ${typeName(value)}`,
  );
}

function numeric(operator: string, value: unknown): BsonNumber {
  if (isBsonNumber(value) && !(value instanceof Timestamp)) return value;
  throw notNumeric(operator, value);
}

/** Where a 64-bit integer or a decimal takes part the result is exact; otherwise doubles do, and are faster. */
const isExact = (value: BsonNumber) =>
  value instanceof Long || value instanceof Decimal128 || typeof value === 'bigint';

function together(left: BsonNumber, right: BsonNumber, operator: '$inc' | '$mul'): BsonNumber {
  if (isExact(left) || isExact(right)) return combine(left, right, operator);
  return operator === '$inc' ? toDouble(left) + toDouble(right) : toDouble(left) * toDouble(right);
}

/** At most one date among the numbers; the sum is a date then, the numbers being milliseconds. */
const $add: Expression = (doc, argument, options) => {
  let sum: BsonNumber = 0;
  let dates = 0;
  for (const value of several(doc, argument, options)) {
    if (isNil(value)) return null;
    if (value instanceof Date) dates += 1;
    if (dates > 1) throw new CommandFailure(16612, 'only one date allowed in an $add expression');
    sum = together(sum, value instanceof Date ? value.getTime() : numeric('$add', value), '$inc');
  }
  return dates === 1 ? new Date(Math.round(toDouble(sum))) : sum;
};

const $multiply: Expression = (doc, argument, options) => {
  let product: BsonNumber = 1;
  for (const value of several(doc, argument, options)) {
    if (isNil(value)) return null;
    product = together(product, numeric('$multiply', value), '$mul');
  }
  return product;
};

function pairOf(operator: string, doc: unknown, argument: unknown, options: Options): [unknown, unknown] {
  const values = several(doc, argument, options);
  if (values.length !== 2) {
    throw new CommandFailure(
      16020,
      `Expression ${operator} takes exactly 2 arguments. ${values.length} were passed in.`,
    );
  }
  return [values[0], values[1]];
}

const $subtract: Expression = (doc, argument, options) => {
  const [from, by] = pairOf('$subtract', doc, argument, options);
  if (isNil(from) || isNil(by)) return null;
  if (from instanceof Date) {
    if (by instanceof Date) return from.getTime() - by.getTime();
    return new Date(Math.round(from.getTime() - toDouble(numeric('$subtract', by))));
  }
  return together(numeric('$subtract', from), together(numeric('$subtract', by), -1, '$mul'), '$inc');
};

const $mod: Expression = (doc, argument, options) => {
  const [value, by] = pairOf('$mod', doc, argument, options);
  if (isNil(value) || isNil(by)) return null;
  const divisor = toDouble(numeric('$mod', by));
  if (divisor === 0) throw new CommandFailure(16610, "can't $mod by zero");
  return toDouble(numeric('$mod', value)) % divisor;
};

const $abs: Expression = (doc, argument, options) => {
  const value = single(doc, argument, options);
  if (isNil(value)) return null;
  const number = numeric('$abs', value);
  return toDouble(number) < 0 ? together(number, -1, '$mul') : number;
};

function of(operator: string, compute: (value: number) => number): Expression {
  return (doc, argument, options) => {
    const value = single(doc, argument, options);
    return isNil(value) ? null : compute(toDouble(numeric(operator, value)));
  };
}

const $pow: Expression = (doc, argument, options) => {
  const [base, exponent] = pairOf('$pow', doc, argument, options);
  if (isNil(base) || isNil(exponent)) return null;
  const [b, e] = [toDouble(numeric('$pow', base)), toDouble(numeric('$pow', exponent))];
  if (b === 0 && e < 0)
    throw new CommandFailure(28764, '$pow cannot take a base of 0 and a negative exponent');
  return b ** e;
};

function root(value: number): number {
  if (value < 0) throw new CommandFailure(28714, '$sqrt: argument must be greater than or equal to 0');
  return Math.sqrt(value);
}

/** Arithmetic on every BSON number and on dates: it takes the place of mingo's, which knows plain numbers only. */
export const arithmeticExpressions: Record<`$${string}`, Expression> = {
  $add,
  $subtract,
  $multiply,
  $mod,
  $abs,
  $ceil: of('$ceil', Math.ceil),
  $floor: of('$floor', Math.floor),
  $exp: of('$exp', Math.exp),
  $sqrt: of('$sqrt', root),
  $pow,
};
