import type { ReactNode } from 'react';
import type { SortValue } from './order.ts';

/** A column of a table. */
export interface Column<Row> {
  id: string;
  /** In the page's language. */
  title: string;
  cell: (row: Row) => ReactNode;
  /** By what the page sorts it; null goes last. Without it the column cannot be sorted by, unless the server does. */
  sort?: (row: Row) => SortValue;
  /** The server sorts by it. */
  sortedByServer?: boolean;
  /** Numbers stand at the end of the line. */
  align?: 'end';
  /** CSS width; the others share what is left. */
  width?: string;
  /** It is there only when somebody asks for it. */
  hiddenAtFirst?: boolean;
  /** It goes first when the window is narrow, up to 900 px. */
  minor?: boolean;
}

/** What a query gives to a table; that of an infinite query, or of a plain one. */
export interface RowSource<Row> {
  /** undefined until the first ones are there. */
  rows: readonly Row[] | undefined;
  failure: unknown;
  retry: () => void;
  /** There are more than these. */
  hasMore?: boolean;
  loadingMore?: boolean;
  loadMore?: () => void;
  /** How many there are in all, where it is known. */
  total?: number;
}

export interface DataTableProps<Row> {
  /** Of all tables on the page, e.g. `customers`: under it the device keeps the columns and views that its user chose. */
  id: string;
  /** What it lists, read aloud. */
  label: string;
  /** The first one says what a row is, and holds its link: nothing in it can be pressed. Stable between drawings. */
  columns: readonly Column<Row>[];
  source: RowSource<Row>;
  rowId: (row: Row) => string;
  /** Where a row leads: its first cell is a link, and a press anywhere on the row follows it. */
  rowLink?: (row: Row) => string;
  /** What a row opens, where it leads nowhere: its first cell is a button. */
  onOpen?: (row: Row) => void;
  /** Before the first cell, and narrow: what is done to a row without opening it. */
  lead?: { title: string; cell: (row: Row) => ReactNode };
  /** Shown when there is no row. */
  empty: ReactNode;
  /**
   * `page`: takes the height that is left and scrolls in itself, however many rows there are. `content`: as high as its rows, for a section of a page
   * with no more than some hundred.
   */
  fit?: 'page' | 'content';
  /** Left of the table's own menus, e.g. a `FilterBar`. */
  bar?: ReactNode;
  /** Under the rows. */
  note?: ReactNode;
  rowTestId?: string;
}

/** The columns that are left out before anybody chose. */
export function hiddenAtFirst<Row>(columns: readonly Column<Row>[]): string[] {
  return columns.filter((column) => column.hiddenAtFirst).map(({ id }) => id);
}
