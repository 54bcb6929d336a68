import { type Card, deskApi } from '@ringdesk/shared/desk';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../platform/api/call.ts';
import { Timeline } from '../interactions/index.ts';

const linesMore = 20;

/** What was before, on a call's card: the newest came with the card, the others are asked for page by page. */
export function CardHistory({ card }: { card: Card }) {
  const { callId, timeline, contacts } = card;
  const after = contacts?.next ?? null;
  const rest = useInfiniteQuery({
    queryKey: ['desk', 'timeline', callId, after],
    queryFn: ({ pageParam, signal }) =>
      call(
        deskApi.timeline,
        { params: { callId }, query: { limit: linesMore, cursor: pageParam ?? undefined } },
        { signal },
      ),
    initialPageParam: after,
    getNextPageParam: (page) => page.next,
    enabled: false,
  });
  const pages = rest.data?.pages ?? [];
  const more = pages.length === 0 ? after !== null : rest.hasNextPage;
  return (
    <Timeline
      interactions={[...timeline, ...pages.flatMap((page) => page.interactions)]}
      known={card.match.kind === 'one'}
      total={contacts?.total ?? timeline.length}
      loading={rest.isFetching}
      onMore={more ? () => rest.fetchNextPage() : null}
    />
  );
}
