import { CommandFailure } from '../failure.ts';
import { matchedPosition } from '../query/positional.ts';
import { type Doc, hasOperators, isDoc } from '../values/document.ts';
import { typeName } from '../values/kind.ts';
import { applyUpdate, parseUpdate } from './apply.ts';
import { type ArrayContext, compileArrayFilters } from './array-paths.ts';
import { runUpdatePipeline } from './pipeline.ts';
import { replacement } from './replace.ts';

/** What an update statement does with one document. */
export type Modifier = {
  readonly kind: 'operators' | 'replacement' | 'pipeline';
  /** Makes the new document of a typed old one, which it may change. */
  readonly apply: (old: Doc, options: { readonly inserting: boolean; readonly now: Date }) => Doc;
};

export type ModifierOptions = {
  readonly arrayFilters: readonly unknown[];
  /** The filter, plainly decoded: it says which element `$` is. */
  readonly filter: Doc;
  readonly variables: Doc;
};

/** Compiles an update: operators, a whole replacement, or a pipeline. `update` is decoded with its types. */
export function createModifier(update: unknown, options: ModifierOptions): Modifier {
  if (Array.isArray(update)) {
    const stages = update.filter(isDoc);
    return { kind: 'pipeline', apply: (old) => runUpdatePipeline(old, stages, options.variables) };
  }
  if (!isDoc(update)) {
    throw new CommandFailure(
      'FailedToParse',
      `Update argument must be either an object or an array, not ${typeName(update)}`,
    );
  }
  if (!hasOperators(update)) {
    const bad = Object.keys(update).find((name) => name.startsWith('$'));
    if (bad !== undefined) {
      throw new CommandFailure(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${bad}' in '${bad}' is not allowed in the context of an update's replacement document.`,
      );
    }
    return { kind: 'replacement', apply: (old) => replacement(old, update) };
  }
  const steps = parseUpdate(update);
  const filters = compileArrayFilters(options.arrayFilters);
  const paths = steps.map(({ path }) => path);
  const unused = [...filters.keys()].find((name) => !paths.some((path) => path.includes(`$[${name}]`)));
  if (unused !== undefined) {
    throw new CommandFailure(
      'FailedToParse',
      `The array filter for identifier '${unused}' was not used in the update`,
    );
  }
  return {
    kind: 'operators',
    apply(old, { inserting, now }) {
      const arrays: ArrayContext = {
        filters,
        position: (array) => matchedPosition(options.filter, old, array),
      };
      applyUpdate(old, steps, { arrays, inserting, now });
      return old;
    },
  };
}
