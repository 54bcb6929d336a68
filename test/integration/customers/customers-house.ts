import type { CustomerInput } from '@ringdesk/shared/customer';
import { type Customers, createCustomers } from '../../../server/features/customers/index.ts';
import type { Store } from '../../../server/platform/store/index.ts';
import { openTestStore } from '../database.ts';

/** Customers on a database of their own, which is empty before each test. */
export interface CustomersHouse {
  readonly store: Store;
  readonly customers: Customers;
}

export function useCustomersHouse(): CustomersHouse {
  let store: Store;
  let close: () => Promise<void>;
  let customers: Customers;
  let now = Date.parse('2026-01-01T00:00:00.000Z');
  /** Each moment is a second after the one before. */
  const tick = () => {
    now += 1000;
    return new Date(now);
  };

  beforeAll(async () => {
    ({ store, close } = await openTestStore());
  });
  afterAll(() => close());
  beforeEach(async () => {
    await store.connection.dropDatabase();
    customers = createCustomers({ store, region: 'RU', now: tick });
    await store.prepared();
  });

  return {
    get store() {
      return store;
    },
    get customers() {
      return customers;
    },
  };
}

export function input(
  name: string,
  fields: Partial<Omit<CustomerInput, 'phones'>> & { phones?: string[] } = {},
): CustomerInput {
  const { phones = [], ...more } = fields;
  return {
    kind: 'person',
    company: null,
    emails: [],
    tier: 'standard',
    segment: null,
    tags: [],
    note: null,
    name,
    ...more,
    phones: phones.map((raw) => ({ raw, label: null })),
  };
}
