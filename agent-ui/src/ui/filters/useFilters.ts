import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { z } from 'zod';
import { clearFilters, type FilterSchema, isFiltered, readFilters, writeFilters } from './filters.ts';

export interface Filters<F> {
  filters: F;
  /** Whether any filter is not at its default. */
  filtered: boolean;
  /** Changes some and leaves the others; undefined is the default. The step back in the browser leaves the list, not a letter. */
  set(change: { [Name in keyof F]?: F[Name] | undefined }): void;
  clear(): void;
}

/** The filters of a list, kept in the address. @param schema declared outside of the component */
export function useFilters<S extends FilterSchema>(schema: S): Filters<z.output<S>> {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => readFilters(schema, params), [schema, params]);
  return {
    filters,
    filtered: isFiltered(schema, params),
    set: (change) => setParams((now) => writeFilters(schema, now, change), { replace: true }),
    clear: () => setParams((now) => clearFilters(schema, now), { replace: true }),
  };
}
