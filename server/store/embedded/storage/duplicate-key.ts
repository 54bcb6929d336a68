import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { CommandFailure } from '../failure.ts';
import { isDoc } from '../values/document.ts';
import type { Collection } from './catalog.ts';
import type { Index } from './index-definition.ts';

/** A value as MongoDB writes it in messages: { a: 1, b: "x", c: ObjectId('...') }. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'symbol') return 'undefined';
  if (typeof value === 'string') return `"${value}"`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Double)
    return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
  if (value instanceof Timestamp) return `Timestamp(${value.t}, ${value.i})`;
  if (value instanceof Int32 || value instanceof Long) return value.toString();
  if (value instanceof Decimal128) return `${value.toString()}`;
  if (value instanceof Binary) {
    return `BinData(${value.sub_type}, ${value.toString('hex').toUpperCase()})`;
  }
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`;
  if (value instanceof MinKey) return 'MinKey';
  if (value instanceof MaxKey) return 'MaxKey';
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(show).join(', ')} ]`;
  if (!isDoc(value)) return String(value);
  const fields = Object.entries(value).map(([name, item]) => `${name}: ${show(item)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** E11000 with the message, `keyPattern` and `keyValue` that MongoDB gives. */
export function duplicateKey(
  collection: Collection,
  index: Index,
  values: readonly unknown[],
): CommandFailure {
  const keyValue = Object.fromEntries(
    index.fields.map((field, at) => {
      const value = values[at];
      return [field.name, typeof value === 'symbol' || value === undefined ? null : value];
    }),
  );
  return new CommandFailure(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.db}.${collection.name} index: ${index.name} dup key: ${show(keyValue)}`,
    { keyPattern: index.key, keyValue },
  );
}
