import type { Customer, CustomerInput, CustomerUpdate, Identification } from '@ringdesk/shared/customer';
import type { Presentation } from '@ringdesk/shared/interaction';
import type { Log } from '../../platform/log.ts';
import type { Store } from '../../platform/store/index.ts';
import { createImporter } from './import/index.ts';
import { createImports, type Imports } from './import/jobs.ts';
import { createPhoneChanges } from './phones.ts';
import { createCustomerStore, openCollections } from './store.ts';

/** The single truth about customers. All of it throws Refusal; `store-unavailable` at once while the database is away. */
export interface Customers {
  create(input: CustomerInput): Promise<Customer>;
  update(id: string, input: CustomerUpdate): Promise<Customer>;
  get(id: string): Promise<Customer | null>;
  search(text: string, limit: number): Promise<Customer[]>;
  identify(number: string | null, presentation: Presentation): Promise<Identification>;
  /** Who has each of these numbers, in E.164; the first of them where many do. */
  withNumbers(numbers: readonly string[]): Promise<ReadonlyMap<string, { id: string; name: string }[]>>;
  learnPick(pick: { number: string; customerId: string | null; by: string }): Promise<void>;
  /** @returns whether the number was not theirs before */
  addPhone(id: string, number: string): Promise<boolean>;
  removePhone(id: string, number: string): Promise<void>;
  readonly imports: Imports;
}

/**
 * @param region where a phone without a country code is at home (ISO 3166-1 alpha-2)
 * @param numberTyped reads a number as the house dials it, with what stands before it for an outside line; in E.164, or null
 */
export function createCustomers(options: {
  store: Store;
  region: string;
  numberTyped?: (text: string) => string | null;
  now?: () => Date;
  log?: Log;
}): Customers {
  const { store, region, numberTyped = () => null, now = () => new Date(), log = null } = options;
  openCollections(store);
  const customers = createCustomerStore({ store, region, numberTyped, now });
  return {
    ...customers,
    ...createPhoneChanges(customers),
    imports: createImports({ importer: createImporter({ store, region, now }), now, log }),
  };
}
