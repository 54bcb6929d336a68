/** How a list is sorted: by one column, up or down. */
export interface Order {
  column: string;
  descending: boolean;
}

/** As it stands in an address: `name`, or `-dueAt` from the last to the first. */
export function orderText({ column, descending }: Order): string {
  return `${descending ? '-' : ''}${column}`;
}

/** Reads what `orderText` wrote. @param columns those that can be sorted by; null for any other */
export function orderOf(text: string | null, columns: readonly string[]): Order | null {
  if (text === null) return null;
  const descending = text.startsWith('-');
  const column = descending ? text.slice(1) : text;
  return columns.includes(column) ? { column, descending } : null;
}

/** What a press on a column's heading leads to: up, down, and back to the list's own order. */
export function nextOrder(order: Order | null, column: string): Order | null {
  if (order?.column !== column) return { column, descending: false };
  return order.descending ? null : { column, descending: true };
}

/** By what a column is sorted. */
export type SortValue = string | number | boolean | null;

/** Texts as the language sorts them, numbers in them by their size; false before true. */
export function compareValues(a: SortValue, b: SortValue, collator: Intl.Collator): number {
  if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b);
  return Number(a) - Number(b);
}
