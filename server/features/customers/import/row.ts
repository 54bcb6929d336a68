import type { Customer, CustomerInput } from '@ringdesk/shared/customer';
import { customerInput } from '@ringdesk/shared/customer';
import { comparable } from '../model.ts';
import type { Column, Field } from './columns.ts';
import { againstRules, noName, type Reject, unreadable, wrongCells } from './reject.ts';

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
export type Row = { input: CustomerInput; given: ReadonlySet<Field> } | Reject;

type Cells = ReadonlyMap<Field, readonly string[]>;

/** Reads a line's cells by its columns. @param numberOf the phone as it is stored, null when it is none */
export function rowOf(
  cells: readonly string[],
  columns: readonly Column[],
  numberOf: (raw: string) => string | null,
): Row {
  if (cells.slice(columns.length).some((cell) => cell.trim() !== ''))
    return wrongCells(cells.length, columns.length);
  const filled = cellsByField(cells, columns);
  const { name, company } = namesOf(filled);
  if (name === null) return noName;
  const tier = choice(filled, 'tier', tiers);
  if (tier === undefined) return unreadable('tier', first(filled, 'tier'));
  const kind = choice(filled, 'kind', kinds);
  if (kind === undefined) return unreadable('kind', first(filled, 'kind'));
  // A cell may hold several phones, as people keep them: "8 495 123-45-67, 8 916 123-45-67".
  const phones = parts(filled, 'phone', /[,;\n]+/);
  const wrong = phones.find((raw) => numberOf(raw) === null);
  if (wrong !== undefined) return unreadable('phone', wrong);

  const emails = parts(filled, 'email', /[,;\s]+/);
  const parsed = customerInput.safeParse({
    kind: kind ?? (company === null && filled.has('company') ? 'company' : 'person'),
    name,
    company,
    phones: phones.map((raw) => ({ raw })),
    emails,
    tier: tier ?? 'standard',
    segment: filled.get('segment')?.[0] ?? null,
    tags: parts(filled, 'tags', /[,;|]+/),
    note: filled.get('note')?.[0] ?? null,
  });
  if (parsed.success) return { input: parsed.data, given: new Set(filled.keys()) };
  const fault = parsed.error.issues[0];
  return againstRules(fault, emails[Number(fault?.path[1] ?? 0)]);
}

function first(filled: Cells, field: Field): string {
  return filled.get(field)?.[0] ?? '';
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

/** undefined: the cell holds none of the choices; null: it is empty. */
function choice<T>(filled: Cells, field: Field, choices: Record<string, T>): T | null | undefined {
  const cell = filled.get(field)?.[0];
  if (cell === undefined) return null;
  const key = comparable(cell)
    .replace(/[.\s]+/g, ' ')
    .trim();
  return Object.hasOwn(choices, key) ? choices[key] : undefined;
}
