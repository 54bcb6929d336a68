import { Button } from '@mantine/core';
import { type Job, jobState, jobsApi } from '@ringdesk/shared/job';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { call } from '../../platform/api/call.ts';
import { FilterBar, FilterChoice } from '../../ui/filters/FilterBar.tsx';
import { useFilters } from '../../ui/filters/useFilters.ts';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { TabbedPage } from '../../ui/TabbedPage.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { When } from '../../ui/When.tsx';

const filterSchema = z.object({ state: jobState.optional() });
/** Nobody tells of each step of a job: it is asked for, ms. */
const againMs = 3000;

/** Work that may wait, for administrators: what failed is tried again, what waits can be cancelled. */
export default function JobsPage() {
  const { t } = useTranslation('jobs');
  const client = useQueryClient();
  const state = useFilters(filterSchema);
  const wanted = state.filters.state;
  const query = useQuery({
    queryKey: ['jobs', wanted ?? 'all'],
    queryFn: async () => (await call(jobsApi.list, { query: { state: wanted, limit: 200 } })).jobs,
    refetchInterval: againMs,
  });
  const columns = useMemo((): Column<Job>[] => {
    const act = (contract: typeof jobsApi.retry, id: string) =>
      call(contract, { params: { id } })
        .then(() => client.invalidateQueries({ queryKey: ['jobs'] }))
        .catch((failure: unknown) => notifyFailure(t('act'), failure));
    return [
      { id: 'name', title: t('name'), cell: ({ name }) => name, sort: ({ name }) => name },
      { id: 'state', title: t('state'), cell: (one) => t(`states.${one.state}`), sort: (one) => one.state },
      { id: 'attempt', title: t('attempt'), cell: ({ attempt }) => attempt, align: 'end', minor: true },
      { id: 'due', title: t('due'), cell: ({ runAt }) => <When at={runAt} />, sort: ({ runAt }) => runAt },
      {
        id: 'progress',
        title: t('progress'),
        cell: ({ progress }) => (progress === null || progress === undefined ? '' : JSON.stringify(progress)),
        minor: true,
      },
      { id: 'error', title: t('error'), cell: ({ error }) => error ?? '', minor: true },
      {
        id: 'act',
        title: '',
        cell: ({ id, state: of }) =>
          of === 'failed' ? (
            <Button size="compact-sm" variant="default" onClick={() => void act(jobsApi.retry, id)}>
              {t('retry')}
            </Button>
          ) : (
            (of === 'waiting' || of === 'running') && (
              <Button size="compact-sm" variant="subtle" onClick={() => void act(jobsApi.cancel, id)}>
                {t('cancel')}
              </Button>
            )
          ),
      },
    ];
  }, [t, client]);
  return (
    <TabbedPage title={t('title')}>
      <DataTable
        id="jobs"
        label={t('title')}
        columns={columns}
        source={{ rows: query.data, failure: query.error, retry: () => void query.refetch() }}
        rowId={({ id }) => id}
        rowTestId="job-row"
        empty={t('none')}
        bar={
          <FilterBar state={state}>
            <FilterChoice
              label={t('state')}
              value={wanted}
              options={jobState.options.map((value) => ({ value, label: t(`states.${value}`) }))}
              onChange={(value) => state.set({ state: value })}
            />
          </FilterBar>
        }
      />
    </TabbedPage>
  );
}
