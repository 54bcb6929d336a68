import { CommandFailure } from '../failure.ts';
import type { Path } from '../query/paths.ts';
import { compareStrings, equalValues } from '../values/compare.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { typeName } from '../values/kind.ts';
import { show } from '../values/show.ts';
import { type ArrayContext, concretePaths } from './array-paths.ts';
import { updateOperators } from './operators.ts';

type Step = { readonly operator: string; readonly path: string; readonly argument: unknown };

function comparePaths(left: string, right: string): number {
  const a = left.split('.');
  const b = right.split('.');
  for (const [at, name] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    const numeric = /^\d+$/.test(name) && /^\d+$/.test(other);
    const order = numeric ? Number(name) - Number(other) : compareStrings(name, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
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
      assertPath(path);
      steps.push({ operator, path, argument });
      // The other end of a rename is written too and must not meet another change.
      if (operator === '$rename' && typeof argument === 'string') assertPath(argument);
    }
  }
  assertNoConflict(steps);
  return steps.sort((left, right) => comparePaths(left.path, right.path));
}

function assertPath(path: string): void {
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
}

function assertNoConflict(steps: readonly Step[]): void {
  const touched = steps.flatMap(({ operator, path, argument }) =>
    operator === '$rename' && typeof argument === 'string' ? [path, argument] : [path],
  );
  const sorted = touched.sort(comparePaths);
  for (const [at, path] of sorted.entries()) {
    const before = sorted[at - 1];
    if (before !== undefined && (path === before || path.startsWith(`${before}.`))) {
      throw new CommandFailure(
        'ConflictingUpdateOperators',
        `Updating the path '${path}' would create a conflict at '${before}'`,
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
  for (const { operator, path, argument } of steps) {
    if (operator === '$setOnInsert' && !options.inserting) continue;
    const paths: Path[] = path.includes('$') ? concretePaths(doc, path, options.arrays) : [path.split('.')];
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
