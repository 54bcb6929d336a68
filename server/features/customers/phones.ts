import type { Customer, CustomerInput, CustomerPhone, CustomerUpdate } from '@ringdesk/shared/customer';
import { Refusal } from '../../platform/errors.ts';

interface OneCustomer {
  get(id: string): Promise<Customer | null>;
  update(id: string, input: CustomerUpdate): Promise<Customer>;
}

/** Others may change the customer at the same moment: so often it is read again. */
const attempts = 5;

/** A number is put on a customer, or taken off, whatever else is changed of them at the same moment. All of it throws Refusal. */
export function createPhoneChanges({ get, update }: OneCustomer) {
  /** @returns null when there was nothing to change */
  async function change(
    id: string,
    changed: (phones: readonly CustomerPhone[]) => CustomerInput['phones'] | null,
  ): Promise<Customer | null> {
    for (let attempt = 1; ; attempt += 1) {
      const before = await get(id);
      if (before === null)
        throw new Refusal('not-found', `There is no customer ${id}: it may have been removed.`);
      const phones = changed(before.phones);
      if (phones === null) return null;
      const { kind, name, company, emails, tier, segment, tags, note, updatedAt } = before;
      try {
        const input = { kind, name, company, phones, emails, tier, segment, tags, note, basedOn: updatedAt };
        return await update(id, input);
      } catch (error) {
        const again = error instanceof Refusal && error.code === 'changed-meanwhile' && attempt < attempts;
        if (!again) throw error;
      }
    }
  }

  /** @returns whether it was not there before */
  async function addPhone(id: string, number: string): Promise<boolean> {
    const has = (phones: readonly CustomerPhone[]) => phones.some((phone) => phone.number === number);
    const add = (phones: readonly CustomerPhone[]) =>
      has(phones) ? null : [...phones, { number, raw: number, label: null }];
    return (await change(id, add)) !== null;
  }

  async function removePhone(id: string, number: string): Promise<void> {
    await change(id, (phones) => {
      const left = phones.filter((phone) => phone.number !== number);
      return left.length === phones.length ? null : left;
    });
  }

  return { addPhone, removePhone };
}
