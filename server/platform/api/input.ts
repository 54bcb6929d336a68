import type { z } from 'zod';
import { Refusal } from '../errors.ts';

/** A list of ten thousand mistakes helps nobody. */
const mostFields = 50;

/**
 * Parses what came over the network, once, at the edge.
 * @throws Refusal `bad-input` that names every field that is wrong
 */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, mostFields).map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }));
  const named = fields.map((field) => (field.path === '' ? 'the body' : field.path)).join(', ');
  throw new Refusal('bad-input', `The request was not understood: ${named}. See 'fields' for each mistake.`, {
    fields,
  });
}
