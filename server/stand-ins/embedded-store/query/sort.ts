import { CommandFailure } from '../failure.ts';
import { compareValues } from '../values/compare.ts';
import type { Doc } from '../values/document.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';
import { keysAt, type Path, pathOf } from './paths.ts';

export type SortField = { readonly name: string; readonly path: Path; readonly direction: 1 | -1 };

/** Fields of a sort document. Throws for a direction that is neither 1 nor -1. */
export function sortFields(sort: Doc): SortField[] {
  return Object.entries(sort).map(([name, value]) => {
    const direction = isBsonNumber(value) ? toDouble(value) : undefined;
    if (direction !== 1 && direction !== -1) {
      throw new CommandFailure(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    }
    return { name, path: pathOf(name), direction };
  });
}

/** An array is sorted by its least element ascending and by its greatest descending. */
function sortKey(doc: Doc, field: SortField): unknown {
  const { keys } = keysAt(doc, field.path);
  let best = keys[0];
  for (const key of keys) {
    if (compareValues(key, best) * field.direction < 0) best = key;
  }
  return best;
}

/** Sorts stably by MongoDB's order of values across types; `docOf` gives the document behind an item. */
export function sortBy<T>(items: readonly T[], fields: readonly SortField[], docOf: (item: T) => Doc): T[] {
  const keyed = items.map((item) => {
    const doc = docOf(item);
    return { item, keys: fields.map((field) => sortKey(doc, field)) };
  });
  keyed.sort((left, right) => {
    for (const [at, field] of fields.entries()) {
      const order = compareValues(left.keys[at], right.keys[at]) * field.direction;
      if (order !== 0) return order;
    }
    return 0;
  });
  return keyed.map(({ item }) => item);
}
