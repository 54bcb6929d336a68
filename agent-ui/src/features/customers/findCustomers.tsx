import { customersApi } from '@ringdesk/shared/customer';
import { call } from '../../platform/api/call.ts';
import type { Command, CommandContext } from '../../platform/feature.ts';
import { CustomerFacets } from './CustomerLine.tsx';

const shown = 8;

/** Customers for the palette. */
export async function findCustomers(
  text: string,
  { go }: CommandContext,
  signal: AbortSignal,
): Promise<Command[]> {
  const { customers } = await call(customersApi.search, { query: { q: text, limit: shown } }, { signal });
  return customers.map((customer) => ({
    id: customer.id,
    label: customer.name,
    row: <CustomerFacets customer={customer} />,
    run: () => go(`/customers/${customer.id}`),
  }));
}
