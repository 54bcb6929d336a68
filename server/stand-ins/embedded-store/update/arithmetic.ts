import { Decimal128, Double, Int32, Long } from 'bson';
import { CommandFailure } from '../failure.ts';
import { type BsonNumber, exactOf, toDouble } from '../values/number.ts';

function rank(value: BsonNumber): number {
  if (value instanceof Decimal128) return 3;
  if (value instanceof Double) return 2;
  if (value instanceof Long || typeof value === 'bigint') return 1;
  if (value instanceof Int32) return 0;
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 0 : 2;
}

function decimal(coefficient: bigint, exponent: number): Decimal128 {
  return Decimal128.fromStringWithRounding(`${coefficient}E${exponent}`);
}

function whole(value: BsonNumber): bigint {
  return value instanceof Long ? value.toBigInt() : BigInt(toDouble(value));
}

/** An int that no longer fits becomes a long; a long that no longer fits is an error. */
function integer(value: bigint, type: number, what: string): Int32 | Long {
  if (type === 0 && value >= -(2n ** 31n) && value < 2n ** 31n) return new Int32(Number(value));
  if (value < -(2n ** 63n) || value >= 2n ** 63n) {
    throw new CommandFailure('BadValue', `Failed to apply ${what} operations to current value: overflow`);
  }
  return Long.fromBigInt(value);
}

/** Sum or product in the wider of the two types, as `$inc` and `$mul` give it. */
export function combine(left: BsonNumber, right: BsonNumber, operator: '$inc' | '$mul'): BsonNumber {
  const type = Math.max(rank(left), rank(right));
  if (type === 3) {
    const a = exactOf(left);
    const b = exactOf(right);
    if (a === undefined || b === undefined) return Decimal128.fromString('NaN');
    if (operator === '$mul') return decimal(a.coefficient * b.coefficient, a.exponent + b.exponent);
    const exponent = Math.min(a.exponent, b.exponent);
    const scaled = (value: typeof a) => value.coefficient * 10n ** BigInt(value.exponent - exponent);
    return decimal(scaled(a) + scaled(b), exponent);
  }
  if (type === 2) {
    const a = toDouble(left);
    const b = toDouble(right);
    return new Double(operator === '$inc' ? a + b : a * b);
  }
  const a = whole(left);
  const b = whole(right);
  return integer(operator === '$inc' ? a + b : a * b, type, operator);
}

/** Zero in the type of the given number. */
export function zeroLike(value: BsonNumber): BsonNumber {
  return combine(value, new Int32(0), '$mul');
}

export function bitwise(value: BsonNumber, operation: string, by: BsonNumber): BsonNumber {
  const type = Math.max(rank(value), rank(by));
  if (type > 1) throw new CommandFailure('BadValue', 'Cannot apply $bit to a value of non-integral type');
  const a = whole(value);
  const b = whole(by);
  const result = operation === 'and' ? a & b : operation === 'or' ? a | b : a ^ b;
  return integer(result, type, '$bit');
}
