/** A decoded BSON document. Its fields keep the order in which they stand in the bytes. */
export type Doc = Record<string, unknown>;

/** True for a plain (sub)document: neither an array nor a BSON type of its own. */
export function isDoc(value: unknown): value is Doc {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The array a command's field must hold, or an empty one when the field is absent. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function docOf(value: unknown): Doc {
  return isDoc(value) ? value : {};
}

export function hasOperators(value: unknown): value is Doc {
  return isDoc(value) && Object.keys(value)[0]?.startsWith('$') === true;
}
