import { CommandFailure } from '../failure.ts';
import type { Path } from '../query/paths.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { show } from '../values/show.ts';

/** The place that a path of an update names: a field of a document or a position in an array. */
export type Target = {
  readonly get: () => unknown;
  readonly set: (value: unknown) => void;
  readonly unset: () => void;
};

const position = /^\d+$/;
/** MongoDB fills an array up with nulls for no more than this. */
const mostPadding = 1_500_000;

function fieldTarget(holder: Doc, name: string): Target {
  return {
    get: () => (Object.hasOwn(holder, name) ? holder[name] : undefined),
    set: (value) => {
      Object.defineProperty(holder, name, { value, enumerable: true, writable: true, configurable: true });
    },
    unset: () => {
      delete holder[name];
    },
  };
}

function itemTarget(holder: unknown[], at: number): Target {
  return {
    get: () => holder[at],
    set: (value) => {
      if (at - holder.length > mostPadding) {
        throw new CommandFailure('BadValue', "can't backfill more than 1500000 elements");
      }
      while (holder.length < at) holder.push(null);
      holder[at] = value;
    },
    unset: () => {
      if (at < holder.length) holder[at] = null;
    },
  };
}

function step(holder: unknown, name: string): Target | undefined {
  if (isDoc(holder)) return fieldTarget(holder, name);
  if (Array.isArray(holder) && position.test(name)) return itemTarget(holder, Number(name));
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
      const owner = path[at - 1] ?? '';
      throw new CommandFailure(
        'PathNotViable',
        `Cannot create field '${name}' in element {${owner}: ${show(holder)}}`,
      );
    }
    if (at === path.length - 1) return target;
    if (target.get() === undefined) {
      if (!create) return undefined;
      target.set({});
    }
    holder = target.get();
  }
  return undefined;
}
