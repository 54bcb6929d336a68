import { Skeleton } from '@mantine/core';
import { Unreachable } from '../../ui/Unreachable.tsx';
import { useTimeline } from './interactionApi.ts';
import { Timeline } from './Timeline.tsx';

/** On a customer's page: everything that was between them and us. */
export function CustomerHistory({ id }: { id: string }) {
  const timeline = useTimeline(id);
  if (timeline.isPending) return <Skeleton height={14} width="70%" />;
  if (timeline.isError && !timeline.data)
    return <Unreachable failure={timeline.error} onRetry={() => void timeline.refetch()} />;
  return (
    <Timeline
      interactions={timeline.data.pages.flatMap((page) => page.interactions)}
      known
      total={timeline.data.pages[0]?.total ?? 0}
      loading={timeline.isFetchingNextPage}
      onMore={timeline.hasNextPage ? () => timeline.fetchNextPage() : null}
    />
  );
}
