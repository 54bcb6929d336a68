import { CommandFailure, notImplemented } from '../failure.ts';
import { createMatcher, type Matcher } from '../query/matcher.ts';
import { type Path, pathOf } from '../query/paths.ts';
import { equalValues } from '../values/compare.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';

export type IndexField = { readonly name: string; readonly path: Path; readonly direction: 1 | -1 };

export type Index = {
  readonly id: number;
  readonly name: string;
  /** As `listIndexes` tells it. */
  readonly spec: Doc;
  readonly key: Doc;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: Matcher | undefined;
  readonly expireAfterSeconds: number | undefined;
  /** Some document had an array at a field of the index. */
  readonly multikey: boolean;
  /** Some key was too long to be kept whole: the order beyond the cut is not known. */
  readonly truncated: boolean;
};

const knownOptions = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
  'ns',
]);

const kindsElsewhere = new Set(['text', 'hashed', '2d', '2dsphere']);

export function defaultIndexName(key: Doc): string {
  return Object.entries(key)
    .map(([field, direction]) => `${field}_${String(direction)}`)
    .join('_');
}

function fieldsOf(key: Doc): IndexField[] {
  const fields = Object.entries(key).map(([name, value]): IndexField => {
    if (typeof value === 'string' && kindsElsewhere.has(value))
      throw notImplemented(`an index of the kind '${value}'`);
    if (typeof value === 'string')
      throw new CommandFailure('CannotCreateIndex', `Unknown index plugin '${value}'`);
    if (name.startsWith('$') || name.includes('$**')) throw notImplemented('a wildcard index');
    const direction = isBsonNumber(value) ? toDouble(value) : 0;
    if (direction === 0 || Number.isNaN(direction)) {
      throw new CommandFailure(
        'CannotCreateIndex',
        `Values in the index key pattern cannot be 0 or of another type: { ${name}: ${String(value)} }`,
      );
    }
    return { name, path: pathOf(name), direction: direction > 0 ? 1 : -1 };
  });
  if (fields.length === 0)
    throw new CommandFailure('CannotCreateIndex', 'Index keys cannot be an empty object');
  return fields;
}

function flag(value: unknown): boolean {
  return isBsonNumber(value) ? toDouble(value) !== 0 : value === true;
}

function lifetime(value: unknown, fields: readonly IndexField[]): number | undefined {
  if (value === undefined) return undefined;
  const seconds = isBsonNumber(value) ? toDouble(value) : Number.NaN;
  if (!(seconds >= 0 && seconds <= 2147483647)) {
    throw new CommandFailure(
      'CannotCreateIndex',
      'TTL index expireAfterSeconds option must be within an acceptable range: 0 to 2147483647',
    );
  }
  if (fields.length > 1) {
    throw new CommandFailure(
      'CannotCreateIndex',
      'TTL indexes are single-field indexes, compound indexes do not support TTL',
    );
  }
  return seconds;
}

/** Reads an index as `createIndexes` gives it and as the catalog keeps it. Throws for what is not known or not sensible. */
export function indexOf(spec: Doc, id: number, seen = { multikey: false, truncated: false }): Index {
  const key = spec['key'];
  if (!isDoc(key))
    throw new CommandFailure('FailedToParse', "The 'key' field is a required property of an index");
  const fields = fieldsOf(key);
  for (const option of Object.keys(spec)) {
    if (option === 'collation') throw notImplemented('an index with a collation');
    if (option === 'hidden' && spec[option] === false) continue;
    if (!knownOptions.has(option)) throw notImplemented(`the index option '${option}'`);
  }
  const name = spec['name'] ?? defaultIndexName(key);
  if (typeof name !== 'string' || name === '') {
    throw new CommandFailure(
      'CannotCreateIndex',
      "The 'name' of an index has to be a string that is not empty",
    );
  }
  const partial = spec['partialFilterExpression'];
  const unique = flag(spec['unique']);
  const sparse = flag(spec['sparse']);
  const expireAfterSeconds = lifetime(spec['expireAfterSeconds'], fields);
  if (partial !== undefined && !isDoc(partial)) {
    throw new CommandFailure('TypeMismatch', "The field 'partialFilterExpression' must be an object");
  }
  return {
    id,
    name,
    key,
    fields,
    unique,
    sparse,
    partial: partial === undefined ? undefined : createMatcher(partial),
    expireAfterSeconds,
    spec: {
      v: 2,
      key,
      name,
      ...(unique && name !== '_id_' ? { unique: true } : {}),
      ...(sparse ? { sparse: true } : {}),
      ...(partial === undefined ? {} : { partialFilterExpression: partial }),
      ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
    },
    multikey: seen.multikey,
    truncated: seen.truncated,
  };
}

/** Same fields in the same order and directions. */
export function sameKey(left: Doc, right: Doc): boolean {
  return equalValues(left, right);
}

/** Same in all that matters to who declares it again. */
export function sameOptions(left: Index, right: Index): boolean {
  const { name: _left, ...a } = left.spec;
  const { name: _right, ...b } = right.spec;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => equalValues(a[name], b[name]) && name in a === name in b);
}
