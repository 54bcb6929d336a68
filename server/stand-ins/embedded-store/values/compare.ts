import { Binary, BSONRegExp, Code, ObjectId, Timestamp } from 'bson';
import type { Doc } from './document.ts';
import { kindOf, kindOrder } from './kind.ts';
import { compareNumbers, isBsonNumber } from './number.ts';

const surrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;

/** Order of two strings by their UTF-8 bytes, as MongoDB compares without a collation. */
export function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a === b) continue;
    // Code points above U+FFFF are surrogates in JavaScript and sort below U+E000 there, but above it in UTF-8.
    if (surrogate(a) !== surrogate(b)) return surrogate(a) ? 1 : -1;
    return a - b;
  }
  return left.length - right.length;
}

function bytesOf(value: unknown): { readonly subType: number; readonly bytes: Uint8Array } {
  if (value instanceof Binary)
    return { subType: value.sub_type, bytes: value.buffer.subarray(0, value.position) };
  return { subType: 0, bytes: value instanceof Uint8Array ? value : new Uint8Array() };
}

/** Pattern and flags of a regular expression in either representation. */
export function regexParts(value: unknown): { readonly pattern: string; readonly flags: string } {
  const [pattern, flags] =
    value instanceof RegExp
      ? [value.source, value.flags]
      : value instanceof BSONRegExp
        ? [value.pattern, value.options]
        : ['', ''];
  // JavaScript writes a slash with an escape, and expressions are compiled for Unicode whether they say so or not.
  return { pattern: pattern.replaceAll('\\/', '/'), flags: flags.replace('u', '') };
}

function compareBinaries(left: unknown, right: unknown): number {
  const a = bytesOf(left);
  const b = bytesOf(right);
  return a.bytes.length - b.bytes.length || a.subType - b.subType || Buffer.compare(a.bytes, b.bytes);
}

function compareArrays(left: readonly unknown[], right: readonly unknown[]): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const order = compareValues(left[at], right[at]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Field by field in the order they stand: kind, then name, then value. */
function compareDocs(left: Doc, right: Doc): number {
  const a = Object.entries(left);
  const b = Object.entries(right);
  for (const [at, [name, value]] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    const order =
      kindOrder[kindOf(value)] - kindOrder[kindOf(other[1])] ||
      compareStrings(name, other[0]) ||
      compareValues(value, other[1]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareRegexes(left: unknown, right: unknown): number {
  const a = regexParts(left);
  const b = regexParts(right);
  return compareStrings(a.pattern, b.pattern) || compareStrings(a.flags, b.flags);
}

function compareCodes(left: unknown, right: unknown): number {
  const text = (value: unknown) => (value instanceof Code ? String(value.code) : '');
  return compareStrings(text(left), text(right));
}

/** Order of any two values as MongoDB sorts them; 0 means equal (1 equals 1.0, {a, b} differs from {b, a}). */
export function compareValues(left: unknown, right: unknown): number {
  if (left === right) return 0;
  const kind = kindOf(left);
  const order = kindOrder[kind] - kindOrder[kindOf(right)];
  if (order !== 0) return order;
  if (isBsonNumber(left) && isBsonNumber(right) && kind === 'number') return compareNumbers(left, right);
  switch (kind) {
    case 'string':
      return compareStrings(String(left), String(right));
    case 'bool':
    case 'date':
      return Number(left) - Number(right);
    case 'objectId':
      return left instanceof ObjectId && right instanceof ObjectId ? Buffer.compare(left.id, right.id) : 0;
    case 'array':
      return Array.isArray(left) && Array.isArray(right) ? compareArrays(left, right) : 0;
    case 'object':
      return compareDocs({ ...Object(left) }, { ...Object(right) });
    case 'binary':
      return compareBinaries(left, right);
    case 'timestamp':
      return left instanceof Timestamp && right instanceof Timestamp ? left.compare(right) : 0;
    case 'regex':
      return compareRegexes(left, right);
    case 'code':
      return compareCodes(left, right);
    default:
      return 0;
  }
}

export function equalValues(left: unknown, right: unknown): boolean {
  return compareValues(left, right) === 0;
}
