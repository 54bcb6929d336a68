import type { Customer } from '@ringdesk/shared/customer';
import { may } from '../../platform/auth/index.ts';
import type { Feature } from '../../platform/feature.ts';
import type { Platform } from '../../platform/platform.ts';
import { customerJobs } from './jobs.ts';
import { type CustomerRoutesOptions, customerRoutes } from './routes.ts';

export { type Customers, createCustomers } from './customers.ts';
export { ownersOf } from './owners.ts';

/** Who the house's customers are. */
export function customersFeature(
  options: Pick<Platform, 'store' | 'jobs'> &
    CustomerRoutesOptions & {
      /** Told of each customer that was changed, by whomever and however. */
      onChanged(customer: Customer): void;
    },
): Feature {
  const { customers, reading, onChanged } = options;
  customerJobs(options);
  return {
    sources: ['customers'],
    routes: customerRoutes(options),
    consumers: [
      {
        name: 'open-desks',
        place: 'process',
        entities: ['customer'],
        async run({ entity }) {
          const changed = await customers.get(entity.id);
          if (changed !== null) onChanged(changed);
        },
      },
    ],
    history: {
      customer: (user, id) => {
        if (!may(user, 'customers.read')) return false;
        reading.open({ user, from: null }, id);
        return true;
      },
    },
  };
}
