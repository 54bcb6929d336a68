import { type CustomerFields, emailsIn, tagsIn } from './customerFields.ts';

/** Two people changed one customer: what each of them did, and how mine is put over theirs. */

export type FieldName = keyof CustomerFields;
const fieldNames: readonly FieldName[] = [
  'kind',
  'name',
  'company',
  'phones',
  'emails',
  'tier',
  'segment',
  'tags',
  'note',
];

type PhoneField = CustomerFields['phones'][number];
const phoneKey = ({ raw }: PhoneField) => raw.trim();

/** A field as text; two fields are the same when it is. */
export function fieldText(fields: CustomerFields, name: FieldName): string {
  switch (name) {
    case 'phones':
      return fields.phones
        .filter((phone) => phoneKey(phone) !== '')
        .map((phone) => phoneKey(phone) + (phone.label.trim() === '' ? '' : ` (${phone.label.trim()})`))
        .join(', ');
    case 'emails':
      return emailsIn(fields.emails).join(', ');
    case 'tags':
      return tagsIn(fields.tags).join(', ');
    default:
      return fields[name].trim();
  }
}

/** The fields that say something else, in the order of the form. */
export function changedFields(before: CustomerFields, after: CustomerFields): FieldName[] {
  return fieldNames.filter((name) => fieldText(before, name) !== fieldText(after, name));
}

/**
 * What is saved when mine goes over theirs: theirs, with the fields that I changed. In a list it is what I added and took away, so that a phone
 * which the other one added is not lost by one that I added.
 * @param base the customer as I found it
 */
export function mineOver(base: CustomerFields, mine: CustomerFields, theirs: CustomerFields): CustomerFields {
  const changed = new Set(changedFields(base, mine));
  const pick = <K extends FieldName>(name: K): CustomerFields[K] => (changed.has(name) ? mine : theirs)[name];
  return {
    kind: pick('kind'),
    name: pick('name'),
    company: pick('company'),
    phones: changed.has('phones') ? phonesOver(base.phones, mine.phones, theirs.phones) : theirs.phones,
    emails: changed.has('emails') ? listOver(base, mine, theirs, 'emails', emailsIn) : theirs.emails,
    tier: pick('tier'),
    segment: pick('segment'),
    tags: changed.has('tags') ? listOver(base, mine, theirs, 'tags', tagsIn) : theirs.tags,
    note: pick('note'),
  };
}

function listOver(
  base: CustomerFields,
  mine: CustomerFields,
  theirs: CustomerFields,
  name: 'emails' | 'tags',
  read: (text: string) => string[],
): string {
  const [before, own] = [read(base[name]), read(mine[name])];
  const left = read(theirs[name]).filter((word) => own.includes(word) || !before.includes(word));
  const added = own.filter((word) => !before.includes(word) && !left.includes(word));
  return [...left, ...added].join(', ');
}

function phonesOver(
  base: readonly PhoneField[],
  mine: readonly PhoneField[],
  theirs: readonly PhoneField[],
): PhoneField[] {
  const find = (phones: readonly PhoneField[], key: string) =>
    phones.find((phone) => phoneKey(phone) === key);
  const kept = theirs.flatMap((phone) => {
    const before = find(base, phoneKey(phone));
    const own = find(mine, phoneKey(phone));
    if (before === undefined) return [own ?? phone];
    if (own === undefined) return [];
    return [own.label === before.label ? phone : own];
  });
  const added = mine.filter((phone) => {
    const key = phoneKey(phone);
    return key !== '' && find(base, key) === undefined && find(kept, key) === undefined;
  });
  return [...kept, ...added];
}
