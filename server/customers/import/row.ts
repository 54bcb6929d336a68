import type { Customer, CustomerInput } from '@ringdesk/shared/customer';
import { customerInput } from '@ringdesk/shared/customer';
import { comparable } from '../model.ts';
import { storedNumber } from '../record.ts';
import type { Column, Field } from './columns.ts';

type Tier = Customer['tier'];
const tiers: Record<string, Tier> = {
  standard: 'standard',
  стандарт: 'standard',
  обычный: 'standard',
  silver: 'silver',
  серебро: 'silver',
  серебряный: 'silver',
  gold: 'gold',
  золото: 'gold',
  золотой: 'gold',
  vip: 'vip',
  вип: 'vip',
};
const kinds: Record<string, Customer['kind']> = {
  person: 'person',
  человек: 'person',
  'физ лицо': 'person',
  физлицо: 'person',
  'физическое лицо': 'person',
  'частное лицо': 'person',
  company: 'company',
  компания: 'company',
  организация: 'company',
  'юр лицо': 'company',
  юрлицо: 'company',
  'юридическое лицо': 'company',
};

/** One line of the file, understood: a customer with only the cells that are filled, or why it is rejected. */
export type Row =
  | { input: CustomerInput; given: ReadonlySet<Field> }
  | { reason: string; field: Field | null };

type Cells = ReadonlyMap<Field, readonly string[]>;

/** Reads a line's cells by its columns. @param region where a phone without a country code is at home */
export function rowOf(cells: readonly string[], columns: readonly Column[], region: string): Row {
  if (cells.slice(columns.length).some((cell) => cell.trim() !== ''))
    return { reason: `has ${cells.length} cells where the first line has ${columns.length}`, field: null };
  const filled = cellsByField(cells, columns);
  const { name, company } = namesOf(filled);
  if (name === null) return { reason: 'has no name', field: 'name' };
  const tier = choice(filled, 'tier', tiers);
  if (tier === undefined) return { reason: 'the tier is none of standard, silver, gold, vip', field: 'tier' };
  const kind = choice(filled, 'kind', kinds);
  if (kind === undefined) return { reason: 'the type is neither person nor company', field: 'kind' };
  // A cell may hold several phones, as people keep them: "8 495 123-45-67, 8 916 123-45-67".
  const phones = parts(filled, 'phone', /[,;\n]+/);
  if (phones.some((raw) => storedNumber(raw, region) === null))
    return { reason: 'a phone is not a phone number', field: 'phone' };

  const parsed = customerInput.safeParse({
    kind: kind ?? (company === null && filled.has('company') ? 'company' : 'person'),
    name,
    company,
    phones: phones.map((raw) => ({ raw })),
    emails: parts(filled, 'email', /[,;\s]+/),
    tier: tier ?? 'standard',
    segment: filled.get('segment')?.[0] ?? null,
    tags: parts(filled, 'tags', /[,;|]+/),
    note: filled.get('note')?.[0] ?? null,
  });
  if (parsed.success) return { input: parsed.data, given: new Set(filled.keys()) };
  const issue = parsed.error.issues[0];
  const path = String(issue?.path[0] ?? '');
  const field = fieldNamed[path] ?? null;
  const reason =
    field === 'email' ? 'an e-mail is not an e-mail address' : `${path}: ${issue?.message ?? 'is wrong'}`;
  return { reason, field };
}

function cellsByField(cells: readonly string[], columns: readonly Column[]): Cells {
  const filled = new Map<Field, string[]>();
  for (const [at, { field }] of columns.entries()) {
    const cell = cells[at]?.trim() ?? '';
    if (field !== null && cell !== '') filled.set(field, [...(filled.get(field) ?? []), cell]);
  }
  return filled;
}

/** A line without a person's name is the company itself. */
function namesOf(filled: Cells): { name: string | null; company: string | null } {
  const person = (['lastName', 'name', 'middleName'] as const).flatMap((field) => filled.get(field) ?? []);
  const company = filled.get('company')?.[0] ?? null;
  return person.length > 0 ? { name: person.join(' '), company } : { name: company, company: null };
}

function parts(filled: Cells, field: Field, separator: RegExp): string[] {
  return (filled.get(field) ?? [])
    .flatMap((cell) => cell.split(separator))
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const fieldNamed: Record<string, Field> = {
  name: 'name',
  company: 'company',
  phones: 'phone',
  emails: 'email',
  segment: 'segment',
  tags: 'tags',
  note: 'note',
};

/** undefined: the cell holds none of the choices; null: it is empty. */
function choice<T>(filled: Cells, field: Field, choices: Record<string, T>): T | null | undefined {
  const cell = filled.get(field)?.[0];
  if (cell === undefined) return null;
  const key = comparable(cell)
    .replace(/[.\s]+/g, ' ')
    .trim();
  return Object.hasOwn(choices, key) ? choices[key] : undefined;
}
