import type { z } from 'zod';

/** Why a field is not accepted: a text of `pieces:form.error`, and what it names. */
export interface FieldError {
  /** As a form names it: `phones.0.raw`. */
  path: string;
  why: 'required' | 'short' | 'long' | 'small' | 'large' | 'email' | 'date' | 'wrong';
  limit: number;
}

/** Says in our own words why a schema refused a value, the first reason for each field. @param value what was refused */
export function fieldErrors(issues: readonly z.core.$ZodIssue[], value: unknown): FieldError[] {
  const byPath = new Map<string, FieldError>();
  for (const issue of issues) {
    const path = issue.path.map(String).join('.');
    if (!byPath.has(path)) byPath.set(path, { path, ...reasonOf(issue, at(value, issue.path)) });
  }
  return [...byPath.values()];
}

function reasonOf(issue: z.core.$ZodIssue, value: unknown): Pick<FieldError, 'why' | 'limit'> {
  if (value === undefined || value === null || value === '') return { why: 'required', limit: 0 };
  switch (issue.code) {
    case 'too_small': {
      const limit = Number(issue.minimum);
      if (issue.origin !== 'string') return { why: issue.origin === 'array' ? 'required' : 'small', limit };
      return limit <= 1 ? { why: 'required', limit } : { why: 'short', limit };
    }
    case 'too_big':
      return { why: issue.origin === 'string' ? 'long' : 'large', limit: Number(issue.maximum) };
    case 'invalid_format':
      if (issue.format === 'email') return { why: 'email', limit: 0 };
      return { why: issue.format === 'datetime' || issue.format === 'date' ? 'date' : 'wrong', limit: 0 };
    default:
      return { why: 'wrong', limit: 0 };
  }
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, key) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined),
    value,
  );
}
