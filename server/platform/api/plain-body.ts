import type { RequestHandler } from 'express';
import { Refusal } from '../errors.ts';

/** Ours are three deep; what is deeper is made to keep somebody busy. */
const deepest = 16;
const mostParts = 5000;

/** Refuses a parsed body that is deeper or has more parts than anything that this API takes (ASVS 11.1.4). */
export const plainBodyOnly: RequestHandler = (request, _response, next) => {
  if (isPlain(request.body)) return next();
  throw new Refusal(
    'bad-input',
    `The body is nested deeper than ${deepest} levels, or has more than ${mostParts} parts.`,
  );
};

/** Whether a value is as flat and as small as anything that this API takes. */
export function isPlain(value: unknown): boolean {
  let level: object[] = isObject(value) ? [value] : [];
  let parts = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > deepest) return false;
    const next: object[] = [];
    for (const one of level) {
      const values: unknown[] = Array.isArray(one) ? one : Object.values(one);
      parts += values.length;
      if (parts > mostParts) return false;
      next.push(...values.filter(isObject));
    }
    level = next;
  }
  return true;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
