import { useQueryClient } from '@tanstack/react-query';
import type { Latest } from '../../ui/form/useContractForm.ts';
import { type Kept, type readSetting, useSetting, withItem } from './settingsApi.ts';

interface Options<T> {
  name: keyof typeof readSetting;
  read: () => Promise<Kept<{ list: T[] }>>;
  write: (body: { value: { list: T[] }; basedOn: number }) => Promise<unknown>;
}

/** A subject that is a list, changed thing by thing. */
export function useItems<T extends { id: string }>({ name, read, write }: Options<T>) {
  const client = useQueryClient();
  const queryKey = ['settings', name];
  const query = useSetting(name, read);
  return {
    items: query.data?.value.list,
    version: query.data?.version ?? 0,
    source: { rows: query.data?.value.list, failure: query.error, retry: () => void query.refetch() },
    async save(item: T, basedOn: number): Promise<void> {
      const now = client.getQueryData<Kept<{ list: T[] }>>(queryKey);
      await write({ value: { list: withItem(now?.value.list ?? [], item) }, basedOn });
      await client.invalidateQueries({ queryKey });
    },
    /** One thing as it is on the server now; what is not there is as the form has it. */
    async latest(item: T): Promise<Latest<T, number>> {
      const { value, version } = await client.fetchQuery({ queryKey, queryFn: read, staleTime: 0 });
      return { values: value.list.find(({ id }) => id === item.id) ?? item, version };
    },
  };
}
