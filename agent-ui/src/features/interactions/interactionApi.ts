import { customersApi } from '@ringdesk/shared/customer';
import { interactionsApi } from '@ringdesk/shared/interaction';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { call } from '../../platform/api/call.ts';

const noCursor: string | null = null;

/** What was between a customer and us, page by page, newest first. */
export function useTimeline(customerId: string) {
  return useInfiniteQuery({
    queryKey: ['customers', 'timeline', customerId],
    queryFn: ({ pageParam, signal }) =>
      call(
        customersApi.timeline,
        { params: { id: customerId }, query: { limit: 50, cursor: pageParam ?? undefined } },
        { signal },
      ),
    initialPageParam: noCursor,
    getNextPageParam: (page) => page.next,
  });
}

export function useInteraction(id: string) {
  return useQuery({
    queryKey: ['interactions', id],
    queryFn: ({ signal }) => call(interactionsApi.read, { params: { id } }, { signal }),
  });
}
