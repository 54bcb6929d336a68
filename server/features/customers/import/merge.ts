import { type CustomerFields, type CustomerRecord, withKeys } from '../record.ts';

/**
 * The customer that a line of the file speaks of, among those of the same name: one who shares a phone or an e-mail. A line without either is
 * the one of the same company. Phones alone do not make it the same customer: a family shares one.
 */
export function sameCustomer<T extends { record: CustomerRecord }>(
  sameName: readonly T[],
  line: CustomerFields,
): T | undefined {
  const numbers = new Set(line.phones.map((phone) => phone.number));
  const emails = new Set(line.emails);
  if (numbers.size + emails.size === 0) return sameName.find(({ record }) => record.company === line.company);
  return sameName.find(
    ({ record }) =>
      record.phones.some((phone) => numbers.has(phone.number)) ||
      record.emails.some((email) => emails.has(email)),
  );
}

/**
 * The customer with what the line adds: phones, e-mails and tags are added, other filled cells replace, empty cells and columns that the file has
 * not leave what is there.
 * @returns null when the line adds nothing, so that importing twice changes nothing
 */
export function merged(
  record: CustomerRecord,
  line: CustomerFields,
  given: ReadonlySet<string>,
): CustomerRecord | null {
  const phones = [...record.phones];
  for (const phone of line.phones)
    if (!phones.some((known) => known.number === phone.number)) phones.push(phone);
  const emails = [...new Set([...record.emails, ...line.emails])];
  const tags = [...new Set([...record.tags, ...line.tags])];
  const next = {
    ...record,
    ...(given.has('kind') ? { kind: line.kind } : {}),
    ...(line.company !== null ? { company: line.company } : {}),
    ...(given.has('tier') ? { tier: line.tier } : {}),
    ...(line.segment !== null ? { segment: line.segment } : {}),
    ...(line.note !== null ? { note: line.note } : {}),
    phones,
    emails,
    tags,
  };
  const same =
    phones.length === record.phones.length &&
    emails.length === record.emails.length &&
    tags.length === record.tags.length &&
    next.kind === record.kind &&
    next.company === record.company &&
    next.tier === record.tier &&
    next.segment === record.segment &&
    next.note === record.note;
  return same ? null : withKeys(next);
}
