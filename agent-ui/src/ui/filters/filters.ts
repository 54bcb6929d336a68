import type { z } from 'zod';

/**
 * The filters of a list stand in the address, so that a list can be linked to, gone back to and reloaded. A schema says which there are; each field
 * has a default or may be absent, and takes text: `z.object({ q: z.string().default(''), state: taskState.default('open') })`.
 */
export type FilterSchema = z.ZodObject<Record<string, z.ZodType>>;

/** Reads filters from an address. What the schema does not accept, such as an old link's word, counts as absent. */
export function readFilters<S extends FilterSchema>(schema: S, params: URLSearchParams): z.output<S> {
  const accepted = Object.entries(schema.shape).flatMap(([name, field]) => {
    const text = params.get(name);
    return text !== null && field.safeParse(text).success ? [[name, text]] : [];
  });
  return schema.parse(Object.fromEntries(accepted));
}

/** Puts filters into an address, and leaves what else stands in it. A filter at its default takes no room. */
export function writeFilters<S extends FilterSchema>(
  schema: S,
  params: URLSearchParams,
  change: { [Name in keyof z.output<S>]?: z.output<S>[Name] | undefined },
): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(change)) {
    const text = textOf(value);
    if (text === '' || text === textOf(schema.shape[name]?.parse(undefined))) next.delete(name);
    else next.set(name, text);
  }
  return next;
}

/** Without any of the filters: each is at its default. */
export function clearFilters(schema: FilterSchema, params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of Object.keys(schema.shape)) next.delete(name);
  return next;
}

/** Whether any filter is not at its default. */
export function isFiltered(schema: FilterSchema, params: URLSearchParams): boolean {
  return Object.keys(schema.shape).some((name) => params.has(name));
}

/** A list is written with commas between. */
const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
