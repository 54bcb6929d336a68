import { Aggregator } from 'mingo/aggregator';
import { Lazy, type Iterator as LazyIterator } from 'mingo/lazy';
import type { Options } from 'mingo/types';
import { CommandFailure } from '../failure.ts';
import { ownField } from '../query/paths.ts';
import { compareValues } from '../values/compare.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { kindOf } from '../values/kind.ts';

type Stage = (collection: LazyIterator, argument: unknown, options: Options) => LazyIterator;

/** Nothing to count gives no document, not a zero. */
const $count: Stage = (collection, argument) => {
  if (typeof argument !== 'string' || argument === '' || argument.startsWith('$') || argument.includes('.')) {
    throw new CommandFailure(
      40156,
      'the count field must be a non-empty string that is neither dotted nor $-prefixed',
    );
  }
  return collection.transform((docs) => Lazy(docs.length === 0 ? [] : [{ [argument]: docs.length }]));
};

/** `$bucket` is, as in MongoDB, a `$group` by the lower boundary, sorted: buckets without documents do not appear. */
const $bucket: Stage = (collection, argument, options) => {
  if (!isDoc(argument) || !Array.isArray(argument['boundaries']) || argument['boundaries'].length < 2) {
    throw new CommandFailure(40192, "The $bucket 'boundaries' field must be an array with at least 2 values");
  }
  const { groupBy, boundaries, output } = argument;
  const list: unknown[] = boundaries;
  for (const [at, boundary] of list.entries()) {
    if (at === 0) continue;
    if (kindOf(boundary) !== kindOf(list[at - 1])) {
      throw new CommandFailure(
        40193,
        'All values in the "boundaries" option to $bucket must have the same type',
      );
    }
    if (compareValues(boundary, list[at - 1]) <= 0) {
      throw new CommandFailure(40194, 'The "boundaries" option to $bucket must be sorted in ascending order');
    }
  }
  const branches = list.slice(0, -1).map((low, at) => ({
    case: { $and: [{ $gte: [groupBy, { $literal: low }] }, { $lt: [groupBy, { $literal: list[at + 1] }] }] },
    // biome-ignore lint/suspicious/noThenProperty: the name that $switch has for it
    then: { $literal: low },
  }));
  const otherwise = 'default' in argument ? { default: { $literal: argument['default'] } } : {};
  const fields = isDoc(output) ? output : { count: { $sum: 1 } };
  const stages = [
    { $group: { _id: { $switch: { branches, ...otherwise } }, ...fields } },
    { $sort: { _id: 1 } },
  ];
  return new Aggregator(stages, options).stream(collection);
};

const $sortByCount: Stage = (collection, argument, options) =>
  new Aggregator(
    [{ $group: { _id: argument, count: { $sum: 1 } } }, { $sort: { count: -1 } }],
    options,
  ).stream(collection);

function replaced(doc: Doc, path: readonly string[], value: unknown): Doc {
  const [name = '', ...rest] = path;
  const inner = doc[name];
  if (rest.length > 0) return isDoc(inner) ? { ...doc, [name]: replaced(inner, rest, value) } : doc;
  if (value !== undefined) return { ...doc, [name]: value };
  const { [name]: _, ...others } = doc;
  return others;
}

/** `$unwind`: one document for each element; a value that is no array counts as an array of one. */
const $unwind: Stage = (collection, argument) => {
  const spec = isDoc(argument) ? argument : { path: argument };
  const { path, includeArrayIndex, preserveNullAndEmptyArrays } = spec;
  if (typeof path !== 'string' || !path.startsWith('$')) {
    throw new CommandFailure(
      28818,
      `path option to $unwind stage should be prefixed with a '$': ${String(path)}`,
    );
  }
  const parts = path.slice(1).split('.');
  const keep = preserveNullAndEmptyArrays === true;
  const numbered = (doc: Doc, index: number | null): Doc =>
    typeof includeArrayIndex === 'string' ? { ...doc, [includeArrayIndex]: index } : doc;
  const unwound = (doc: Doc): Doc[] => {
    const value = parts.reduce<unknown>((at, name) => (isDoc(at) ? ownField(at, name) : undefined), doc);
    if (Array.isArray(value) && value.length > 0) {
      return value.map((item, index) => numbered(replaced(doc, parts, item), index));
    }
    if (Array.isArray(value)) return keep ? [numbered(replaced(doc, parts, undefined), null)] : [];
    if (value === undefined || value === null) return keep ? [numbered(doc, null)] : [];
    return [numbered(doc, null)];
  };
  return Lazy(flat(collection, unwound));
};

function* flat(collection: LazyIterator, each: (doc: Doc) => Doc[]): Generator<Doc> {
  for (;;) {
    const next = collection.next();
    if (next.done) return;
    if (isDoc(next.value)) yield* each(next.value);
  }
}

/** Stages that count, group and unfold, where mingo's give other documents than MongoDB's. */
export const groupingStages: Record<`$${string}`, Stage> = { $count, $bucket, $sortByCount, $unwind };
