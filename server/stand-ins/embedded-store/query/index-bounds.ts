import { compareStrings } from '../values/compare.ts';
import { type Doc, hasOperators, isDoc } from '../values/document.ts';
import { encodeKey } from '../values/key-encoding.ts';
import { emptyArray, kindOf, kindOrder } from '../values/kind.ts';

/** Keys from `low` to `high`, both included together with everything that begins with them. */
export type Interval = { readonly low: Buffer; readonly high: Buffer; readonly point: boolean };

/** For each path the conditions that all hold; each is a union of intervals outside of which no document matches. */
export type Constraints = ReadonlyMap<string, readonly (readonly Interval[])[]>;

function point(value: unknown): Interval {
  const key = encodeKey(value);
  return { low: key, high: key, point: true };
}

/** An array is indexed by its elements: one equal to it has its first element there, or it is itself an element. */
function equalTo(value: unknown): Interval[] {
  if (!Array.isArray(value)) return [point(value)];
  return [point(value.length === 0 ? emptyArray : value[0]), point(value)];
}

/** Letters that a pattern anchored with ^ begins with; an optional last letter is left out. */
function literalPrefix(expression: RegExp): string {
  if (!expression.source.startsWith('^') || /[im]/.test(expression.flags)) return '';
  if (expression.source.includes('|')) return '';
  const literal = /^\^((?:[^\\^$.*+?()[\]{}|]|\\[^\w])*)/.exec(expression.source)?.[1] ?? '';
  const next = expression.source.charAt(literal.length + 1);
  const letters = literal.replace(/\\(.)/gu, '$1');
  return '*?{'.includes(next) && next !== '' ? [...letters].slice(0, -1).join('') : letters;
}

function matching(expression: RegExp): Interval[] | undefined {
  const prefix = literalPrefix(expression);
  if (prefix === '') return undefined;
  const low = encodeKey(prefix).subarray(0, -1);
  return [{ low, high: low, point: false }, point(expression)];
}

function oneOf(values: unknown): Interval[] | undefined {
  if (!Array.isArray(values)) return undefined;
  const found: Interval[] = [];
  for (const value of values) {
    const intervals = value instanceof RegExp ? matching(value) : equalTo(value);
    if (intervals === undefined) return undefined;
    found.push(...intervals);
  }
  return found;
}

/** Comparisons look at values of the same kind only, so the other end of the interval is the end of the kind. */
function beside(operator: string, value: unknown): Interval[] | undefined {
  const kind = kindOf(value);
  if (kind === 'array' || kind === 'minKey' || kind === 'maxKey' || kind === 'object') return undefined;
  const ofKind = Buffer.of(kindOrder[kind]);
  const key = encodeKey(value);
  const above = operator === '$gt' || operator === '$gte';
  return [above ? { low: key, high: ofKind, point: false } : { low: ofKind, high: key, point: false }];
}

function ofOperator(operator: string, argument: unknown): Interval[] | undefined {
  switch (operator) {
    case '$eq':
      return equalTo(argument);
    case '$in':
      return oneOf(argument);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return beside(operator, argument);
    case '$regex':
      return argument instanceof RegExp ? matching(argument) : undefined;
    default:
      return undefined;
  }
}

type Found = readonly [path: string, intervals: readonly Interval[] | undefined];

/** What one condition on a path says; the fields of the elements that `$elemMatch` asks for are paths of their own. */
function ofCondition(path: string, condition: unknown): Found[] {
  if (condition instanceof RegExp) return [[path, matching(condition)]];
  if (!hasOperators(condition)) return [[path, equalTo(condition)]];
  return Object.entries(condition).flatMap(([operator, argument]): Found[] => {
    if (operator !== '$elemMatch' || !isDoc(argument)) return [[path, ofOperator(operator, argument)]];
    if (!hasOperators(argument)) return ofQuery(argument, `${path}.`);
    // An index has the elements of an array, not the elements of those.
    const { $elemMatch: _inner, ...operators } = argument;
    return Object.keys(operators).length === 0 ? [] : ofCondition(path, operators);
  });
}

function ofQuery(query: Doc, prefix: string): Found[] {
  return Object.entries(query).flatMap(([name, condition]): Found[] => {
    if (name === '$and' && Array.isArray(condition)) {
      return condition.filter(isDoc).flatMap((part) => ofQuery(part, prefix));
    }
    return name.startsWith('$') ? [] : ofCondition(`${prefix}${name}`, condition);
  });
}

/**
 * Reads from a filter what limits the keys of an index. Intervals may be wider than the condition, never narrower: who uses
 * them tests the documents again.
 */
export function constraintsOf(filter: Doc): Constraints {
  const constraints = new Map<string, (readonly Interval[])[]>();
  for (const [path, intervals] of ofQuery(filter, '')) {
    if (intervals === undefined) continue;
    const known = constraints.get(path);
    if (known === undefined) constraints.set(path, [intervals]);
    else known.push(intervals);
  }
  return constraints;
}

function startsWith(bytes: Buffer, prefix: Buffer): boolean {
  return bytes.length >= prefix.length && bytes.subarray(0, prefix.length).equals(prefix);
}

/** Overlap of two intervals, or undefined when they have nothing in common. */
export function overlap(left: Interval, right: Interval): Interval | undefined {
  const low = Buffer.compare(left.low, right.low) >= 0 ? left.low : right.low;
  const high = startsWith(right.high, left.high)
    ? right.high
    : startsWith(left.high, right.high) || Buffer.compare(left.high, right.high) < 0
      ? left.high
      : right.high;
  if (Buffer.compare(low, high) > 0 && !startsWith(low, high)) return undefined;
  return { low, high, point: low.equals(high) && (left.point || right.point) };
}

/** Points in order and each once. */
export function distinctPoints(intervals: readonly Interval[]): Interval[] {
  const byKey = new Map(intervals.map((interval) => [interval.low.toString('latin1'), interval]));
  return [...byKey].sort(([left], [right]) => compareStrings(left, right)).map(([, interval]) => interval);
}
