import { evalExpr } from 'mingo/core';
import type { Options } from 'mingo/types';
import { CommandFailure } from '../failure.ts';
import { type Doc, hasOperators, isDoc } from '../values/document.ts';
import { isBsonNumber, toDouble } from '../values/number.ts';
import { createMatcher, mingoOptions } from './matcher.ts';
import { asFailure } from './mingo-errors.ts';
import { matchedPosition } from './positional.ts';

/** A field of the projection: kept, left out, or made by a function of (its value, the whole document). */
type Field =
  | { readonly kind: 'keep' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'make'; readonly value: (current: unknown, doc: Doc) => unknown }
  | { readonly kind: 'inside'; readonly fields: Map<string, Field> };

export type Projection = {
  readonly apply: (doc: Doc) => Doc;
  /** It computes with values and needs a plainly decoded document. */
  readonly computes: boolean;
};

function sliced(value: unknown, argument: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const numbers = (Array.isArray(argument) ? argument : [argument]).map((part) =>
    isBsonNumber(part) ? toDouble(part) : Number.NaN,
  );
  const [first = 0, count] = numbers;
  if (numbers.some(Number.isNaN) || numbers.length > 2 || (count !== undefined && count <= 0)) {
    throw new CommandFailure('BadValue', '$slice takes a number or [skip, limit] with a positive limit');
  }
  if (count === undefined) return first < 0 ? value.slice(first) : value.slice(0, first);
  const start = first < 0 ? Math.max(0, value.length + first) : first;
  return value.slice(start, start + count);
}

function firstMatch(argument: unknown): (value: unknown) => unknown {
  if (!isDoc(argument)) throw new CommandFailure('BadValue', '$elemMatch needs an Object');
  const { test } = createMatcher({ element: { $elemMatch: argument } });
  return (value) => {
    const found = Array.isArray(value) ? value.find((item) => test({ element: [item] })) : undefined;
    return found === undefined ? undefined : [found];
  };
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean' || isBsonNumber(value);
}

function isOn(value: unknown): boolean {
  return isBsonNumber(value) ? toDouble(value) !== 0 : value === true;
}

function place(root: Map<string, Field>, path: string, field: Field): void {
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  let fields = root;
  for (const part of parts) {
    const next = fields.get(part);
    if (next !== undefined && next.kind !== 'inside') throw collision(path);
    const inside = next ?? { kind: 'inside' as const, fields: new Map<string, Field>() };
    fields.set(part, inside);
    fields = inside.fields;
  }
  if (fields.has(last)) throw collision(path);
  fields.set(last, field);
}

function collision(path: string): CommandFailure {
  return new CommandFailure(31249, `Path collision at ${path}`);
}

/** The filter, for the positional `$`, and mingo's options, for the variables that computed fields see. */
type Scope = { readonly filter: Doc; readonly options: Options };

type Reading = { include: boolean | undefined; slices: boolean; computes: boolean; id: boolean | undefined };

function read(root: Map<string, Field>, spec: Doc, prefix: string, scope: Scope, reading: Reading): void {
  for (const [name, value] of Object.entries(spec)) {
    const path = `${prefix}${name}`;
    if (isFlag(value) && !path.endsWith('.$')) readFlag(root, path, isOn(value), reading);
    else if (isDoc(value) && !hasOperators(value)) read(root, value, `${path}.`, scope, reading);
    else readMade(root, path, value, scope, reading);
  }
}

function readFlag(root: Map<string, Field>, path: string, on: boolean, reading: Reading): void {
  if (path === '_id') {
    reading.id = on;
    return;
  }
  if (reading.include !== undefined && reading.include !== on) {
    const [what, inside] = on ? ['inclusion', 'exclusion'] : ['exclusion', 'inclusion'];
    throw new CommandFailure(
      on ? 31253 : 31254,
      `Cannot do ${what} on field ${path} in ${inside} projection`,
    );
  }
  reading.include = on;
  place(root, path, { kind: on ? 'keep' : 'drop' });
}

/** Fields that are made: `$slice` alone leaves all others in, the rest of them are an inclusion. */
function readMade(
  root: Map<string, Field>,
  path: string,
  value: unknown,
  scope: Scope,
  reading: Reading,
): void {
  if (path.endsWith('.$')) {
    const array = path.slice(0, -2);
    reading.include = true;
    place(root, array, { kind: 'make', value: positional(scope.filter, array) });
  } else if (isDoc(value) && '$slice' in value && !needsExpression(value['$slice'])) {
    reading.slices = true;
    place(root, path, { kind: 'make', value: (current) => sliced(current, value['$slice']) });
  } else if (isDoc(value) && '$elemMatch' in value) {
    reading.include = true;
    place(root, path, { kind: 'make', value: firstMatch(value['$elemMatch']) });
  } else {
    reading.include ??= true;
    reading.computes = true;
    place(root, path, { kind: 'make', value: computed(value, scope.options) });
  }
}

function needsExpression(argument: unknown): boolean {
  return !(isBsonNumber(argument) || (Array.isArray(argument) && argument.every(isBsonNumber)));
}

function computed(expression: unknown, options: Options): (current: unknown, doc: Doc) => unknown {
  return (_, doc) => asFailure(() => evalExpr(doc, expression, options));
}

function positional(filter: Doc, array: string): (current: unknown, doc: Doc) => unknown {
  return (current, doc) => {
    const at = matchedPosition(filter, doc, array);
    if (at === undefined || !Array.isArray(current)) {
      throw new CommandFailure(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    }
    return [current[at]];
  };
}

function computesInside(fields: ReadonlyMap<string, Field>): boolean {
  return [...fields.values()].some(
    (field) => field.kind === 'make' || (field.kind === 'inside' && computesInside(field.fields)),
  );
}

function keepOnly(value: unknown, fields: ReadonlyMap<string, Field>, root: Doc): unknown {
  if (Array.isArray(value)) {
    return value
      .filter((item) => isDoc(item) || Array.isArray(item))
      .map((item) => keepOnly(item, fields, root));
  }
  if (!isDoc(value)) return computesInside(fields) ? keepOnly({}, fields, root) : undefined;
  const kept: Doc = {};
  for (const [name, current] of Object.entries(value)) {
    const field = fields.get(name);
    if (field !== undefined) put(kept, name, produce(field, current, root, keepOnly));
  }
  for (const [name, field] of fields) {
    if (Object.hasOwn(value, name)) continue;
    if (field.kind === 'make' || field.kind === 'inside')
      put(kept, name, produce(field, undefined, root, keepOnly));
  }
  return kept;
}

function leaveOut(value: unknown, fields: ReadonlyMap<string, Field>, root: Doc): unknown {
  if (Array.isArray(value)) return value.map((item) => leaveOut(item, fields, root));
  if (!isDoc(value)) return value;
  const kept: Doc = {};
  for (const [name, current] of Object.entries(value)) {
    const field = fields.get(name);
    put(kept, name, field === undefined ? current : produce(field, current, root, leaveOut));
  }
  return kept;
}

function produce(field: Field, current: unknown, root: Doc, inner: typeof keepOnly): unknown {
  if (field.kind === 'keep') return current;
  if (field.kind === 'drop') return undefined;
  if (field.kind === 'make') return field.value(current, root);
  return inner(current, field.fields, root);
}

function put(doc: Doc, name: string, value: unknown): void {
  if (value === undefined) return;
  Object.defineProperty(doc, name, { value, enumerable: true, writable: true, configurable: true });
}

/**
 * Compiles a find projection: fields kept or left out, `$slice`, `$elemMatch`, the positional `$`, and computed fields.
 * https://www.mongodb.com/docs/manual/reference/method/db.collection.find/#projection
 */
export function createProjection(
  spec: Doc,
  filter: Doc,
  options: Options = mingoOptions,
): Projection | undefined {
  if (Object.keys(spec).length === 0) return undefined;
  const fields = new Map<string, Field>();
  const reading: Reading = { include: undefined, slices: false, computes: false, id: undefined };
  read(fields, spec, '', { filter, options }, reading);
  const including = reading.include ?? (reading.id === true && !reading.slices);
  if (including && reading.id !== false && !fields.has('_id')) fields.set('_id', { kind: 'keep' });
  if (!including && reading.id === false) fields.set('_id', { kind: 'drop' });
  const apply = including ? keepOnly : leaveOut;
  return {
    computes: reading.computes,
    apply(doc) {
      const made = apply(doc, fields, doc);
      return isDoc(made) ? made : {};
    },
  };
}
