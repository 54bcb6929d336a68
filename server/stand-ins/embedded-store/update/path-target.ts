import { CommandFailure } from '../failure.ts';
import { ownField, type Path } from '../query/paths.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { show } from '../values/show.ts';

/** The place that a path of an update names: a field of a document or a position in an array. */
export type Target =
  | { readonly kind: 'field'; readonly holder: Doc; readonly name: string }
  | { readonly kind: 'item'; readonly holder: unknown[]; readonly at: number };

const position = /^\d+$/;
/** MongoDB fills an array up with nulls for no more than this. */
const mostPadding = 1_500_000;

export function valueAt(target: Target): unknown {
  return target.kind === 'item' ? target.holder[target.at] : ownField(target.holder, target.name);
}

export function setAt(target: Target, value: unknown): void {
  if (target.kind === 'item') {
    setItem(target.holder, target.at, value);
    return;
  }
  const { holder, name } = target;
  // As a property of its own even under this name.
  if (name === '__proto__') {
    Object.defineProperty(holder, name, { value, enumerable: true, writable: true, configurable: true });
  } else holder[name] = value;
}

function setItem(holder: unknown[], at: number, value: unknown): void {
  if (at - holder.length > mostPadding) {
    throw new CommandFailure('BadValue', "can't backfill more than 1500000 elements");
  }
  while (holder.length < at) holder.push(null);
  holder[at] = value;
}

/** Takes a field away; an element of an array becomes null, so that the others keep their places. */
export function unsetAt(target: Target): void {
  if (target.kind === 'field') delete target.holder[target.name];
  else if (target.at < target.holder.length) target.holder[target.at] = null;
}

function step(holder: unknown, name: string): Target | undefined {
  if (isDoc(holder)) return { kind: 'field', holder, name };
  if (Array.isArray(holder) && position.test(name)) return { kind: 'item', holder, at: Number(name) };
  return undefined;
}

/**
 * Finds the place of a path. With `create` the documents on the way are made, and what cannot hold a field is an error
 * (28 PathNotViable); without it such a way gives undefined.
 */
export function locate(doc: Doc, path: Path, create: boolean): Target | undefined {
  let holder: unknown = doc;
  for (const [at, name] of path.entries()) {
    const target = step(holder, name);
    if (target === undefined) {
      if (!create) return undefined;
      throw new CommandFailure(
        'PathNotViable',
        `Cannot create field '${name}' in element {${path[at - 1] ?? ''}: ${show(holder)}}`,
      );
    }
    if (at === path.length - 1) return target;
    if (valueAt(target) === undefined) {
      if (!create) return undefined;
      setAt(target, {});
    }
    holder = valueAt(target);
  }
  return undefined;
}
