import { type CellQuery, type RepeatsQuery, type ReportName, reportsApi } from '@ringdesk/shared/report';
import { staffApi } from '@ringdesk/shared/staff';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { call } from '../../platform/api/call.ts';
import { useMay } from '../../platform/session/session.ts';

interface ReportAsked {
  /** Days, or times of a day, where the business is; `to` is not in it. */
  from: string;
  to: string;
  interval?: 'day' | 'week' | 'month' | '1h' | 'hour-of-week' | undefined;
}
export type CellAsked = Pick<CellQuery, 'from' | 'to' | 'metric'> &
  Partial<Record<'queue' | 'agent' | 'reason', string>>;
type RepeatsAsked = Pick<RepeatsQuery, 'from' | 'to' | 'windowDays' | 'by'>;

/** A report of a time. */
export function useReport(name: ReportName | null, query: ReportAsked) {
  return useQuery({
    queryKey: ['reports', name, query],
    queryFn: ({ signal }) => call(reportsApi.read, { params: { name: name ?? 'queues' }, query }, { signal }),
    enabled: name !== null,
    placeholderData: keepPreviousData,
  });
}

export function useRepeats(query: RepeatsAsked) {
  return useQuery({
    queryKey: ['reports', 'repeat-contacts', query],
    queryFn: ({ signal }) => call(reportsApi.repeats, { query }, { signal }),
    placeholderData: keepPreviousData,
  });
}

const noCursor: string | null = null;

/** The contacts behind one number. */
export function useCell(name: ReportName, query: CellAsked) {
  return useInfiniteQuery({
    queryKey: ['reports', name, 'contacts', query],
    queryFn: ({ pageParam, signal }) =>
      call(
        reportsApi.cell,
        { params: { name }, query: { ...query, cursor: pageParam ?? undefined, limit: 50 } },
        { signal },
      ),
    initialPageParam: noCursor,
    getNextPageParam: (page) => page.next,
  });
}

/** The names of agents by their ids in calls; of whom nobody knows, the id. */
export function useAgentNames(): (agent: string) => string {
  const may = useMay();
  const found = useQuery({
    queryKey: ['users', 'names'],
    queryFn: async ({ signal }) => (await call(staffApi.list, {}, { signal })).users,
    enabled: may('users.read'),
    staleTime: 60_000,
  });
  return (agent) => found.data?.find((user) => user.agent === agent)?.name ?? agent;
}
