import { randomUUID } from 'node:crypto';
import type { Customer, CustomerInput, CustomerPhone } from '@ringdesk/shared/customer';
import { toE164 } from '@ringdesk/shared/phone';
import { Refusal } from '../../platform/errors.ts';
import { comparable } from '../../platform/search/words.ts';
import { searchKeys, shortNumber } from './model.ts';

/** A customer as the database keeps it: with the keys it is found by. */
export interface CustomerRecord extends Omit<Customer, 'id' | 'createdAt' | 'updatedAt'> {
  _id: string;
  /** The name, comparable; imports find the same customer by it. */
  nameKey: string;
  searchKeys: string[];
  /** Of the rules by which the keys were made; records of older rules get new keys in the background. */
  keysVersion: number;
  createdAt: Date;
  updatedAt: Date;
}

/** The phone as it is stored and looked up: E.164, or an extension's digits; null when it is neither. */
export function storedNumber(raw: string, region: string): string | null {
  return toE164(raw, region) ?? shortNumber(raw);
}

/**
 * Whether the customer has the number by today's reading of what was written. Earlier releases made numbers of other countries out of some, and those
 * stand in the database: they are nobody's.
 */
export function hasNumber(phones: readonly CustomerPhone[], number: string, region: string): boolean {
  return phones.some((phone) => phone.number === number && storedNumber(phone.raw, region) === number);
}

/** The phone as it is stored; null when it is none. */
type NumberOf = (raw: string) => string | null;

/** Phones as they are kept: normalised, each number once. @throws Refusal `bad-input` naming each phone that is none */
function storedPhones(phones: CustomerInput['phones'], numberOf: NumberOf): CustomerPhone[] {
  const kept = new Map<string, CustomerPhone>();
  const wrong: { path: string; message: string }[] = [];
  for (const [at, { raw, label }] of phones.entries()) {
    const number = numberOf(raw);
    if (number === null) wrong.push({ path: `phones.${at}.raw`, message: 'is not a phone number' });
    else if (!kept.has(number)) kept.set(number, { number, raw, label });
  }
  if (wrong.length > 0) {
    throw new Refusal(
      'bad-input',
      'A phone is not a number that could be called: give it with its country code, or as it is dialled at home.',
      { fields: wrong },
    );
  }
  return [...kept.values()];
}

/** Rises when other keys are made of the same fields. */
export const keysVersion = 2;

/** What follows from the fields that people fill in. */
export function withKeys<T extends Pick<CustomerRecord, 'name' | 'company' | 'phones' | 'emails' | 'tags'>>(
  fields: T,
): T & Pick<CustomerRecord, 'nameKey' | 'searchKeys' | 'keysVersion'> {
  return { ...fields, nameKey: comparable(fields.name), searchKeys: searchKeys(fields), keysVersion };
}

/** The fields of a record from what somebody sent. @throws Refusal `bad-input` for a phone that is none */
export function fieldsOf(input: CustomerInput, numberOf: NumberOf) {
  return withKeys({
    kind: input.kind,
    name: input.name,
    company: emptyToNull(input.company),
    phones: storedPhones(input.phones, numberOf),
    emails: [...new Set(input.emails.map((email) => email.toLowerCase()))],
    tier: input.tier,
    segment: emptyToNull(input.segment),
    tags: [...new Set(input.tags)],
    note: emptyToNull(input.note),
  });
}

export type CustomerFields = ReturnType<typeof fieldsOf>;

export function newRecord(fields: CustomerFields, now: Date): CustomerRecord {
  return { _id: randomUUID(), ...fields, createdAt: now, updatedAt: now };
}

/** The moment of a change. It is the customer's version too, so no two changes have the same one. */
export function laterThan(before: Date, now: Date): Date {
  return now > before ? now : new Date(before.getTime() + 1);
}

/** The customer as the world outside sees it. */
export function customerOf(record: CustomerRecord): Customer {
  return {
    id: record._id,
    kind: record.kind,
    name: record.name,
    company: record.company,
    phones: record.phones.map(({ number, raw, label }) => ({ number, raw, label })),
    emails: [...record.emails],
    tier: record.tier,
    segment: record.segment,
    tags: [...record.tags],
    note: record.note,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

function emptyToNull(text: string | null): string | null {
  return text === null || text === '' ? null : text;
}
