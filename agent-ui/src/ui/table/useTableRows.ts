import {
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Column, RowSource } from './columns.ts';
import { compareValues } from './order.ts';
import type { TableView } from './useTableView.ts';

const features = tableFeatures({
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

interface Given<Row> {
  columns: readonly Column<Row>[];
  source: RowSource<Row>;
  rowId: (row: Row) => string;
  view: TableView;
  collator: Intl.Collator;
}

/** A row as the table library takes it: any of ours, within an object. */
type Held<Row> = { row: Row };

/**
 * The columns that are shown and the rows in their order. The page sorts only when it has all of them: a part of a list in order would look like the
 * whole one.
 */
export function useTableRows<Row>({ columns, source, rowId, view, collator }: Given<Row>): {
  shown: readonly Column<Row>[];
  rows: readonly Row[];
} {
  const { order, hidden } = view;
  const byServer = columns.some(({ id, sortedByServer }) => id === order?.column && sortedByServer === true);
  const defs = useMemo(
    () =>
      columns.map(({ id, sort }) => ({
        id,
        accessorFn: ({ row }: Held<Row>) => sort?.(row) ?? undefined,
        sortUndefined: 'last' as const,
        sortFn: (a: Valued, b: Valued) => compareValues(sortedBy(a, id), sortedBy(b, id), collator),
      })),
    [columns, collator],
  );
  const columnVisibility = useMemo(
    () => Object.fromEntries(columns.map(({ id }, i) => [id, i === 0 || !hidden.includes(id)])),
    [columns, hidden],
  );
  const sorting = useMemo(
    () => (order === null ? [] : [{ id: order.column, desc: order.descending }]),
    [order],
  );
  const data = useMemo(() => (source.rows ?? []).map((row) => ({ row })), [source.rows]);
  const table = useTable<typeof features, Held<Row>>({
    features,
    columns: defs,
    data,
    getRowId: ({ row }) => rowId(row),
    state: { columnVisibility, sorting },
    manualSorting: byServer || source.hasMore === true,
  });
  const visible = table.getVisibleLeafColumns().map(({ id }) => id);
  return {
    shown: columns.filter(({ id }) => visible.includes(id)),
    rows: table.getRowModel().rows.map(({ original }) => original.row),
  };
}

interface Valued {
  getValue(id: string): unknown;
}

function sortedBy(row: Valued, id: string): string | number | boolean {
  const value = row.getValue(id);
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}
