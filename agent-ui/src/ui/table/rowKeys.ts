/**
 * Where a key leads in a list of rows; null for a key that means nothing there.
 * @param at the row that has the focus  @param count how many rows there are  @param page rows on the screen at once
 */
export function rowAfterKey(key: string, at: number, count: number, page: number): number | null {
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: count - 1,
    PageDown: at + page,
    PageUp: at - page,
  }[key];
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to));
}
