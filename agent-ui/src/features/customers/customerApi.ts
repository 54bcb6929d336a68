import {
  type Customer,
  type CustomerInput,
  type CustomerUpdate,
  customersApi,
} from '@ringdesk/shared/customer';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../platform/api/call.ts';

/** Customers by name, company, phone, e-mail or tag; without `text` those changed last. */
export function useCustomerSearch(text: string, limit: number, enabled = true) {
  return useQuery({
    queryKey: ['customers', 'search', text, limit],
    queryFn: async ({ signal }) =>
      (await call(customersApi.search, { query: { q: text, limit } }, { signal })).customers,
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useCustomer(id: string) {
  return useQuery({
    queryKey: ['customers', 'one', id],
    queryFn: ({ signal }) => call(customersApi.read, { params: { id } }, { signal }),
  });
}

/** The customer as it is now, not as the page remembers it. */
export const readCustomer = (id: string): Promise<Customer> => call(customersApi.read, { params: { id } });

/** Creates a customer, or changes the one with `id`: only if it still is as in `basedOn`, else it fails with `changed-meanwhile`. */
export function useSaveCustomer(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: CustomerUpdate): Promise<Customer> =>
      id === null
        ? call(customersApi.create, { body: input })
        : call(customersApi.update, { params: { id }, body: input }),
    onSuccess: (saved) => {
      client.setQueryData(['customers', 'one', saved.id], saved);
      void client.invalidateQueries({ queryKey: ['customers', 'search'] });
      void client.invalidateQueries({ queryKey: ['customers', 'timeline', saved.id] });
    },
  });
}

/** A customer as the form and the server's input have it. */
export function inputOf(from: Customer): CustomerInput {
  const { kind, name, company, phones, emails, tier, segment, tags, note } = from;
  const typed = phones.map(({ raw, label }) => ({ raw, label }));
  return { kind, name, company, phones: typed, emails, tier, segment, tags, note };
}
