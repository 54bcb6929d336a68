import type { FieldChanges } from '@ringdesk/shared/event';

/**
 * What changed between two states of a thing, field by field. Fields are compared by their JSON: a date and the same date as text are one.
 * @param before null when the thing is new
 */
export function changesBetween(before: object | null, after: object): FieldChanges {
  const changes: FieldChanges = {};
  const old = new Map(Object.entries(before ?? {}));
  for (const [field, value] of Object.entries(after)) {
    const was = old.get(field);
    if (JSON.stringify(was) === JSON.stringify(value)) continue;
    if (before === null && isNothing(value)) continue;
    changes[field] = { before: was ?? null, after: value ?? null };
  }
  return changes;
}

/** What a new thing has nothing of is no change. */
function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}
