import { CommandFailure } from '../failure.ts';
import { createMatcher } from '../query/matcher.ts';
import { sortBy, sortFields } from '../query/sort.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { type Doc, hasOperators, isDoc } from '../values/document.ts';
import { typeName } from '../values/kind.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';
import { show } from '../values/show.ts';

const pushModifiers = new Set(['$each', '$slice', '$sort', '$position']);

function integerOf(value: unknown, name: string): number {
  const number = isBsonNumber(value) ? toDouble(value) : Number.NaN;
  if (!Number.isInteger(number)) {
    throw new CommandFailure(
      'BadValue',
      `The value for ${name} must be an integer value but was given type: ${typeName(value)}`,
    );
  }
  return number;
}

function eachOf(argument: unknown, operator: string): unknown[] {
  if (!isDoc(argument) || !('$each' in argument)) return [argument];
  const each = argument['$each'];
  if (!Array.isArray(each)) {
    throw new CommandFailure(
      operator === '$addToSet' ? 'TypeMismatch' : 'BadValue',
      `The argument to $each in ${operator} must be an array but it was of type ${typeName(each)}`,
    );
  }
  return each;
}

function sorted(items: unknown[], by: unknown): unknown[] {
  if (isDoc(by)) {
    return sortBy(items, sortFields(by), (item) => (isDoc(item) ? item : {}));
  }
  const direction = integerOf(by, '$sort');
  if (direction !== 1 && direction !== -1) {
    throw new CommandFailure('BadValue', 'The $sort element value must be either 1 or -1');
  }
  return items.sort((left, right) => compareValues(left, right) * direction);
}

/** `$push` with its modifiers, in MongoDB's order: position, sort, slice. */
export function push(current: readonly unknown[], argument: unknown): unknown[] {
  const added = eachOf(argument, '$push');
  const options: Doc = isDoc(argument) && '$each' in argument ? argument : {};
  for (const name of Object.keys(options)) {
    if (!pushModifiers.has(name)) {
      throw new CommandFailure('BadValue', `Unrecognized clause in $push: ${name}`);
    }
  }
  let items = [...current];
  const place =
    options['$position'] === undefined ? items.length : integerOf(options['$position'], '$position');
  items.splice(place, 0, ...added);
  if (options['$sort'] !== undefined) items = sorted(items, options['$sort']);
  if (options['$slice'] === undefined) return items;
  const slice = integerOf(options['$slice'], '$slice');
  if (slice === 0) return [];
  return slice < 0 ? items.slice(slice) : items.slice(0, slice);
}

export function addToSet(current: readonly unknown[], argument: unknown): unknown[] {
  const items = [...current];
  for (const value of eachOf(argument, '$addToSet')) {
    if (!items.some((item) => equalValues(item, value))) items.push(value);
  }
  return items;
}

export function pop(current: readonly unknown[], argument: unknown): unknown[] {
  const end = isBsonNumber(argument) ? toDouble(argument) : Number.NaN;
  if (end !== 1 && end !== -1) {
    throw new CommandFailure('FailedToParse', `$pop expects 1 or -1, found: ${show(argument)}`);
  }
  return end === 1 ? current.slice(0, -1) : current.slice(1);
}

/** These at the top of a condition ask for documents; other operators ask for the element itself. */
const asksForDocuments = new Set(['$and', '$or', '$nor', '$expr']);

function pullTest(argument: unknown): (item: unknown) => boolean {
  if (hasOperators(argument) && !Object.keys(argument).some((name) => asksForDocuments.has(name))) {
    const { test } = createMatcher({ item: argument });
    return (item) => test({ item: Array.isArray(item) ? [item] : item });
  }
  if (isDoc(argument)) {
    const { test } = createMatcher(argument);
    return (item) => isDoc(item) && test(item);
  }
  const { test } = createMatcher({ item: argument });
  return (item) => test({ item: Array.isArray(item) ? [item] : item });
}

export function pull(current: readonly unknown[], argument: unknown): unknown[] {
  const test = pullTest(argument);
  return current.filter((item) => !test(item));
}

export function pullAll(current: readonly unknown[], argument: unknown): unknown[] {
  if (!Array.isArray(argument)) {
    throw new CommandFailure(
      'BadValue',
      `$pullAll requires an array argument but was given a ${typeName(argument)}`,
    );
  }
  return current.filter((item) => !argument.some((value) => equalValues(item, value)));
}
