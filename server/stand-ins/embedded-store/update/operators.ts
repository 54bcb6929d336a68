import { Timestamp } from 'bson';
import { CommandFailure } from '../failure.ts';
import { ownField, type Path, pathOf } from '../query/paths.ts';
import { compareValues } from '../values/compare.ts';
import { type Doc, isDoc } from '../values/document.ts';
import { typeName } from '../values/kind.ts';
import { type BsonNumber, isBsonNumber } from '../values/number.ts';
import { show } from '../values/show.ts';
import { bitwise, combine, zeroLike } from './arithmetic.ts';
import { addToSet, pop, pull, pullAll, push } from './array-operators.ts';
import { locate, setAt, type Target, unsetAt, valueAt } from './path-target.ts';

export type Change = {
  readonly doc: Doc;
  readonly path: Path;
  readonly argument: unknown;
  readonly now: Date;
};
type UpdateOperator = (change: Change) => void;

function place(change: Change): Target {
  const target = locate(change.doc, change.path, true);
  if (target === undefined) throw new CommandFailure('EmptyFieldName', 'An update path cannot be empty');
  return target;
}

function numberAt(change: Change, operator: string): BsonNumber {
  if (isBsonNumber(change.argument)) return change.argument;
  const verb = operator === '$inc' ? 'increment' : 'multiply';
  throw new CommandFailure(
    'TypeMismatch',
    `Cannot ${verb} with non-numeric argument: {${change.path.join('.')}: ${show(change.argument)}}`,
  );
}

function arithmetic(operator: '$inc' | '$mul'): UpdateOperator {
  return (change) => {
    const by = numberAt(change, operator);
    const target = place(change);
    const current = valueAt(target);
    if (current === undefined) setAt(target, operator === '$inc' ? by : zeroLike(by));
    else if (isBsonNumber(current)) setAt(target, combine(current, by, operator));
    else {
      throw new CommandFailure(
        'TypeMismatch',
        `Cannot apply ${operator} to a value of non-numeric type. {_id: ${show(change.doc['_id'])}} has the field '${change.path.at(-1)}' of non-numeric type ${typeName(current)}`,
      );
    }
  };
}

function extreme(wins: (order: number) => boolean): UpdateOperator {
  return (change) => {
    const target = place(change);
    const current = valueAt(target);
    if (current === undefined || wins(compareValues(change.argument, current)))
      setAt(target, change.argument);
  };
}

/** Operators that make an array where there is none. */
function growing(
  apply: (current: unknown[], argument: unknown) => unknown[],
  operator: string,
): UpdateOperator {
  return (change) => {
    const target = place(change);
    const current = valueAt(target) ?? undefined;
    const isNull = valueAt(target) === null;
    if (!isNull && (current === undefined || Array.isArray(current))) {
      setAt(target, apply(current ?? [], change.argument));
      return;
    }
    const name = change.path.at(-1) ?? '';
    throw operator === '$push'
      ? new CommandFailure(
          'BadValue',
          `The field '${change.path.join('.')}' must be an array but is of type ${typeName(valueAt(target))} in document {_id: ${show(change.doc['_id'])}}`,
        )
      : new CommandFailure(
          'BadValue',
          `Cannot apply $addToSet to non-array field. Field named '${name}' has non-array type ${typeName(valueAt(target))}`,
        );
  };
}

/** Operators that leave a missing field alone. */
function shrinking(
  apply: (current: unknown[], argument: unknown) => unknown[],
  operator: string,
): UpdateOperator {
  return (change) => {
    const target = locate(change.doc, change.path, false);
    const current = target === undefined ? undefined : valueAt(target);
    if (target === undefined || current === undefined) {
      apply([], change.argument);
      return;
    }
    if (!Array.isArray(current)) {
      throw operator === '$pop'
        ? new CommandFailure(
            'TypeMismatch',
            `Path '${change.path.join('.')}' contains an element of non-array type '${typeName(current)}'`,
          )
        : new CommandFailure('BadValue', `Cannot apply ${operator} to a non-array value`);
    }
    setAt(target, apply(current, change.argument));
  };
}

const $rename: UpdateOperator = (change) => {
  if (typeof change.argument !== 'string') {
    throw new CommandFailure(
      'BadValue',
      `The 'to' field for $rename must be a string: ${change.path.join('.')}: ${show(change.argument)}`,
    );
  }
  const source = locate(change.doc, change.path, false);
  const value = source === undefined ? undefined : valueAt(source);
  if (source === undefined || value === undefined) return;
  const to = pathOf(change.argument);
  assertOutsideOfArrays(change.doc, change.path, 'source');
  assertOutsideOfArrays(change.doc, to, 'destination');
  unsetAt(source);
  setAt(place({ ...change, path: to }), value);
};

function assertOutsideOfArrays(doc: Doc, path: Path, end: string): void {
  let holder: unknown = doc;
  for (const name of path) {
    if (Array.isArray(holder)) {
      throw new CommandFailure(
        'BadValue',
        `The ${end} field cannot be an array element, '${path.join('.')}' in doc with _id: ${show(doc['_id'])} has an array field on its way`,
      );
    }
    holder = isDoc(holder) ? ownField(holder, name) : undefined;
  }
}

const $currentDate: UpdateOperator = (change) => {
  const wanted = isDoc(change.argument) ? change.argument['$type'] : change.argument;
  if (wanted === true || wanted === 'date') setAt(place(change), change.now);
  else if (wanted === 'timestamp') {
    setAt(place(change), new Timestamp({ t: Math.floor(change.now.getTime() / 1000), i: 1 }));
  } else {
    throw new CommandFailure(
      'BadValue',
      "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
    );
  }
};

const $bit: UpdateOperator = (change) => {
  const target = place(change);
  for (const [operation, by] of Object.entries(isDoc(change.argument) ? change.argument : {})) {
    if (!['and', 'or', 'xor'].includes(operation) || !isBsonNumber(by)) {
      throw new CommandFailure(
        'BadValue',
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${operation}'`,
      );
    }
    const current = valueAt(target) ?? zeroLike(by);
    if (!isBsonNumber(current))
      throw new CommandFailure('BadValue', 'Cannot apply $bit to a value of non-integral type');
    setAt(target, bitwise(current, operation, by));
  }
};

const $set: UpdateOperator = (change) => setAt(place(change), change.argument);

const $unset: UpdateOperator = (change) => {
  const target = locate(change.doc, change.path, false);
  if (target !== undefined) unsetAt(target);
};

/** Update operators with MongoDB's rules, on documents that keep their BSON types. */
export const updateOperators: Readonly<Record<string, UpdateOperator>> = {
  $set,
  $setOnInsert: $set,
  $unset,
  $inc: arithmetic('$inc'),
  $mul: arithmetic('$mul'),
  $min: extreme((order) => order < 0),
  $max: extreme((order) => order > 0),
  $rename,
  $currentDate,
  $bit,
  $push: growing(push, '$push'),
  $addToSet: growing(addToSet, '$addToSet'),
  $pop: shrinking(pop, '$pop'),
  $pull: shrinking(pull, '$pull'),
  $pullAll: shrinking(pullAll, '$pullAll'),
};
