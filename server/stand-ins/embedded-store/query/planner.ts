import { CommandFailure } from '../failure.ts';
import type { Collection } from '../storage/catalog.ts';
import type { KeyRange } from '../storage/environment.ts';
import { type Index, type IndexField, sameKey } from '../storage/index-definition.ts';
import { longestKey } from '../storage/index-entries.ts';
import { idPrefix, idRange } from '../storage/record-key.ts';
import { equalValues } from '../values/compare.ts';
import { type Doc, hasOperators, isDoc } from '../values/document.ts';
import { invert } from '../values/key-encoding.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';
import { type Constraints, constraintsOf, distinctPoints, type Interval, overlap } from './index-bounds.ts';
import { pathOf } from './paths.ts';
import type { SortField } from './sort.ts';

export type IndexPlan = {
  readonly kind: 'index';
  readonly index: Index;
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
  /** The index gives the documents in the order that was asked for. */
  readonly sorted: boolean;
  /** Fields of the index that the filter limits. */
  readonly bounded: number;
};

export type Plan =
  | { readonly kind: 'scan'; readonly reverse: boolean }
  | IndexPlan
  | { readonly kind: 'union'; readonly plans: readonly IndexPlan[] };

export type PlanRequest = {
  readonly filter: Doc;
  readonly sort: readonly SortField[];
  readonly limited: boolean;
  readonly hint?: unknown;
};

/** Entries of the ranges, counted up to `most`. */
export type CountEntries = (ranges: readonly KeyRange[], most: number) => number;

/** More combinations of equal values than this are read as one range. */
const mostPrefixes = 1000;
/** How far a candidate's entries are counted before all are taken for "many". */
const countedEntries = 1000;

type Picked = { readonly intervals: readonly Interval[]; readonly points: boolean };

/** The tightest of a path's conditions. In a multikey index two conditions may be met by two elements: only one counts. */
function pick(constraints: Constraints, index: Index, field: IndexField): Picked | undefined {
  const all = constraints.get(field.name);
  if (all === undefined) return undefined;
  const points = all
    .filter((intervals) => intervals.every((interval) => interval.point))
    .sort((left, right) => left.length - right.length)[0];
  if (points !== undefined) return { intervals: distinctPoints(points), points: true };
  const [first = [], ...others] = all;
  let intervals = first;
  if (!index.multikey) {
    for (const other of others) {
      intervals = intervals.flatMap((one) => other.flatMap((two) => overlap(one, two) ?? []));
    }
  }
  return { intervals, points: false };
}

/** The smallest key above everything that begins with `prefix`. */
function above(prefix: Buffer): Buffer {
  const bytes = Buffer.from(prefix);
  for (let at = bytes.length - 1; at >= 0; at -= 1) {
    if (bytes[at] !== 0xff) {
      bytes[at] = (bytes[at] ?? 0) + 1;
      return bytes.subarray(0, at + 1);
    }
  }
  return Buffer.alloc(prefix.length + 1, 0xff);
}

function rangeOf(index: Index, low: Buffer, high: Buffer): KeyRange {
  const id = idPrefix(index.id);
  return {
    start: Buffer.concat([id, low.subarray(0, longestKey)]),
    end: above(Buffer.concat([id, high.subarray(0, longestKey)])),
  };
}

function turned(interval: Interval, direction: 1 | -1): { low: Buffer; high: Buffer } {
  if (direction === 1) return interval;
  return { low: invert(interval.high), high: invert(interval.low) };
}

type Bounds = {
  readonly ranges: readonly KeyRange[];
  readonly bounded: number;
  readonly fixed: ReadonlySet<string>;
};

/** Equal values of the leading fields, then a range on the next one. */
function boundsOf(index: Index, constraints: Constraints): Bounds {
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  const fixed = new Set<string>();
  let bounded = 0;
  for (const field of index.fields) {
    const picked = pick(constraints, index, field);
    if (picked === undefined) break;
    bounded += 1;
    const spans = picked.intervals.map((interval) => turned(interval, field.direction));
    if (!picked.points || prefixes.length * spans.length > mostPrefixes) {
      const ranges = prefixes.flatMap((prefix) =>
        spans.map(({ low, high }) =>
          rangeOf(index, Buffer.concat([prefix, low]), Buffer.concat([prefix, high])),
        ),
      );
      return { ranges: inOrder(ranges), bounded, fixed };
    }
    if (spans.length === 1) fixed.add(field.name);
    prefixes = prefixes.flatMap((prefix) => spans.map(({ low }) => Buffer.concat([prefix, low])));
  }
  if (bounded === 0) return { ranges: [idRange(index.id)], bounded, fixed };
  return { ranges: inOrder(prefixes.map((prefix) => rangeOf(index, prefix, prefix))), bounded, fixed };
}

/** Ranges in the order of the index, those that overlap joined. */
function inOrder(ranges: readonly KeyRange[]): KeyRange[] {
  const joined: KeyRange[] = [];
  for (const range of [...ranges].sort((left, right) => Buffer.compare(left.start, right.start))) {
    const last = joined.at(-1);
    if (last !== undefined && Buffer.compare(range.start, last.end) <= 0) {
      const end = Buffer.compare(last.end, range.end) >= 0 ? last.end : range.end;
      joined[joined.length - 1] = { start: last.start, end };
    } else joined.push(range);
  }
  return joined;
}

/** Whether the index's own order is the wished one, forwards or backwards; fields held equal do not matter. */
function orderOf(
  index: Index,
  fixed: ReadonlySet<string>,
  sort: readonly SortField[],
): 'forward' | 'backward' | undefined {
  if (index.multikey || index.truncated) return undefined;
  const wanted = sort.filter((field) => !fixed.has(field.name));
  if (wanted.length === 0) return 'forward';
  let turn: number | undefined;
  let at = 0;
  for (const field of index.fields) {
    const next = wanted[at];
    if (next === undefined) break;
    if (field.name === next.name) {
      const needed = field.direction * next.direction;
      if (turn !== undefined && turn !== needed) return undefined;
      turn = needed;
      at += 1;
    } else if (!fixed.has(field.name)) return undefined;
  }
  if (at < wanted.length) return undefined;
  return turn === -1 ? 'backward' : 'forward';
}

/** True where each document that the filter matches has an entry in the index. */
function covers(index: Index, filter: Doc, constraints: Constraints): boolean {
  if (index.partial !== undefined && !implies(filter, index.partial.filter, index)) return false;
  if (!index.sparse) return true;
  return index.fields.some((field) => impliesPresence(filter[field.name], constraints.has(field.name)));
}

function impliesPresence(condition: unknown, limited: boolean): boolean {
  if (condition === undefined || condition === null) return false;
  if (!hasOperators(condition)) return true;
  if (condition['$exists'] === true || condition['$exists'] === 1) return true;
  if (!limited) return false;
  const operands = [condition['$eq'], ...(Array.isArray(condition['$in']) ? condition['$in'] : [])];
  return !operands.includes(null) && !['$gte', '$lte'].some((operator) => condition[operator] === null);
}

/** Each condition of the partial index stands in the filter word for word, or the filter's equal value meets it. */
function implies(filter: Doc, partial: Doc, index: Index): boolean {
  return Object.entries(partial).every(([name, wanted]) => {
    const given = filter[name];
    if (equalValues(given, wanted)) return true;
    if (given === undefined || name.startsWith('$')) return false;
    if (isDoc(wanted) && wanted['$exists'] === true && Object.keys(wanted).length === 1) {
      return impliesPresence(given, true);
    }
    if (hasOperators(given) && !('$eq' in given)) return false;
    const value = hasOperators(given) ? given['$eq'] : given;
    if (Array.isArray(value) || value instanceof RegExp) return false;
    const others = Object.entries(partial).filter(([other]) => other !== name && filter[other] !== undefined);
    const sample = Object.fromEntries([[name, value], ...others.map(([other]) => [other, filter[other]])]);
    return pathOf(name).length === 1 && index.partial?.test(sample) === true;
  });
}

function candidate(index: Index, request: PlanRequest, constraints: Constraints): IndexPlan {
  const { ranges, bounded, fixed } = boundsOf(index, constraints);
  const order = orderOf(index, fixed, request.sort);
  return {
    kind: 'index',
    index,
    ranges,
    bounded,
    reverse: order === 'backward',
    sorted: order !== undefined,
  };
}

/** Entries to read, counted up to `most`, and the sorting of them where the index does not give the order. */
function costOf(
  plan: IndexPlan,
  collection: Collection,
  request: PlanRequest,
  count: CountEntries,
  most: number,
): number {
  const whole = request.limited ? Math.min(collection.count, countedEntries) : collection.count;
  const entries = plan.bounded === 0 ? whole : count(plan.ranges, most);
  return plan.sorted || request.sort.length === 0 ? entries : entries * 1.5 + 1;
}

/** Counting is no more work than reading: each plan is looked into only as far as the best one before it. */
function cheapest(
  plans: readonly IndexPlan[],
  collection: Collection,
  request: PlanRequest,
  count: CountEntries,
): IndexPlan | undefined {
  const [first, ...others] = [...plans].sort((left, right) => right.bounded - left.bounded);
  if (first === undefined || others.length === 0) return first;
  let best = first;
  let bestCost = costOf(first, collection, request, count, countedEntries);
  for (const plan of others) {
    const cost = costOf(plan, collection, request, count, Math.min(countedEntries, Math.ceil(bestCost) + 1));
    if (cost < bestCost) {
      best = plan;
      bestCost = cost;
    }
  }
  return best;
}

function isBackward(direction: unknown): boolean {
  return isBsonNumber(direction) && toDouble(direction) < 0;
}

function hinted(collection: Collection, hint: unknown): Index | Plan | undefined {
  if (hint === undefined || (isDoc(hint) && Object.keys(hint).length === 0)) return undefined;
  if (isDoc(hint) && '$natural' in hint) return { kind: 'scan', reverse: isBackward(hint['$natural']) };
  const index = collection.indexes.find((one) => (isDoc(hint) ? sameKey(one.key, hint) : one.name === hint));
  if (index === undefined) {
    throw new CommandFailure(
      'BadValue',
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  }
  return index;
}

function union(collection: Collection, request: PlanRequest, count: CountEntries): Plan | undefined {
  const branches = request.filter['$or'];
  if (!Array.isArray(branches)) return undefined;
  const plans: IndexPlan[] = [];
  for (const branch of branches) {
    if (!isDoc(branch)) return undefined;
    const plan = choosePlan(collection, { filter: branch, sort: [], limited: false }, count);
    if (plan.kind === 'scan') return undefined;
    plans.push(...(plan.kind === 'union' ? plan.plans : [plan]));
  }
  return plans.length === 0 ? undefined : { kind: 'union', plans };
}

/** Chooses how to find what a filter matches: by the index with the fewest entries to read, or by looking at every document. */
export function choosePlan(collection: Collection, request: PlanRequest, count: CountEntries): Plan {
  const hint = hinted(collection, request.hint);
  if (hint !== undefined && 'kind' in hint) return hint;
  const constraints = constraintsOf(request.filter);
  if (hint !== undefined) return candidate(hint, request, constraints);
  const usable = collection.indexes
    .filter((index) => covers(index, request.filter, constraints))
    .map((index) => candidate(index, request, constraints));
  const bounded = usable.filter((plan) => plan.bounded > 0);
  const ordering = usable.filter((plan) => plan.bounded === 0 && plan.sorted && request.sort.length > 0);
  const either = bounded.length === 0 ? union(collection, request, count) : undefined;
  if (either !== undefined) return either;
  return cheapest([...bounded, ...ordering], collection, request, count) ?? { kind: 'scan', reverse: false };
}
