import { CommandFailure } from '../failure.ts';
import type { Path } from '../query/paths.ts';
import { compareStrings, equalValues } from '../values/compare.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { typeName } from '../values/kind.ts';
import { show } from '../values/show.ts';
import { type ArrayContext, concretePaths } from './array-paths.ts';
import { updateOperators } from './operators.ts';

export type Step = {
  readonly operator: string;
  readonly path: string;
  readonly parts: Path;
  readonly argument: unknown;
};

const digits = /^\d+$/;

function comparePaths(left: Path, right: Path): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const a = left[at] ?? '';
    const b = right[at] ?? '';
    if (a === b) continue;
    if (digits.test(a) && digits.test(b)) return Number(a) - Number(b);
    return compareStrings(a, b);
  }
  return left.length - right.length;
}

/** Reads an update document: its steps in the order of their paths, as MongoDB applies them. Throws 9 and 40. */
export function parseUpdate(update: Doc): Step[] {
  const steps: Step[] = [];
  for (const [operator, fields] of Object.entries(update)) {
    if (!Object.hasOwn(updateOperators, operator)) {
      throw new CommandFailure(
        'FailedToParse',
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDoc(fields)) {
      throw new CommandFailure(
        'FailedToParse',
        `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${show(fields)}}`,
      );
    }
    for (const [path, argument] of Object.entries(fields)) {
      if (operator === '$rename') assertApart(path, argument);
      steps.push({ operator, path, parts: assertPath(path), argument });
    }
  }
  // The other end of a rename is written too and must not meet another change.
  const renamed = steps.flatMap(({ operator, argument }) =>
    operator === '$rename' && typeof argument === 'string' ? [assertPath(argument)] : [],
  );
  steps.sort((left, right) => comparePaths(left.parts, right.parts));
  const touched = steps.map(({ parts }) => parts);
  assertNoConflict(renamed.length === 0 ? touched : [...touched, ...renamed].sort(comparePaths));
  return steps;
}

function assertApart(from: string, to: unknown): void {
  if (typeof to !== 'string') return;
  const what = from === to ? 'must differ' : 'must not be on the same path';
  if (from === to || from.startsWith(`${to}.`) || to.startsWith(`${from}.`)) {
    throw new CommandFailure('BadValue', `The source and target field for $rename ${what}: ${from}: "${to}"`);
  }
}

function assertPath(path: string): Path {
  const parts = path.split('.');
  if (parts.some((part) => part === '')) {
    throw new CommandFailure(
      'EmptyFieldName',
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  const bad = parts.find((part) => part.startsWith('$') && !/^\$(\[.*\])?$/.test(part));
  if (bad !== undefined || parts[0]?.startsWith('$') === true) {
    throw new CommandFailure(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${bad ?? parts[0]}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  }
  return parts;
}

/** In sorted paths one that lies within another follows it. */
function assertNoConflict(sorted: readonly Path[]): void {
  for (let at = 1; at < sorted.length; at += 1) {
    const before = sorted[at - 1] ?? [];
    const path = sorted[at] ?? [];
    if (before.every((name, position) => name === path[position])) {
      throw new CommandFailure(
        'ConflictingUpdateOperators',
        `Updating the path '${path.join('.')}' would create a conflict at '${before.join('.')}'`,
      );
    }
  }
}

/** Applies update operators to a typed document in place. `_id` may be set on insert only. */
export function applyUpdate(
  doc: Doc,
  steps: readonly Step[],
  options: { readonly arrays: ArrayContext; readonly inserting: boolean; readonly now: Date },
): void {
  const id = doc['_id'];
  for (const { operator, path, parts, argument } of steps) {
    if (operator === '$setOnInsert' && !options.inserting) continue;
    const paths: Path[] = path.includes('$') ? concretePaths(doc, path, options.arrays) : [parts];
    for (const concrete of paths) {
      updateOperators[operator]?.({ doc, path: concrete, argument, now: options.now });
      if (id !== undefined && !equalValues(doc['_id'], id)) {
        throw new CommandFailure(
          'ImmutableField',
          `Performing an update on the path '_id' would modify the immutable field '_id'`,
        );
      }
    }
  }
}
