import { evalExpr } from 'mingo/core';
import type { Iterator as LazyIterator } from 'mingo/lazy';
import type { Options } from 'mingo/types';
import { CommandFailure } from '../failure.ts';
import { createProjection } from '../query/projection.ts';
import { type Doc, hasOperators, isDoc } from '../values/document.ts';

type Stage = (collection: LazyIterator, argument: unknown, options: Options) => LazyIterator;

const $project: Stage = (collection, argument, options) => {
  if (!isDoc(argument)) throw new CommandFailure(15969, '$project specification must be an object');
  const projection = createProjection(argument, {}, options);
  if (projection === undefined)
    throw new CommandFailure(51272, 'projection specification must have at least one field');
  return collection.map((doc: Doc) => projection.apply(doc));
};

const $unset: Stage = (collection, argument, options) => {
  const names = Array.isArray(argument) ? argument : [argument];
  const projection = createProjection(
    Object.fromEntries(names.map((name) => [String(name), 0])),
    {},
    options,
  );
  return collection.map((doc: Doc) => projection?.apply(doc) ?? doc);
};

/** A field set at a path, in each element of the arrays on the way; undefined takes it away. */
function withValue(holder: unknown, path: readonly string[], value: unknown): unknown {
  const [name = '', ...rest] = path;
  if (path.length === 0) return value;
  if (Array.isArray(holder)) return holder.map((item) => withValue(item, path, value));
  const fields: Doc = isDoc(holder) ? { ...holder } : {};
  const next = withValue(fields[name], rest, value);
  if (next === undefined) delete fields[name];
  else fields[name] = next;
  return fields;
}

/** Fields of nested documents are added one by one: `{ a: { b: 1 } }` keeps what else `a` has. */
function assignments(
  spec: Doc,
  prefix: readonly string[] = [],
): { path: readonly string[]; expression: unknown }[] {
  return Object.entries(spec).flatMap(([name, expression]) => {
    const path = [...prefix, ...name.split('.')];
    const nested = isDoc(expression) && !hasOperators(expression) && Object.keys(expression).length > 0;
    return nested ? assignments(expression, path) : [{ path, expression }];
  });
}

const $addFields: Stage = (collection, argument, options) => {
  if (!isDoc(argument)) throw new CommandFailure(40272, '$addFields specification stage must be an object');
  const added = assignments(argument);
  return collection.map((doc: Doc) => {
    let made: unknown = doc;
    for (const { path, expression } of added)
      made = withValue(made, path, evalExpr(doc, expression, options));
    return made;
  });
};

/** Stages that give documents another shape. */
export const reshapingStages: Record<`$${string}`, Stage> = {
  $project,
  $unset,
  $addFields,
  $set: $addFields,
};
