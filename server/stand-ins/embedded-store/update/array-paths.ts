import { CommandFailure } from '../failure.ts';
import { createMatcher } from '../query/matcher.ts';
import { type Path, pathOf, reach } from '../query/paths.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { show } from '../values/show.ts';

export type ArrayFilters = ReadonlyMap<string, (element: unknown) => boolean>;

/** Compiles `arrayFilters`: each document speaks of one identifier, which is the first part of its field names. */
export function compileArrayFilters(filters: readonly unknown[]): ArrayFilters {
  const compiled = new Map<string, (element: unknown) => boolean>();
  for (const filter of filters) {
    if (!isDoc(filter)) throw new CommandFailure('TypeMismatch', 'Each array filter has to be an object');
    const name = identifierOf(filter);
    if (name === undefined) {
      throw new CommandFailure(
        'FailedToParse',
        'Cannot use an expression without a top-level field name in arrayFilters',
      );
    }
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
      throw new CommandFailure(
        'BadValue',
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    }
    if (compiled.has(name)) {
      throw new CommandFailure(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    }
    const { test } = createMatcher(filter);
    compiled.set(name, (element) => test({ [name]: Array.isArray(element) ? [element] : element }));
  }
  return compiled;
}

function identifierOf(filter: Doc): string | undefined {
  for (const [name, condition] of Object.entries(filter)) {
    if (!name.startsWith('$')) return name.split('.')[0];
    const [first]: unknown[] = Array.isArray(condition) ? condition : [];
    if (isDoc(first)) return identifierOf(first);
  }
  return undefined;
}

export type ArrayContext = {
  readonly filters: ArrayFilters;
  /** Position that `$` stands for in the array at the path. */
  readonly position: (array: string) => number | undefined;
};

function arrayAt(doc: Doc, path: Path): unknown[] {
  const [value] = path.length === 0 ? [doc] : reach(doc, path);
  if (Array.isArray(value)) return value;
  if (value === undefined) {
    throw new CommandFailure(
      'BadValue',
      `The path '${path.join('.')}' must exist in the document in order to apply array updates.`,
    );
  }
  throw new CommandFailure(
    'BadValue',
    `Cannot apply array updates to non-array element ${path.at(-1)}: ${show(value)}`,
  );
}

/** The paths of the document that a path with `$`, `$[]` or `$[name]` stands for. */
export function concretePaths(doc: Doc, path: string, context: ArrayContext): Path[] {
  let found: string[][] = [[]];
  for (const name of pathOf(path)) {
    found = found.flatMap((before) => positions(doc, before, name, context).map((next) => [...before, next]));
  }
  return found;
}

function positions(doc: Doc, before: Path, name: string, context: ArrayContext): string[] {
  if (name === '$') {
    const at = context.position(before.join('.'));
    if (at === undefined) {
      throw new CommandFailure(
        'BadValue',
        'The positional operator did not find the match needed from the query.',
      );
    }
    return [String(at)];
  }
  if (name === '$[]') return arrayAt(doc, before).map((_, at) => String(at));
  const identifier = /^\$\[(.+)\]$/.exec(name)?.[1];
  if (identifier === undefined) return [name];
  const test = context.filters.get(identifier);
  if (test === undefined) {
    throw new CommandFailure(
      'BadValue',
      `No array filter found for identifier '${identifier}' in path '${[...before, name].join('.')}'`,
    );
  }
  return arrayAt(doc, before).flatMap((element, at) => (test(element) ? [String(at)] : []));
}
