import { customersApi } from '@ringdesk/shared/customer';
import { customerImportApi } from '@ringdesk/shared/customer-import';
import type { InteractionSummary } from '@ringdesk/shared/interaction';
import { implement, type Route } from '../../platform/api/index.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Customers } from './customers.ts';

export interface CustomerRoutesOptions {
  customers: Customers;
  /** The contacts of a customer over all of their numbers, newest first. */
  recent(query: { customerId: string; numbers: string[]; limit: number }): Promise<InteractionSummary[]>;
}

export function customerRoutes({ customers, recent }: CustomerRoutesOptions): Route[] {
  async function existing(id: string) {
    const found = await customers.get(id);
    if (found === null)
      throw new Refusal('not-found', `There is no customer ${id}: it may have been removed.`);
    return found;
  }

  return [
    implement(customersApi.search, async ({ query: { q, limit } }) => ({
      customers: await customers.search(q, limit),
    })),
    implement(customersApi.create, ({ body }) => customers.create(body)),
    implement(customersApi.read, ({ params: { id } }) => existing(id)),
    implement(customersApi.update, ({ params: { id }, body }) => customers.update(id, body)),
    implement(customersApi.timeline, async ({ params, query: { limit } }) => {
      const { id, phones } = await existing(params.id);
      return {
        interactions: await recent({ customerId: id, numbers: phones.map((phone) => phone.number), limit }),
      };
    }),
    ...importRoutes(customers),
  ];
}

function importRoutes({ imports }: Customers): Route[] {
  return [
    implement(customerImportApi.start, async ({ body, query: { dryRun }, response }) => {
      const state = await imports.start(Buffer.from(body), { dryRun: dryRun === '1' || dryRun === 'true' });
      if (state.state === 'running') response.status(202);
      return state;
    }),
    implement(customerImportApi.latest, () => ({ latest: imports.latest() })),
    implement(customerImportApi.read, ({ params: { id } }) => {
      const state = imports.get(id);
      if (state === null)
        throw new Refusal(
          'not-found',
          'This import is not remembered: the server was restarted since. Import the same file again: what is in already stays as it is.',
        );
      return state;
    }),
  ];
}
