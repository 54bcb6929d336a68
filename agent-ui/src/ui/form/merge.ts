/** Two people changed one thing: which fields each of them changed, and how mine are put over theirs. */

/** The fields that say something else, in the order of `before`. */
export function changedFields<V extends object>(before: V, after: V): (keyof V & string)[] {
  return namesOf(before).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/** Theirs, with the fields that I changed. @param base as both of us found it */
export function mineOver<V extends object>(base: V, mine: V, theirs: V): V {
  const merged = { ...theirs };
  for (const name of changedFields(base, mine)) merged[name] = mine[name];
  return merged;
}

function namesOf<V extends object>(values: V): (keyof V & string)[] {
  const names: (keyof V & string)[] = [];
  for (const name in values) names.push(name);
  return names;
}
