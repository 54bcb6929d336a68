import { type FindRequest, findRequest } from '../query/find.ts';
import { withLet } from '../query/matcher.ts';
import { sortFields } from '../query/sort.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';

function amount(value: unknown): number | undefined {
  const number = isBsonNumber(value) ? toDouble(value) : Number.NaN;
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

/**
 * Splits off what the planner can do: leading `$match`, then `$sort`, `$skip` and `$limit`. The rest runs as stages over
 * what that finds.
 */
export function splitPipeline(
  stages: readonly Doc[],
  { hint, variables }: { readonly hint: unknown; readonly variables: Doc },
): { request: FindRequest; rest: readonly Doc[] } {
  const filters: Doc[] = [];
  let at = 0;
  for (; at < stages.length; at += 1) {
    const match = stages[at]?.['$match'];
    if (!isDoc(match)) break;
    filters.push(match);
  }
  const sortStage = stages[at]?.['$sort'];
  const sort = isDoc(sortStage) && Object.keys(sortStage).length > 0 ? sortFields(sortStage) : [];
  if (sort.length > 0) at += 1;
  const skip = amount(stages[at]?.['$skip']) ?? 0;
  if (skip > 0) at += 1;
  const limit = amount(stages[at]?.['$limit']) ?? 0;
  if (limit > 0) at += 1;
  const filter = filters.length <= 1 ? (filters[0] ?? {}) : { $and: filters };
  return {
    request: findRequest(withLet(filter, variables), { sort, skip, limit, hint }),
    rest: stages.slice(at),
  };
}

/** True for what `countDocuments` sends: the documents need not be read to be counted. */
export function isPlainCount(rest: readonly Doc[]): boolean {
  const group = rest[0]?.['$group'];
  if (rest.length !== 1 || !isDoc(group) || Object.keys(group).join() !== '_id,n') return false;
  const n = group['n'];
  return (
    isBsonNumber(group['_id']) &&
    isDoc(n) &&
    Object.keys(n).join() === '$sum' &&
    isBsonNumber(n['$sum']) &&
    toDouble(n['$sum']) === 1
  );
}
