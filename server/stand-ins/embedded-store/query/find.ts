import type { Collection } from '../storage/catalog.ts';
import type { StoredRecord } from '../storage/records.ts';
import type { Store } from '../storage/store.ts';
import { decodePlain, decodeTyped } from '../values/codec.ts';
import type { Doc } from '../values/document.ts';
import { createMatcher, type Matcher } from './matcher.ts';
import { choosePlan, type IndexPlan, type Plan } from './planner.ts';
import { type SortField, sortBy } from './sort.ts';

export type FindRequest = {
  readonly matcher: Matcher;
  readonly sort: readonly SortField[];
  readonly skip: number;
  /** 0 means no limit. */
  readonly limit: number;
  readonly hint?: unknown;
};

/** A document that matched, decoded as the matcher looked at it. */
export type Match = { readonly record: StoredRecord; readonly doc: Doc };

export function findRequest(filter: Doc, options: Partial<Omit<FindRequest, 'matcher'>> = {}): FindRequest {
  return { sort: [], skip: 0, limit: 0, ...options, matcher: createMatcher(filter) };
}

export function planFor(store: Store, collection: Collection, request: FindRequest): Plan {
  return choosePlan(
    collection,
    {
      filter: request.matcher.filter,
      sort: request.sort,
      limited: request.limit > 0,
      hint: request.hint,
    },
    store.countEntries,
  );
}

function isSorted(plan: Plan, sort: readonly SortField[]): boolean {
  return sort.length === 0 || (plan.kind === 'index' && plan.sorted);
}

/** Record ids of plans, in the order of their indexes. */
function* idsOf(store: Store, plans: readonly IndexPlan[]): Generator<number> {
  for (const plan of plans) {
    const ranges = plan.reverse ? [...plan.ranges].reverse() : plan.ranges;
    for (const range of ranges) yield* store.records.byIndex(range, plan.reverse);
  }
}

/** Several plans, and an index on arrays, may come upon a document more than once. */
function* once(ids: Iterable<number>): Generator<number> {
  const seen = new Set<number>();
  for (const id of ids) {
    if (!seen.has(id)) yield id;
    seen.add(id);
  }
}

function* indexed(
  store: Store,
  collection: Collection,
  plans: readonly IndexPlan[],
): Generator<StoredRecord> {
  const many = plans.length > 1 || plans.some((plan) => plan.index.multikey);
  const ids = idsOf(store, plans);
  for (const id of many ? once(ids) : ids) {
    const record = store.records.get(collection, id);
    if (record !== undefined) yield record;
  }
}

function candidatesOf(store: Store, collection: Collection, plan: Plan): Generator<StoredRecord> {
  if (plan.kind === 'scan') return store.records.all(collection, plan.reverse);
  return indexed(store, collection, plan.kind === 'union' ? plan.plans : [plan]);
}

function* matching(records: Iterable<StoredRecord>, matcher: Matcher): Generator<Match> {
  for (const record of records) {
    const doc = matcher.needsTypes ? decodeTyped(record.bytes) : decodePlain(record.bytes);
    if (matcher.test(doc)) yield { record, doc };
  }
}

function* slice<T>(items: Iterable<T>, skip: number, limit: number): Generator<T> {
  let position = 0;
  if (limit === 0) {
    for (const item of items) {
      if (position >= skip) yield item;
      position += 1;
    }
    return;
  }
  for (const item of items) {
    if (position >= skip) yield item;
    position += 1;
    if (position >= skip + limit) return;
  }
}

/**
 * Documents that match, in the wished order, read as they are asked for: only a sort without an index reads all of them
 * at once. May be left resting between two of them.
 */
export function* find(store: Store, collection: Collection, request: FindRequest): Generator<Match> {
  const plan = planFor(store, collection, request);
  const matches = matching(candidatesOf(store, collection, plan), request.matcher);
  if (isSorted(plan, request.sort)) {
    yield* slice(matches, request.skip, request.limit);
    return;
  }
  yield* slice(
    sortBy([...matches], request.sort, ({ doc }) => doc),
    request.skip,
    request.limit,
  );
}

export function countMatches(store: Store, collection: Collection, request: FindRequest): number {
  if (Object.keys(request.matcher.filter).length === 0) {
    const rest = Math.max(0, collection.count - request.skip);
    return request.limit === 0 ? rest : Math.min(rest, request.limit);
  }
  let counted = 0;
  for (const _ of find(store, collection, request)) counted += 1;
  return counted;
}
