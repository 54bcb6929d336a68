import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { RowSource } from './columns.ts';

/** What a table needs of a query that goes by a cursor. @param rowsOf the rows of one page */
export function infiniteRows<Page, Row>(
  query: UseInfiniteQueryResult<InfiniteData<Page>>,
  rowsOf: (page: Page) => readonly Row[],
): RowSource<Row> {
  return {
    rows: query.data?.pages.flatMap(rowsOf),
    failure: query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}
