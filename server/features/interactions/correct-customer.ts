import type { Customer } from '@ringdesk/shared/customer';
import type { Interaction } from '@ringdesk/shared/interaction';
import { Refusal } from '../../platform/errors.ts';
import type { Interactions } from './store.ts';

export interface CorrectionDeps {
  customers: {
    get(id: string): Promise<Customer | null>;
    learnPick(pick: { number: string; customerId: string | null; by: string }): Promise<void>;
    removePhone(id: string, number: string): Promise<void>;
  };
  interactions: Pick<Interactions, 'setCustomer' | 'wasNumberAdded' | 'forgetNumberAdded'>;
  /** The history of this customer is another one now. */
  onChanged(customer: Customer): void;
}

/** Says whose a contact was, also long after it: the record gets it, and its number is learned anew. */
export type CorrectCustomer = ReturnType<typeof createCustomerCorrection>;

export function createCustomerCorrection({ customers, interactions, onChanged }: CorrectionDeps) {
  /**
   * A number that was put on the wrong customer by hand is taken off, also days later. One that came with an import or a form is left: a family
   * shares a phone.
   * @returns whether it was taken off
   */
  async function takeNumber(customerId: string, number: string): Promise<boolean> {
    if (!(await interactions.wasNumberAdded(customerId, number))) return false;
    try {
      await customers.removePhone(customerId, number);
    } catch (error) {
      // A customer who is not there any more has no number to lose.
      if (!(error instanceof Refusal && error.code === 'not-found')) throw error;
    }
    await interactions.forgetNumberAdded(customerId, number);
    return true;
  }

  /**
   * @param contact as it is now. @param customerId null: nobody's. @param by who says so
   * @throws Refusal `not-found` (no such customer), `store-unavailable`: asked again, it does what is left
   */
  return async (
    contact: Interaction,
    customerId: string | null,
    by: string,
  ): Promise<{ numberTaken: string | null }> => {
    const after = customerId === null ? null : await customers.get(customerId);
    if (customerId !== null && after === null)
      throw new Refusal('not-found', `There is no customer ${customerId}: it may have been removed.`);
    const { number, customerId: wrong } = contact;
    const isShown = number !== null && contact.presentation === 'allowed' && contact.direction !== 'internal';
    const isTaken = isShown && wrong !== null && wrong !== customerId && (await takeNumber(wrong, number));
    await interactions.setCustomer(contact.id, customerId, by);
    if (isShown) await customers.learnPick({ number, customerId, by });
    const before = wrong === null ? null : await customers.get(wrong);
    for (const customer of [before, after]) if (customer !== null) onChanged(customer);
    return { numberTaken: isTaken ? number : null };
  };
}
