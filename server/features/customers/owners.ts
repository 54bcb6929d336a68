import type { Store } from '../../platform/store/index.ts';
import type { CustomerRecord } from './record.ts';
import { customersName } from './store.ts';

const atOnce = 500;

/**
 * Whose numbers are, for many at once: the customer's id by the number. A number that several have is nobody's.
 * @param numbers in E.164. @throws Refusal `store-unavailable`
 */
export async function ownersOf(store: Store, numbers: readonly string[]): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  for (let at = 0; at < numbers.length; at += atOnce) {
    const some = new Set(numbers.slice(at, at + atOnce));
    const several = new Set<string>();
    const found = store
      .collection<CustomerRecord>(customersName)
      .find({ 'phones.number': { $in: [...some] } }, { projection: { phones: 1 } });
    for await (const { _id, phones } of found)
      for (const { number } of phones) {
        if (!some.has(number)) continue;
        if (owners.has(number) && owners.get(number) !== _id) several.add(number);
        owners.set(number, _id);
      }
    for (const number of several) owners.delete(number);
  }
  return owners;
}
