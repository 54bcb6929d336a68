import type { Collection } from '../storage/catalog.ts';
import type { Store } from '../storage/store.ts';
import type { Doc } from '../values/document.ts';
import { type FindRequest, planFor } from './find.ts';
import type { IndexPlan, Plan } from './planner.ts';

function describeIndex(plan: IndexPlan): Doc {
  return {
    stage: 'FETCH',
    inputStage: {
      stage: 'IXSCAN',
      indexName: plan.index.name,
      keyPattern: plan.index.key,
      isMultiKey: plan.index.multikey,
      isUnique: plan.index.unique,
      isSparse: plan.index.sparse,
      isPartial: plan.index.partial !== undefined,
      direction: plan.reverse ? 'backward' : 'forward',
      boundedFields: plan.bounded,
      ranges: plan.ranges.length,
    },
  };
}

function describe(plan: Plan): { readonly stage: Doc; readonly sorted: boolean } {
  if (plan.kind === 'scan')
    return { stage: { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' }, sorted: false };
  if (plan.kind === 'index') return { stage: describeIndex(plan), sorted: plan.sorted };
  return { stage: { stage: 'OR', inputStages: plan.plans.map(describeIndex) }, sorted: false };
}

function describePlan(store: Store, collection: Collection, request: FindRequest): Doc {
  const { stage, sorted } = describe(planFor(store, collection, request));
  if (request.sort.length === 0 || sorted) return stage;
  const sortPattern = Object.fromEntries(request.sort.map((field) => [field.name, field.direction]));
  return { stage: 'SORT', sortPattern, inputStage: stage };
}

/** The plan of a query in the shape of MongoDB's `queryPlanner`. */
export function explainQuery(
  store: Store,
  query: { readonly db: string; readonly name: string; readonly filter: Doc; readonly request: FindRequest },
): Doc {
  const collection = store.catalog.find(query.db, query.name);
  const winningPlan =
    collection === undefined ? { stage: 'EOF' } : describePlan(store, collection, query.request);
  const namespace = `${query.db}.${query.name}`;
  return { queryPlanner: { namespace, parsedQuery: query.filter, winningPlan, rejectedPlans: [] } };
}
