import { z } from 'zod';

/** What a person has made of a table on this device: the columns that they leave out, and the views that they keep by a name. */
const savedView = z.object({
  name: z.string(),
  /** Filters and order, as they stand in the address. */
  search: z.string(),
  hidden: z.array(z.string()),
});
export type SavedView = z.infer<typeof savedView>;

const tableMemory = z.object({
  /** null: as the table comes. */
  hidden: z.array(z.string()).nullable(),
  views: z.array(savedView),
});
export type TableMemory = z.infer<typeof tableMemory>;

export const nothingKept: TableMemory = { hidden: null, views: [] };

/** More than that nobody finds their way in. */
const mostViews = 20;

/** Reads what was kept; what cannot be read was never kept. */
export function memoryOf(text: string | undefined): TableMemory {
  if (text === undefined) return nothingKept;
  try {
    return tableMemory.safeParse(JSON.parse(text)).data ?? nothingKept;
  } catch {
    return nothingKept;
  }
}

/** Keeps a view under its name; one of the same name is replaced in its place. */
export function withView(memory: TableMemory, view: SavedView): TableMemory {
  const at = memory.views.findIndex(({ name }) => name === view.name);
  const views = at < 0 ? [...memory.views, view] : memory.views.with(at, view);
  return { ...memory, views: views.slice(-mostViews) };
}

export function withoutView(memory: TableMemory, name: string): TableMemory {
  return { ...memory, views: memory.views.filter((view) => view.name !== name) };
}

/** Whether a view shows what is shown now. The order of filters in the address does not matter. */
export function isShown(view: SavedView, search: string, hidden: readonly string[]): boolean {
  const sorted = (text: string) => {
    const params = new URLSearchParams(text);
    params.sort();
    return params.toString();
  };
  return (
    sorted(view.search) === sorted(search) && [...view.hidden].sort().join() === [...hidden].sort().join()
  );
}
