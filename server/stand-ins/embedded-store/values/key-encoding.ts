import { Binary, Code, Decimal128, Long, ObjectId, Timestamp } from 'bson';
import { regexParts } from './compare.ts';
import { kindOf, kindOrder } from './kind.ts';
import { type BsonNumber, exactDifference, exactOf, isBsonNumber, toDouble } from './number.ts';

/**
 * Bytes whose order (memcmp) is MongoDB's order of the values. Each value ends itself, so values can be put one after
 * the other and none is the beginning of another: a prefix of whole values is a prefix of bytes.
 */
export function encodeKey(value: unknown): Buffer {
  const parts: Buffer[] = [];
  append(parts, value);
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}

/** The same for a descending field: all bits turned over. */
export function invert(bytes: Buffer): Buffer {
  const turned = Buffer.allocUnsafe(bytes.length);
  for (let at = 0; at < bytes.length; at += 1) turned[at] = ~(bytes[at] ?? 0) & 0xff;
  return turned;
}

const terminator = Buffer.of(0);

function append(parts: Buffer[], value: unknown): void {
  const kind = kindOf(value);
  const tag = kindOrder[kind];
  if (kind === 'number' && isBsonNumber(value)) {
    parts.push(encodeNumber(value));
    return;
  }
  if (kind === 'string') {
    parts.push(encodeText(tag, String(value)));
    return;
  }
  parts.push(Buffer.of(tag));
  switch (kind) {
    case 'bool':
      parts.push(Buffer.of(value === true ? 1 : 0));
      break;
    case 'date':
      parts.push(signed64(BigInt(Number(value))));
      break;
    case 'objectId':
      if (value instanceof ObjectId) parts.push(Buffer.from(value.id));
      break;
    case 'timestamp':
      if (value instanceof Timestamp) parts.push(unsigned64(value.toBigInt()));
      break;
    case 'array':
      for (const item of Array.isArray(value) ? value : []) append(parts, item);
      parts.push(terminator);
      break;
    case 'object':
      for (const [name, item] of Object.entries(Object(value))) {
        parts.push(encodeText(kindOrder[kindOf(item)], name));
        append(parts, item);
      }
      parts.push(terminator);
      break;
    case 'binary':
      parts.push(encodeBinary(value));
      break;
    case 'regex': {
      const { pattern, flags } = regexParts(value);
      parts.push(encodeText(0x30, pattern), encodeText(0x30, flags));
      break;
    }
    case 'code':
      parts.push(encodeText(0x30, value instanceof Code ? String(value.code) : ''));
      break;
    default:
      break;
  }
}

/** Tag, UTF-8 with 0x00 written as 0x01 0x01 and 0x01 as 0x01 0x02, and 0x00 as the end: no text begins another one's key. */
function encodeText(tag: number, text: string): Buffer {
  const escaped =
    text.includes('\0') || text.includes('\u0001')
      ? text.replaceAll('\u0001', '\u0001\u0002').replaceAll('\0', '\u0001\u0001')
      : text;
  const size = Buffer.byteLength(escaped, 'utf8');
  const bytes = Buffer.allocUnsafe(size + 2);
  bytes[0] = tag;
  bytes.write(escaped, 1, 'utf8');
  bytes[size + 1] = 0;
  return bytes;
}

function encodeBinary(value: unknown): Buffer {
  const bytes =
    value instanceof Binary
      ? value.buffer.subarray(0, value.position)
      : value instanceof Uint8Array
        ? value
        : new Uint8Array();
  const head = Buffer.alloc(5);
  head.writeUInt32BE(bytes.length);
  head[4] = value instanceof Binary ? value.sub_type : 0;
  return Buffer.concat([head, bytes]);
}

function unsigned64(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, value));
  return bytes;
}

/** Two's complement with the sign bit turned over sorts negative below positive. */
function signed64(value: bigint): Buffer {
  return unsigned64(value ^ (1n << 63n));
}

function writeDouble(bytes: Buffer, value: number, at: number): void {
  // -0 equals 0; NaN is one value, below all others (its bits below are turned over like a negative number's).
  bytes.writeDoubleBE(value === 0 ? 0 : value, at);
  if (Number.isNaN(value)) {
    bytes.fill(0, at, at + 8);
  } else if (((bytes[at] ?? 0) & 0x80) === 0) {
    bytes[at] = (bytes[at] ?? 0) | 0x80;
  } else {
    for (let position = at; position < at + 8; position += 1)
      bytes[position] = ~(bytes[position] ?? 0) & 0xff;
  }
}

function nextBelow(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigInt64(0);
  if (value === 0) return -Number.MIN_VALUE;
  view.setBigInt64(0, value > 0 ? bits - 1n : bits + 1n);
  return view.getFloat64(0);
}

/**
 * A double takes ten bytes: tag, its bits in sortable order, 0. What no double can hold exactly (a Long beyond 2^53, most
 * Decimal128) is the double below it, 1, and the rest as a double: exact to about 106 bits, Decimal128 has 113.
 */
function encodeNumber(value: BsonNumber): Buffer {
  const nearest = toDouble(value);
  if (value instanceof Decimal128 || value instanceof Long || typeof value === 'bigint') {
    const rest = remainder(value, nearest);
    if (rest !== undefined) {
      const bytes = Buffer.allocUnsafe(18);
      bytes[0] = kindOrder.number;
      writeDouble(bytes, rest.below, 1);
      bytes[9] = 1;
      writeDouble(bytes, rest.above, 10);
      return bytes;
    }
  }
  const bytes = Buffer.allocUnsafe(10);
  bytes[0] = kindOrder.number;
  writeDouble(bytes, nearest, 1);
  bytes[9] = 0;
  return bytes;
}

function remainder(value: BsonNumber, nearest: number): { below: number; above: number } | undefined {
  const exact = exactOf(value);
  if (exact === undefined || !Number.isFinite(nearest)) return undefined;
  const differenceTo = (base: number) => {
    const exactBase = exactOf(base);
    return exactBase === undefined ? exact : exactDifference(exact, exactBase);
  };
  let below = nearest;
  let difference = differenceTo(below);
  if (difference.coefficient < 0n) {
    below = nextBelow(below);
    difference = differenceTo(below);
  }
  if (difference.coefficient === 0n) return undefined;
  return { below, above: Number(`${difference.coefficient}e${difference.exponent}`) };
}
