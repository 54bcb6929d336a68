import type { Customer } from '@ringdesk/shared/customer';
import type { Interaction } from '@ringdesk/shared/interaction';
import { Refusal } from '../../platform/errors.ts';

export interface CorrectionDeps {
  customers: {
    get(id: string): Promise<Customer | null>;
    learnPick(pick: { number: string; customerId: string | null; by: string }): Promise<void>;
  };
  setCustomer(interactionId: string, customerId: string | null, by: string): Promise<void>;
  /** The history of this customer is another one now. */
  onChanged(customer: Customer): void;
}

/** Says whose a contact was, also long after it: the record gets it, and its number is learned anew. */
export type CorrectCustomer = ReturnType<typeof createCustomerCorrection>;

export function createCustomerCorrection({ customers, setCustomer, onChanged }: CorrectionDeps) {
  /**
   * @param contact as it is now. @param customerId null: nobody's. @param by who says so
   * @throws Refusal `not-found` (no such customer), `store-unavailable`
   */
  return async (contact: Interaction, customerId: string | null, by: string): Promise<void> => {
    const after = customerId === null ? null : await customers.get(customerId);
    if (customerId !== null && after === null)
      throw new Refusal('not-found', `There is no customer ${customerId}: it may have been removed.`);
    await setCustomer(contact.id, customerId, by);
    const { number } = contact;
    const isShown = number !== null && contact.presentation === 'allowed' && contact.direction !== 'internal';
    if (isShown) await customers.learnPick({ number, customerId, by });
    const before = contact.customerId === null ? null : await customers.get(contact.customerId);
    for (const customer of [before, after]) if (customer !== null) onChanged(customer);
  };
}
