import { Button, Skeleton } from '@mantine/core';
import { auditApi } from '@ringdesk/shared/audit';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../platform/api/call.ts';
import { Unreachable } from '../../ui/Unreachable.tsx';
import { When } from '../../ui/When.tsx';
import { Changes } from './Changes.tsx';
import { whoDid } from './whoDid.ts';

const noCursor: string | null = null;

/** What happened to one thing, newest first; fetched when somebody wants to see it. */
export function History({ kind, id }: { kind: string; id: string }) {
  const { t } = useTranslation('audit');
  const [opened, setOpened] = useState(false);
  const query = useInfiniteQuery({
    queryKey: ['audit', 'history', kind, id],
    queryFn: ({ pageParam }) =>
      call(auditApi.history, { params: { kind, id }, query: { limit: 20, cursor: pageParam ?? undefined } }),
    initialPageParam: noCursor,
    getNextPageParam: ({ next }) => next,
    enabled: opened,
  });
  const records = query.data?.pages.flatMap((page) => page.records);
  return (
    <details onToggle={(event) => setOpened(event.currentTarget.open)} data-testid="history-of-changes">
      <summary>{t('history')}</summary>
      {opened && query.isPending && <Skeleton height={14} width="60%" />}
      {query.isError && <Unreachable failure={query.error} onRetry={() => void query.refetch()} />}
      {records?.length === 0 && <p className="quiet">{t('historyNone')}</p>}
      {records?.map((record) => (
        <section key={record.id}>
          <p>
            <When at={record.at} /> {whoDid(record, t('system'))} <span className="quiet">{record.what}</span>
          </p>
          <Changes record={record} />
        </section>
      ))}
      {query.hasNextPage && (
        <Button variant="subtle" size="compact-sm" onClick={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </details>
  );
}
