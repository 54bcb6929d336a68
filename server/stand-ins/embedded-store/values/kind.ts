import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';

/** Classes of values in MongoDB's comparison order: https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/ */
export const kindOrder = {
  minKey: 0x05,
  /** an empty array where its elements are looked at: indexes and sorting put it before null */
  emptyArray: 0x08,
  null: 0x10,
  number: 0x20,
  string: 0x30,
  object: 0x40,
  array: 0x50,
  binary: 0x60,
  objectId: 0x70,
  bool: 0x80,
  date: 0x90,
  timestamp: 0xa0,
  regex: 0xb0,
  dbPointer: 0xc0,
  code: 0xd0,
  maxKey: 0xf0,
} as const;

export type Kind = keyof typeof kindOrder;

/** Stands for an empty array in sort keys and index entries. */
export const emptyArray = Symbol('empty array');

export function kindOf(value: unknown): Kind {
  if (value === undefined || value === null) return 'null';
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return 'number';
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'symbol':
      return 'emptyArray';
    default:
      return objectKind(value);
  }
}

function objectKind(value: unknown): Kind {
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof ObjectId) return 'objectId';
  // Timestamp is a Long by inheritance, so it is looked for first.
  if (value instanceof Timestamp) return 'timestamp';
  if (
    value instanceof Int32 ||
    value instanceof Double ||
    value instanceof Long ||
    value instanceof Decimal128
  ) {
    return 'number';
  }
  if (value instanceof RegExp || value instanceof BSONRegExp) return 'regex';
  if (value instanceof Binary || value instanceof Uint8Array) return 'binary';
  if (value instanceof BSONSymbol) return 'string';
  if (value instanceof MinKey) return 'minKey';
  if (value instanceof MaxKey) return 'maxKey';
  if (value instanceof DBRef) return 'dbPointer';
  if (value instanceof Code) return 'code';
  return 'object';
}

function numberType(value: unknown): string {
  if (value instanceof Int32) return 'int';
  if (value instanceof Double) return 'double';
  if (value instanceof Long || typeof value === 'bigint') return 'long';
  if (value instanceof Decimal128) return 'decimal';
  if (typeof value !== 'number' || !Number.isInteger(value)) return 'double';
  return Math.abs(value) < 2 ** 31 ? 'int' : 'long';
}

/** The name that `$type` and error messages use: int, double, string, object, array, binData, objectId, bool, date, null, regex, ... */
export function typeName(value: unknown): string {
  const kind = kindOf(value);
  if (value === undefined) return 'missing';
  if (kind === 'number') return numberType(value);
  if (kind === 'binary') return 'binData';
  if (kind === 'code') return 'javascript';
  if (kind === 'emptyArray') return 'array';
  return kind;
}
