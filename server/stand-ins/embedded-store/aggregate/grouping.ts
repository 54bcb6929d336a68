import { Aggregator } from 'mingo/aggregator';
import { evalExpr, OpType } from 'mingo/core';
import { Lazy, type Iterator as LazyIterator } from 'mingo/lazy';
import type { Options } from 'mingo/types';
import { CommandFailure } from '../failure.ts';
import { ownField } from '../query/paths.ts';
import { compareValues } from '../values/compare.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { encodeKey } from '../values/key-encoding.ts';
import { kindOf } from '../values/kind.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';

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

type Accumulate = (documents: unknown[], options: Options) => unknown;

/** An accumulator of `$group`. mingo would take an expression of the same name first, so it is looked up here. */
function accumulatorOf(field: string, spec: unknown, options: Options): Accumulate {
  const [name, ...others] = isDoc(spec) ? Object.keys(spec) : [];
  if (!isDoc(spec) || name === undefined || !name.startsWith('$')) {
    throw new CommandFailure(40234, `The field '${field}' must be an accumulator object`);
  }
  if (others.length > 0) throw new CommandFailure(40238, `The field '${field}' must specify one accumulator`);
  const accumulate = options.context.getOperator(OpType.ACCUMULATOR, name);
  if (accumulate === null) throw new CommandFailure(15952, `unknown group operator '${name}'`);
  return (documents) => accumulate(documents, spec[name], options);
}

/** Keys are equal as MongoDB compares them: 1 and 1.0 are one group, missing and null too, { a, b } and { b, a } are not. */
const $group: Stage = (collection, argument, options) => {
  if (!isDoc(argument)) throw new CommandFailure(15947, "a group's fields must be specified in an object");
  if (!('_id' in argument)) throw new CommandFailure(15955, 'a group specification must include an _id');
  const { _id: keyExpression, ...fields } = argument;
  const accumulators = Object.entries(fields).map(
    ([field, spec]) => [field, accumulatorOf(field, spec, options)] as const,
  );
  return collection.transform((documents) => {
    const groups = new Map<string, { key: unknown; documents: unknown[] }>();
    for (const document of documents) {
      const key = evalExpr(document, keyExpression, options) ?? null;
      const text = typeof key === 'string' ? key : `\0${encodeKey(key).toString('latin1')}`;
      const group = groups.get(text);
      if (group === undefined) groups.set(text, { key, documents: [document] });
      else group.documents.push(document);
    }
    return Lazy(grouped(groups.values(), accumulators, options));
  });
};

function* grouped(
  groups: Iterable<{ readonly key: unknown; readonly documents: unknown[] }>,
  accumulators: readonly (readonly [string, Accumulate])[],
  options: Options,
): Generator<Doc> {
  for (const { key, documents } of groups) {
    const doc: Doc = { _id: key };
    for (const [field, accumulate] of accumulators) doc[field] = accumulate(documents, options);
    yield doc;
  }
}

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

/** `$sample`: documents by chance, each no more than once. */
const $sample: Stage = (collection, argument) => {
  const size = isDoc(argument) && isBsonNumber(argument['size']) ? toDouble(argument['size']) : Number.NaN;
  if (!(size >= 0)) throw new CommandFailure(28746, 'size argument to $sample must be a non-negative number');
  return collection.transform((docs) => {
    const pool = [...docs];
    const taken = Math.min(size, pool.length);
    for (let at = 0; at < taken; at += 1) {
      const other = at + Math.floor(Math.random() * (pool.length - at));
      [pool[at], pool[other]] = [pool[other], pool[at]];
    }
    return Lazy(pool.slice(0, taken));
  });
};

/** Stages that count, group and unfold, where mingo's give other documents than MongoDB's. */
export const groupingStages: Record<`$${string}`, Stage> = {
  $count,
  $group,
  $bucket,
  $sortByCount,
  $unwind,
  $sample,
};
