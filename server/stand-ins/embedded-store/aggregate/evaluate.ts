import { evalExpr } from 'mingo/core';
import type { Options } from 'mingo/types';
import { isBsonNumber, toDouble } from '../values/number.ts';

export const isNil = (value: unknown): value is null | undefined => value === undefined || value === null;

/** Everything is true but false, null, missing and 0. */
export function isTrue(value: unknown): boolean {
  if (isBsonNumber(value)) return toDouble(value) !== 0;
  return !(value === false || isNil(value));
}

/** The one argument of an operator, which may stand in an array of one. */
export function single(doc: unknown, argument: unknown, options: Options): unknown {
  return evalExpr(doc, Array.isArray(argument) && argument.length === 1 ? argument[0] : argument, options);
}

/** The arguments of an operator that takes several; one may stand without an array. */
export function several(doc: unknown, argument: unknown, options: Options): unknown[] {
  return (Array.isArray(argument) ? argument : [argument]).map((part: unknown) =>
    evalExpr(doc, part, options),
  );
}
