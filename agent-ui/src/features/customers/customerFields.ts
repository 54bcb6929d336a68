import { type Customer, type CustomerInput, customerInput } from '@ringdesk/shared/customer';

/** The form as text fields: what is typed, before it is read. */
export interface CustomerFields {
  kind: 'person' | 'company';
  name: string;
  company: string;
  phones: { raw: string; label: string }[];
  /** Separated by commas or spaces. */
  emails: string;
  tier: Customer['tier'];
  segment: string;
  /** Separated by commas. */
  tags: string;
  note: string;
}

export function fieldsOf(customer: Customer | null): CustomerFields {
  return {
    kind: customer?.kind ?? 'person',
    name: customer?.name ?? '',
    company: customer?.company ?? '',
    phones: customer?.phones.map(({ raw, label }) => ({ raw, label: label ?? '' })) ?? [
      { raw: '', label: '' },
    ],
    emails: customer?.emails.join(', ') ?? '',
    tier: customer?.tier ?? 'standard',
    segment: customer?.segment ?? '',
    tags: customer?.tags.join(', ') ?? '',
    note: customer?.note ?? '',
  };
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
const words = (text: string, between: RegExp) =>
  text
    .split(between)
    .map((word) => word.trim())
    .filter((word) => word !== '');

export const emailsIn = (text: string) => words(text, /[\s,;]+/);
export const tagsIn = (text: string) => words(text, /[,;]+/);

/**
 * Reads the form by the rules that the server has too.
 * @returns the input, or the names of the fields that are not right
 */
export function readFields(fields: CustomerFields): { input: CustomerInput } | { wrong: string[] } {
  const read = customerInput.safeParse({
    kind: fields.kind,
    name: fields.name,
    company: fields.kind === 'person' ? orNull(fields.company) : null,
    phones: fields.phones
      .filter(({ raw }) => raw.trim() !== '')
      .map(({ raw, label }) => ({ raw, label: orNull(label) })),
    emails: emailsIn(fields.emails),
    tier: fields.tier,
    segment: orNull(fields.segment),
    tags: tagsIn(fields.tags),
    note: orNull(fields.note),
  });
  if (read.success) return { input: read.data };
  return { wrong: [...new Set(read.error.issues.map((issue) => String(issue.path[0])))] };
}
