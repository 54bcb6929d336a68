import { isDoc } from '../values/document.ts';
import { emptyArray } from '../values/kind.ts';

export type Path = readonly string[];

export function pathOf(name: string): Path {
  return name.split('.');
}

const digits = /^\d+$/;

/** A field of its own, so that `constructor` or `toString` is never found where no document has it. */
export function ownField(holder: object, name: string): unknown {
  return Object.hasOwn(holder, name) ? Reflect.get(holder, name) : undefined;
}

/**
 * Values that a dotted path reaches, as MongoDB's queries walk: through the documents of an array, and through `a.0` by
 * position. A missing field gives `undefined`; an array at the end is given whole.
 */
export function reach(value: unknown, path: Path, at = 0): unknown[] {
  const found: unknown[] = [];
  walk(value, path, at, found);
  return found;
}

function walk(value: unknown, path: Path, at: number, found: unknown[]): void {
  const name = path[at];
  if (name === undefined) {
    found.push(value);
    return;
  }
  if (isDoc(value)) {
    walk(ownField(value, name), path, at + 1, found);
    return;
  }
  if (!Array.isArray(value)) {
    found.push(undefined);
    return;
  }
  if (digits.test(name) && Number(name) < value.length) walk(value[Number(name)], path, at + 1, found);
  for (const item of value) {
    if (isDoc(item)) walk(item, path, at, found);
  }
}

/** What a comparison looks at: the reached values, an array's elements each and the array itself. */
export function candidates(value: unknown, path: Path): unknown[] {
  if (path.length === 1 && isDoc(value)) {
    const direct = ownField(value, path[0] ?? '');
    return Array.isArray(direct) ? [...direct, direct] : [direct];
  }
  return reach(value, path).flatMap((found) => (Array.isArray(found) ? [...found, found] : [found]));
}

/**
 * The keys by which a document is indexed and sorted at a path: an array's elements each (an empty one has a key of its
 * own), `null` for a missing field. Never empty.
 */
export function keysAt(value: unknown, path: Path): { readonly keys: unknown[]; readonly multi: boolean } {
  const keys: unknown[] = [];
  const multi = collectKeys(value, path, 0, keys);
  if (keys.length === 0) keys.push(null);
  return { keys, multi };
}

function collectKeys(value: unknown, path: Path, at: number, keys: unknown[]): boolean {
  const name = path[at];
  if (name === undefined) {
    if (!Array.isArray(value)) {
      keys.push(value ?? null);
      return false;
    }
    if (value.length === 0) keys.push(emptyArray);
    for (const item of value) keys.push(item ?? null);
    return true;
  }
  if (isDoc(value)) return collectKeys(ownField(value, name), path, at + 1, keys);
  if (!Array.isArray(value)) {
    keys.push(null);
    return false;
  }
  if (digits.test(name) && Number(name) < value.length) {
    collectKeys(value[Number(name)], path, at + 1, keys);
  }
  for (const item of value) {
    if (isDoc(item)) collectKeys(item, path, at, keys);
  }
  return true;
}
