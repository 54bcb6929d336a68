import {
  type Customer,
  type CustomerInput,
  customer,
  type ImportReport,
  importReport,
} from '@ringdesk/shared/customer';
import { type InteractionSummary, interaction, interactionSummary } from '@ringdesk/shared/interaction';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { ask } from '../api/request.ts';

const searchResult = z.object({ customers: z.array(customer) });
const timelineResult = z.object({ interactions: z.array(interactionSummary) });

const pathOf = (id: string) => `/api/customers/${encodeURIComponent(id)}`;

/** Customers by name, company, phone, e-mail or tag; without `text` those changed last. */
export function useCustomerSearch(text: string, limit: number, enabled = true) {
  return useQuery({
    queryKey: ['customers', 'search', text, limit],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ q: text, limit: String(limit) });
      return (await ask(`/api/customers?${query}`, searchResult, { signal })).customers;
    },
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useCustomer(id: string) {
  return useQuery({
    queryKey: ['customers', 'one', id],
    queryFn: ({ signal }) => ask(pathOf(id), customer, { signal }),
  });
}

export function useTimeline(id: string) {
  return useQuery({
    queryKey: ['customers', 'timeline', id],
    queryFn: async ({ signal }): Promise<InteractionSummary[]> =>
      (await ask(`${pathOf(id)}/timeline?limit=100`, timelineResult, { signal })).interactions,
  });
}

export function useInteraction(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ['interactions', id],
    queryFn: ({ signal }) => ask(`/api/interactions/${encodeURIComponent(id)}`, interaction, { signal }),
    enabled,
  });
}

/** Creates a customer, or changes the one with `id`. */
export function useSaveCustomer(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: CustomerInput): Promise<Customer> =>
      id === null
        ? ask('/api/customers', customer, { method: 'POST', body: input })
        : ask(pathOf(id), customer, { method: 'PUT', body: input }),
    onSuccess: (saved) => {
      client.setQueryData(['customers', 'one', saved.id], saved);
      void client.invalidateQueries({ queryKey: ['customers', 'search'] });
      void client.invalidateQueries({ queryKey: ['customers', 'timeline', saved.id] });
    },
  });
}

/** Adds a number to a customer who is there already. */
export async function addPhone(id: string, number: string): Promise<Customer> {
  const before = await ask(pathOf(id), customer);
  if (before.phones.some((phone) => phone.number === number)) return before;
  const input = inputOf(before);
  return ask(pathOf(id), customer, {
    method: 'PUT',
    body: { ...input, phones: [...input.phones, { raw: number, label: null }] },
  });
}

/** A customer as the form and the server's input have it. */
export function inputOf(from: Customer): CustomerInput {
  const { kind, name, company, phones, emails, tier, segment, tags, note } = from;
  const typed = phones.map(({ raw, label }) => ({ raw, label }));
  return { kind, name, company, phones: typed, emails, tier, segment, tags, note };
}

const importLimitMs = 10 * 60_000;

/** Sends a CSV file as it is (the server tells its encoding); `dryRun` changes nothing and reports the same. */
export function sendCsv(file: Blob, dryRun: boolean): Promise<ImportReport> {
  return ask(`/api/customers/import?dryRun=${dryRun ? 1 : 0}`, importReport, {
    method: 'POST',
    body: file,
    contentType: 'text/csv',
    limitMs: importLimitMs,
  });
}
