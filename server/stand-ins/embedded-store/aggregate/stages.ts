import { Aggregator } from 'mingo/aggregator';
import { evalExpr } from 'mingo/core';
import { Lazy, type Iterator as LazyIterator } from 'mingo/lazy';
import { Query } from 'mingo/query';
import type { Options } from 'mingo/types';
import { CommandFailure } from '../failure.ts';
import { cleanFilter } from '../query/matcher.ts';
import { keysAt, pathOf } from '../query/paths.ts';
import { sortBy, sortFields } from '../query/sort.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { encodeKey } from '../values/key-encoding.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';
import { groupingStages } from './grouping.ts';
import { reshapingStages } from './reshape.ts';

/** Gives another collection of the same database to a stage. */
export type ForeignCollection = (name: string) => {
  readonly all: () => Iterable<Doc>;
  /** Documents whose field equals one of the values, by an index; undefined where there is none on the field. */
  readonly byIndex: ((field: string, values: readonly unknown[]) => Doc[]) | undefined;
  readonly indexed: (field: string) => boolean;
};

type Stage = (collection: LazyIterator, argument: unknown, options: Options) => LazyIterator;

const $match: Stage = (collection, argument, options) => {
  if (!isDoc(argument))
    throw new CommandFailure(15959, 'the match filter must be an expression in an object');
  const query = new Query(cleanFilter(argument), options);
  return collection.filter((doc: Doc) => query.test(doc));
};

const $sort: Stage = (collection, argument) => {
  if (!isDoc(argument)) throw new CommandFailure(15973, 'the $sort key specification must be an object');
  const fields = sortFields(argument);
  if (fields.length === 0) throw new CommandFailure(15976, '$sort stage must have at least one sort key');
  return collection.transform((docs) => Lazy(sortBy(docs.filter(isDoc), fields, (doc) => doc)));
};

/** Whole numbers that `$limit` and `$skip` take; the codes are MongoDB's. */
function count(name: '$limit' | '$skip', argument: unknown): number {
  const number = isBsonNumber(argument) ? toDouble(argument) : Number.NaN;
  if (!Number.isInteger(number) || number < 0) {
    throw new CommandFailure(
      name === '$limit' ? 5107201 : 5107200,
      `invalid argument to ${name} stage: Expected a non-negative number in: ${name}: ${String(argument)}`,
    );
  }
  if (name === '$limit' && number === 0) throw new CommandFailure(15958, 'the limit must be positive');
  return number;
}

const $limit: Stage = (collection, argument) => collection.take(count('$limit', argument));
const $skip: Stage = (collection, argument) => collection.drop(count('$skip', argument));

type Join = (doc: Doc) => Doc[];

/** Joins by equal values: through an index on the foreign field, or through a table of all its values made once. */
function joinByField(foreign: ReturnType<ForeignCollection>, localField: string, foreignField: string): Join {
  const path = pathOf(localField);
  if (foreign.byIndex !== undefined && foreign.indexed(foreignField)) {
    const { byIndex } = foreign;
    return (doc) => byIndex(foreignField, keysAt(doc, path).keys);
  }
  const foreignPath = pathOf(foreignField);
  let table: Map<string, { position: number; doc: Doc }[]> | undefined;
  const build = () => {
    const built = new Map<string, { position: number; doc: Doc }[]>();
    let position = 0;
    for (const doc of foreign.all()) {
      for (const key of new Set(keysAt(doc, foreignPath).keys.map(keyText))) {
        built.set(key, [...(built.get(key) ?? []), { position, doc }]);
      }
      position += 1;
    }
    return built;
  };
  return (doc) => {
    table ??= build();
    const found = new Map<number, Doc>();
    for (const key of keysAt(doc, path).keys) {
      for (const match of table.get(keyText(key)) ?? []) found.set(match.position, match.doc);
    }
    return [...found].sort(([left], [right]) => left - right).map(([, match]) => match);
  };
}

const keyText = (value: unknown) => encodeKey(value).toString('latin1');

function lookup(foreignCollection: ForeignCollection | undefined): Stage {
  return (collection, argument, options) => {
    if (!isDoc(argument))
      throw new CommandFailure('FailedToParse', 'the $lookup specification must be an Object');
    const { from, localField, foreignField, as, pipeline, let: variables } = argument;
    if (typeof as !== 'string')
      throw new CommandFailure('FailedToParse', "must specify 'as' field for a $lookup");
    if (typeof from !== 'string' || foreignCollection === undefined) {
      throw new CommandFailure('FailedToParse', "must specify 'from' field for a $lookup");
    }
    const foreign = foreignCollection(from);
    const byField =
      typeof localField === 'string' && typeof foreignField === 'string'
        ? joinByField(foreign, localField, foreignField)
        : undefined;
    if (byField === undefined && pipeline === undefined) {
      throw new CommandFailure(
        'FailedToParse',
        "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
      );
    }
    let everything: Doc[] | undefined;
    const all = () => {
      everything ??= [...foreign.all()];
      return everything;
    };
    const stages = Array.isArray(pipeline) ? pipeline.filter(isDoc) : undefined;
    return collection.map((doc: Doc) => {
      const joined = byField?.(doc) ?? all();
      if (stages === undefined) return withField(doc, as, joined);
      const locals = evalExpr(doc, variables ?? {}, options);
      const scope = withVariables(options, isDoc(locals) ? locals : {});
      return withField(doc, as, new Aggregator(stages, scope).run(joined));
    });
  };
}

/** The same options with more variables in sight: mingo keeps the rest of them behind getters. */
function withVariables(options: Options, variables: Doc): Partial<Options> {
  return {
    context: options.context,
    scriptEnabled: options.scriptEnabled,
    variables: { ...options.variables, ...variables },
    ...(options.collectionResolver === undefined ? {} : { collectionResolver: options.collectionResolver }),
  };
}

/** A copy of the document with the field at a path, which may be dotted, set. */
function withField(doc: Doc, path: string, value: unknown): Doc {
  const [first = '', ...rest] = pathOf(path);
  if (rest.length === 0) return { ...doc, [first]: value };
  const inner = doc[first];
  return { ...doc, [first]: withField(isDoc(inner) ? inner : {}, rest.join('.'), value) };
}

/** Stages in which MongoDB's rules on types, order and indexes matter: they take the place of mingo's. */
export function createStages(foreign: ForeignCollection | undefined): Record<string, Stage> {
  return { ...reshapingStages, ...groupingStages, $match, $sort, $limit, $skip, $lookup: lookup(foreign) };
}
