import type { Customer, CustomerSummary, Identification } from '@ringdesk/shared/customer';
import type { Presentation } from '@ringdesk/shared/interaction';
import { beginningsOf, comparable, wordKeys, words } from '../../platform/search/words.ts';

/** What a customer is found by. */
export interface Searchable {
  name: string;
  company: string | null;
  phones: readonly { number: string }[];
  emails: readonly string[];
  tags: readonly string[];
}

const mostKeys = 400;
/** Marks keys made of a phone's digits and of an e-mail, so that `24` in a name is no phone. */
const phoneMark = '#';
export const emailMark = '@';

/**
 * The keys under which a customer stands in the index. Each key is found by any of its beginnings. A phone gives one key per ending of three
 * digits or more, so that any part of a number is the beginning of some key: `#79161234567`, `#9161234567`, … `#567`.
 */
export function searchKeys(customer: Searchable): string[] {
  const keys = new Set<string>();
  for (const text of [customer.name, customer.company ?? '', ...customer.tags])
    for (const key of wordKeys(text)) keys.add(key);
  for (const email of customer.emails) {
    const address = comparable(email);
    keys.add(emailMark + address);
    // The name before the @ may be typed alone, in parts: ivan.petrov gives ivan and petrov.
    for (const key of wordKeys(address.slice(0, address.lastIndexOf('@')))) keys.add(key);
  }
  for (const phone of customer.phones) {
    const digits = phone.number.replace(/\D/g, '');
    for (let from = 0; from <= Math.max(0, digits.length - 3); from += 1)
      keys.add(phoneMark + digits.slice(from));
  }
  return [...keys].slice(0, mostKeys);
}

/** A query: a customer matches when, for every group, one of its key beginnings begins one of the customer's keys. */
export type KeyQuery = readonly (readonly string[])[];

/**
 * What to look for when somebody types `text`: name parts in any order, a phone in any format or a part of it, an e-mail.
 * @param numberOf the phone in E.164 when the text is a whole one, else null
 * @returns the narrowest group first, since it drives the index; empty when nothing is typed that could be found
 */
export function keyQuery(text: string, numberOf: (text: string) => string | null): KeyQuery {
  const typed = text.trim();
  if (/^[\d\s()+./-]+$/.test(typed)) {
    const digits = typed.replace(/\D/g, '');
    if (digits.length >= 3) return [phoneBeginnings(typed, digits, numberOf)];
  }
  const groups = typed
    .split(/\s+/)
    .filter((part) => part !== '')
    .flatMap((part): string[][] => {
      if (part.indexOf('@') > 0) return [[emailMark + comparable(part)]];
      return words(part).map((word) => [
        ...beginningsOf(word),
        ...(/^\d{3,}$/.test(word) ? [phoneMark + word] : []),
      ]);
    });
  return groups.slice(0, 8).sort((one, other) => longest(other) - longest(one));
}

/** A word that may be a part of a phone finds much. */
function longest(group: readonly string[]): number {
  return group.some((key) => key.startsWith(phoneMark)) ? 0 : (group[0]?.length ?? 0);
}

/**
 * A whole number is looked for as such. A part is looked for as typed and without the digit that is dialled before a national number (8 in
 * Russia, 0 in most of Europe), which stands in no stored number.
 */
function phoneBeginnings(typed: string, digits: string, numberOf: (text: string) => string | null): string[] {
  const whole = numberOf(typed);
  if (whole !== null) return [phoneMark + whole.replace(/\D/g, '')];
  const trunk = /^[80]\d{3,}$/.test(digits) && !typed.startsWith('+');
  return trunk ? [phoneMark + digits, phoneMark + digits.slice(1)] : [phoneMark + digits];
}

/**
 * Better matches first: those whose name begins as typed, then those with more of the typed words whole, then by name.
 * @returns a negative number when `one` goes first
 */
export function compareMatches(text: string): (one: CustomerSummary, other: CustomerSummary) => number {
  const typed = comparable(text);
  const asked = new Set(words(text));
  const score = (customer: CustomerSummary): number => {
    const begins = typed !== '' && comparable(customer.name).startsWith(typed) ? 100 : 0;
    return begins + words(customer.name).filter((word) => asked.has(word)).length;
  };
  return (one, other) => score(other) - score(one) || one.name.localeCompare(other.name, 'ru');
}

/** Whether a call shows a number that can be looked up. A number that the caller asked to hide is not used, even where the network gives it. */
export function isWithheld(number: string | null, presentation: Presentation): boolean {
  return number === null || number === '' || presentation === 'withheld';
}

/** A phone that is no public number: an extension or a short number, kept as its digits. */
export function shortNumber(raw: string): string | null {
  const digits = raw.trim();
  return /^\d{2,6}$/.test(digits) ? digits : null;
}

export function summaryOf(customer: Customer): CustomerSummary {
  const { id, kind, name, company, tier, phones } = customer;
  return { id, kind, name, company, tier, phones };
}

/**
 * Who is calling, from the customers that have the number.
 * @param learned the customer whom agents picked last for this number; offered first when still among them
 */
export function identification(found: readonly Customer[], learned: string | null): Identification {
  const [first, ...more] = found;
  if (first === undefined) return { kind: 'none' };
  if (more.length === 0) return { kind: 'one', customer: first };
  const known = found.some((customer) => customer.id === learned) ? learned : null;
  const candidates = [
    ...found.filter((customer) => customer.id === known),
    ...found.filter((customer) => customer.id !== known),
  ].map(summaryOf);
  return { kind: 'several', candidates, learned: known };
}
