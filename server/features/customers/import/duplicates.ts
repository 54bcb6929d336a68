import type { PossibleDuplicate } from '@ringdesk/shared/customer-import';
import type { Store } from '../../../platform/store/index.ts';
import { emailMark } from '../model.ts';
import type { CustomerRecord } from '../record.ts';
import type { Row } from './plan.ts';

type Owner = Pick<CustomerRecord, '_id' | 'name' | 'nameKey' | 'phones' | 'emails'>;

/**
 * Which of these lines, each a new customer, have a phone or an e-mail that somebody of another name has: in the database, or in an earlier line of
 * the file.
 */
export async function duplicatesAmong(store: Store, created: readonly Row[]): Promise<PossibleDuplicate[]> {
  const numbers = created.flatMap(({ fields }) => fields.phones.map(({ number }) => number));
  const emails = created.flatMap(({ fields }) => fields.emails);
  const owners = new Map<string, Owner[]>();
  for (const owner of await ownersOf(store, numbers, emails))
    for (const reach of reachesOf(owner)) owners.set(reach, [...(owners.get(reach) ?? []), owner]);
  return created.flatMap(({ line, fields, sharedWithin }) => {
    const other = reachesOf(fields)
      .flatMap((reach) => owners.get(reach) ?? [])
      .find(({ nameKey }) => nameKey !== fields.nameKey);
    if (other === undefined && !sharedWithin) return [];
    return [
      { line, name: fields.name, other: other === undefined ? null : { id: other._id, name: other.name } },
    ];
  });
}

const reachesOf = ({ phones, emails }: Pick<CustomerRecord, 'phones' | 'emails'>) => [
  ...phones.map(({ number }) => number),
  ...emails,
];

async function ownersOf(
  store: Store,
  numbers: readonly string[],
  emails: readonly string[],
): Promise<Owner[]> {
  const collection = store.collection<CustomerRecord>('customers');
  const projection = { name: 1, nameKey: 1, phones: 1, emails: 1 };
  const byNumber =
    numbers.length === 0
      ? []
      : await collection.find({ 'phones.number': { $in: numbers } }, { projection }).toArray();
  const keys = emails.map((email) => emailMark + email);
  const byEmail =
    keys.length === 0 ? [] : await collection.find({ searchKeys: { $in: keys } }, { projection }).toArray();
  return [...byNumber, ...byEmail];
}
