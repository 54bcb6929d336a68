import { Decimal128, Double, Int32, Long } from 'bson';

/** Any representation of a BSON number. */
export type BsonNumber = number | bigint | Int32 | Double | Long | Decimal128;

export function isBsonNumber(value: unknown): value is BsonNumber {
  if (typeof value === 'number' || typeof value === 'bigint') return true;
  return (
    value instanceof Int32 || value instanceof Double || value instanceof Long || value instanceof Decimal128
  );
}

/** The double nearest to the number. */
export function toDouble(value: BsonNumber): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Long) return value.toNumber();
  return Number(value.toString());
}

/** coefficient x 10^exponent, exactly; undefined for NaN and the infinities. */
type Exact = { readonly coefficient: bigint; readonly exponent: number };

function exactDouble(value: number): Exact | undefined {
  if (!Number.isFinite(value)) return undefined;
  let scaled = value;
  let halvings = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    halvings += 1;
  }
  return { coefficient: BigInt(scaled) * 5n ** BigInt(halvings), exponent: -halvings };
}

function exactDecimal(text: string): Exact | undefined {
  const match = /^(-?)(\d*)\.?(\d*)(?:E([+-]?\d+))?$/i.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(`${whole}${fraction}` || '0');
  return { coefficient: sign === '-' ? -digits : digits, exponent: Number(exponent) - fraction.length };
}

export function exactOf(value: BsonNumber): Exact | undefined {
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  if (value instanceof Long) return { coefficient: value.toBigInt(), exponent: 0 };
  if (value instanceof Decimal128) return exactDecimal(value.toString());
  return exactDouble(toDouble(value));
}

/** left - right, exactly. */
export function exactDifference(left: Exact, right: Exact): Exact {
  const exponent = Math.min(left.exponent, right.exponent);
  const scale = (value: Exact) => value.coefficient * 10n ** BigInt(value.exponent - exponent);
  return { coefficient: scale(left) - scale(right), exponent };
}

function isDoubleExact(value: BsonNumber): boolean {
  if (value instanceof Decimal128 || typeof value === 'bigint') return false;
  return !(value instanceof Long) || Number.isSafeInteger(value.toNumber());
}

/** Order of numbers of any BSON type by value; NaN is below all others and equal to itself. */
export function compareNumbers(left: BsonNumber, right: BsonNumber): number {
  const a = toDouble(left);
  const b = toDouble(right);
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(!Number.isNaN(a)) - Number(!Number.isNaN(b));
  if (a < b) return -1;
  if (a > b) return 1;
  if (isDoubleExact(left) && isDoubleExact(right)) return 0;
  const exactLeft = exactOf(left);
  const exactRight = exactOf(right);
  if (exactLeft === undefined || exactRight === undefined) return 0;
  const { coefficient } = exactDifference(exactLeft, exactRight);
  return coefficient < 0n ? -1 : coefficient > 0n ? 1 : 0;
}
