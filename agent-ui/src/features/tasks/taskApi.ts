import type { Sent } from '@ringdesk/shared/endpoint';
import { staffApi } from '@ringdesk/shared/staff';
import { type Task, tasksApi } from '@ringdesk/shared/task';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { call } from '../../platform/api/call.ts';
import { useMay, useMe } from '../../platform/session/session.ts';

const noCursor: string | null = null;

/** What a list of tasks is asked for. */
export interface TaskQuestion {
  state: Task['state'];
  ownerId?: string | undefined;
  customerId?: string | undefined;
  /** ISO 8601 */
  dueFrom?: string | undefined;
  dueBefore?: string | undefined;
}

/** Tasks page by page, the one that is due first on top; done ones, the latest on top. */
export function useTasks(question: TaskQuestion) {
  return useInfiniteQuery({
    queryKey: ['tasks', 'list', question],
    queryFn: ({ pageParam, signal }) =>
      call(tasksApi.list, { query: { ...question, cursor: pageParam ?? undefined, limit: 100 } }, { signal }),
    initialPageParam: noCursor,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** More than these nobody reads beside a call. */
const mostShown = 10;

/** What still has to be done for a customer, the one that is due first on top. */
export function useCustomerTasks(customerId: string | null) {
  return useQuery({
    queryKey: ['tasks', 'customer', customerId],
    queryFn: async ({ signal }) => {
      const query = { customerId: customerId ?? undefined, limit: mostShown };
      return (await call(tasksApi.list, { query }, { signal })).tasks;
    },
    enabled: customerId !== null,
  });
}

/** More than that are told as that. */
const mostCounted = 99;
const minuteMs = 60_000;

/** How many of one's own tasks are overdue, up to 99. */
export function useDueCount(): number {
  const ownerId = useMe().data?.id;
  const due = useQuery({
    queryKey: ['tasks', 'overdue', ownerId],
    queryFn: async ({ signal }) => {
      const query = { ownerId, dueBefore: new Date().toISOString(), limit: mostCounted };
      return (await call(tasksApi.list, { query }, { signal })).tasks.length;
    },
    enabled: ownerId !== undefined,
    // A task becomes overdue without anybody changing it.
    refetchInterval: minuteMs,
  });
  return due.data ?? 0;
}

export const readTask = (id: string): Promise<Task> => call(tasksApi.read, { params: { id } });

type TaskFields = NonNullable<Sent<typeof tasksApi.create.body>>;

/** Creates a task, or changes the one with `id`. @param basedOn the version that was read */
export function saveTask(id: string | null, input: TaskFields, basedOn: string | null): Promise<Task> {
  if (id === null) return call(tasksApi.create, { body: input });
  return call(tasksApi.update, {
    params: { id },
    body: { ...input, ...(basedOn !== null && { basedOn }) },
  });
}

export function useSetTaskState() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, state }: Pick<Task, 'id' | 'state'>) =>
      call(tasksApi.setState, { params: { id }, body: { state } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['tasks'] }),
  });
}

/** Who can be given a task: everybody whom one may see, else oneself. */
export function usePossibleOwners(): readonly { id: string; name: string }[] {
  const me = useMe().data;
  const may = useMay();
  const found = useQuery({
    queryKey: ['tasks', 'owners'],
    queryFn: async ({ signal }) => (await call(staffApi.list, {}, { signal })).users,
    enabled: may('users.read'),
  });
  const own = me ? [{ id: me.id, name: me.name }] : [];
  return found.data?.filter(({ disabled }) => !disabled) ?? own;
}
