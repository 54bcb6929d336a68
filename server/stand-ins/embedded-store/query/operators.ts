import { CommandFailure } from '../failure.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { type Doc, hasOperators, isDoc } from '../values/document.ts';
import { kindOf, typeName } from '../values/kind.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';
import { candidates, pathOf, reach } from './paths.ts';
import { regexOf } from './regex.ts';

type Test = (value: unknown) => boolean;
/** A query operator in mingo's shape: compiled once per query, then asked for each document. */
export type Operator = (selector: string, argument: unknown, options?: unknown) => Test;

/** True where any value that the path reaches (an array's elements and the array itself) passes. */
function any(selector: string, passes: Test): Test {
  const path = pathOf(selector);
  return (doc) => candidates(doc, path).some(passes);
}

/** The same, where an array counts as one value. */
function anyWhole(selector: string, passes: Test): Test {
  const path = pathOf(selector);
  return (doc) => reach(doc, path).some(passes);
}

const not =
  (operator: Operator): Operator =>
  (selector, argument) => {
    const test = operator(selector, argument);
    return (doc) => !test(doc);
  };

function refuse(message: string): CommandFailure {
  return new CommandFailure('BadValue', message);
}

function equals(argument: unknown): Test {
  const expression = regexOf(argument);
  if (expression === undefined) return (value) => equalValues(value, argument);
  return (value) => (typeof value === 'string' ? expression.test(value) : equalValues(value, argument));
}

const $eq: Operator = (selector, argument) => any(selector, (value) => equalValues(value, argument));

const $ne: Operator = (selector, argument) => {
  if (regexOf(argument) !== undefined) throw refuse("Can't have regex as arg to $ne.");
  return not($eq)(selector, argument);
};

/** Comparisons look at values of the argument's kind only ("type bracketing"), but for the ends MinKey and MaxKey. */
function ordered(accepts: (order: number) => boolean): Operator {
  return (selector, argument) => {
    const kind = kindOf(argument);
    if (kind === 'regex') throw refuse(`Can't have RegEx as arg to predicate over field '${selector}'.`);
    if (kind === 'minKey' || kind === 'maxKey') {
      return any(selector, (value) => accepts(compareValues(value, argument)));
    }
    const nan = isBsonNumber(argument) && Number.isNaN(toDouble(argument));
    return any(selector, (value) => {
      if (kindOf(value) !== kind) return false;
      const valueIsNan = isBsonNumber(value) && Number.isNaN(toDouble(value));
      if (nan || valueIsNan) return nan && valueIsNan && accepts(0);
      return accepts(compareValues(value, argument));
    });
  };
}

const $in: Operator = (selector, argument) => {
  if (!Array.isArray(argument)) throw refuse('$in needs an array');
  if (argument.some(hasOperators)) throw refuse('cannot nest $ under $in');
  const tests = argument.map(equals);
  const strings = new Set(argument.filter((item) => typeof item === 'string'));
  if (strings.size === argument.length) {
    return any(selector, (value) => typeof value === 'string' && strings.has(value));
  }
  return any(selector, (value) => tests.some((test) => test(value)));
};

const $exists: Operator = (selector, argument) => {
  const present = anyWhole(selector, (value) => value !== undefined);
  const wanted = isBsonNumber(argument) ? toDouble(argument) !== 0 : Boolean(argument);
  return wanted ? present : (doc) => !present(doc);
};

const typeCodes: Readonly<Record<number, string>> = {
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  13: 'javascript',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
  [-1]: 'minKey',
  127: 'maxKey',
};
const typeNames = new Set(Object.values(typeCodes));

const $type: Operator = (selector, argument) => {
  const wanted = (Array.isArray(argument) ? argument : [argument]).map((type) => {
    const name = isBsonNumber(type) ? typeCodes[toDouble(type)] : String(type);
    if (name === undefined) throw refuse(`Invalid numerical type code: ${String(type)}`);
    if (name !== 'number' && !typeNames.has(name)) throw refuse(`Unknown type name alias: ${name}`);
    return name;
  });
  return any(selector, (value) => {
    if (value === undefined) return false;
    const name = typeName(value);
    return wanted.some((type) => type === name || (type === 'number' && kindOf(value) === 'number'));
  });
};

const $regex: Operator = (selector, argument) => {
  const expression = regexOf(argument);
  if (expression === undefined) throw refuse('$regex has to be a string');
  return any(selector, equals(expression));
};

const $size: Operator = (selector, argument) => {
  if (!isBsonNumber(argument) || !Number.isInteger(toDouble(argument)) || toDouble(argument) < 0) {
    throw refuse(`Failed to parse $size. Expected a non-negative number in: $size: ${String(argument)}`);
  }
  const length = toDouble(argument);
  return anyWhole(selector, (value) => Array.isArray(value) && value.length === length);
};

const $mod: Operator = (selector, argument) => {
  const [divisor, remainder] = Array.isArray(argument) ? argument : [];
  if (
    !isBsonNumber(divisor) ||
    !isBsonNumber(remainder) ||
    !Array.isArray(argument) ||
    argument.length !== 2
  ) {
    throw refuse('malformed mod, needs to be an array of two numbers');
  }
  const by = Math.trunc(toDouble(divisor));
  if (by === 0) throw refuse('divisor cannot be 0');
  const rest = Math.trunc(toDouble(remainder));
  return any(selector, (value) => {
    if (!isBsonNumber(value) || !Number.isFinite(toDouble(value))) return false;
    return Math.trunc(toDouble(value)) % by === rest;
  });
};

/** What `$elemMatch` asks of one element: operators on the element itself, or a query on its fields. */
export type CompileQuery = (query: Doc) => Test;

/** Operators that look into an element which is an array itself. */
const asksArray = new Set(['$elemMatch', '$size']);

/** A query on `element` with those of the operators that are wanted. */
function pick(operators: Doc, wanted: (name: string) => boolean): Doc {
  const picked = Object.entries(operators).filter(([name]) => wanted(name));
  return picked.length === 0 ? {} : { element: Object.fromEntries(picked) };
}

function elementTest(argument: Doc, compile: CompileQuery): Test {
  const first = Object.keys(argument)[0];
  const onValue = hasOperators(argument) && first !== '$and' && first !== '$or' && first !== '$nor';
  if (onValue) {
    const ofArray = pick(argument, (name) => asksArray.has(name));
    const ofValue = pick(argument, (name) => !asksArray.has(name));
    const asArray = compile(ofArray);
    const asValue = compile(ofValue);
    // An element that is an array counts as one value here: wrapping it keeps its own elements out of sight.
    return (element) =>
      asArray({ element }) && asValue({ element: Array.isArray(element) ? [element] : element });
  }
  const test = compile(argument);
  return (element) => (isDoc(element) ? test(element) : Array.isArray(element) && test({ ...element }));
}

function elemMatch(compile: CompileQuery): Operator {
  return (selector, argument) => {
    if (!isDoc(argument)) throw refuse('$elemMatch needs an Object');
    const test = elementTest(argument, compile);
    return anyWhole(selector, (value) => Array.isArray(value) && value.some(test));
  };
}

function all(compile: CompileQuery): Operator {
  return (selector, argument) => {
    if (!Array.isArray(argument)) throw refuse('$all needs an array');
    const tests = argument.map((item) =>
      isDoc(item) && '$elemMatch' in item
        ? elemMatch(compile)(selector, item['$elemMatch'])
        : any(selector, equals(item)),
    );
    return (doc) => tests.length > 0 && tests.every((test) => test(doc));
  };
}

/** Query operators with MongoDB's rules on types, arrays and missing fields: they take the place of mingo's. */
export function queryOperators(compile: CompileQuery): Record<`$${string}`, Operator> {
  return {
    $eq,
    $ne,
    $gt: ordered((order) => order > 0),
    $gte: ordered((order) => order >= 0),
    $lt: ordered((order) => order < 0),
    $lte: ordered((order) => order <= 0),
    $in,
    $nin: not($in),
    $exists,
    $type,
    $regex,
    $size,
    $mod,
    $elemMatch: elemMatch(compile),
    $all: all(compile),
  };
}
