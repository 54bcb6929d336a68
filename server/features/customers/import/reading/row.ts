import type { CustomerInput } from '@ringdesk/shared/customer';
import type { ImportColumn, ImportField } from '@ringdesk/shared/customer-import';
import { comparable } from '../../../../platform/search/words.ts';
import { type CustomerFields, fieldsOf } from '../../record.ts';
import { kindOf, tierOf } from './choices.ts';
import { emailsOf } from './email-cell.ts';
import { limits } from './limits.ts';
import { type CellPhone, phonesOf } from './phone-cell.ts';
import { type LabelSource, labelOf } from './phone-labels.ts';
import { garbled, noName, type Reject, tooLong, tooMany, unreadable, wrongCells } from './reject.ts';

/** One line of the file, understood: a customer with only the cells that are filled, and the cells that had to be left out. */
export interface UnderstoodLine {
  fields: CustomerFields;
  given: ReadonlySet<ImportField>;
  dropped: Reject[];
}

/** As the rules for customers have it everywhere (shared/customer.ts). */
const most = { name: 200, company: 200, segment: 100, note: 4000, tag: 60, tags: 50, phones: 30, emails: 30 };

/** Cells that say that there is none. */
const none = /^[\s\p{P}]*(?:нет|отсутствует|не указан\p{L}*|no|none|null|n\P{L}a|unknown|0)?[\s\p{P}]*$/iu;

/** A column, with where the labels of its phones are found. */
export type RowColumn = Pick<ImportColumn, 'field'> & { label?: LabelSource };

interface Cell {
  text: string;
  /** What its phones are called unless words stand beside them; a line for each, or one for all. */
  label: string | null;
}

type Cells = ReadonlyMap<ImportField, readonly Cell[]>;

/**
 * Reads a line's cells by its columns. A cell that is not understood is left out and told; the line is rejected only without a name, or when it
 * had phones and e-mails, and none of them is one: nobody could be known by it when they call.
 * @param numberOf the phone in E.164, null when it is none
 */
export function rowOf(
  cells: readonly string[],
  columns: readonly RowColumn[],
  numberOf: (text: string) => string | null,
): UnderstoodLine | Reject {
  if (cells.slice(columns.length).some((cell) => cell.trim() !== ''))
    return wrongCells(cells.length, columns.length);
  const dropped: Reject[] = [];
  const filled = cellsByField(cells, columns, dropped);
  if (cells.some((cell) => cell.includes('\ufffd'))) dropped.push(garbled);
  const { name, company } = namesOf(filled);
  if (name === null) return noName;
  if (name.length > most.name) return tooLong('name', most.name);
  const phones = phonesIn(filled, numberOf, dropped);
  const emails = emailsIn(filled, dropped);
  const hopeless = dropped.find(
    ({ field, params }) =>
      (field === 'phone' || field === 'email') && !none.test(comparable(String(params['value'] ?? ''))),
  );
  if (phones.length + emails.length === 0 && hopeless !== undefined) return hopeless;

  const input: CustomerInput = {
    kind:
      choice(filled, 'kind', kindOf, dropped) ??
      (company === null && isCompanyAlone(filled) ? 'company' : 'person'),
    name,
    company: short(company, 'company', most.company, dropped),
    phones: phones.map(({ raw, label }) => ({ raw, label })),
    emails,
    tier: choice(filled, 'tier', tierOf, dropped) ?? 'standard',
    segment: short(first(filled, 'segment'), 'segment', most.segment, dropped),
    tags: tagsIn(filled, dropped),
    note: short(
      filled
        .get('note')
        ?.map(({ text }) => text)
        .join('\n') ?? null,
      'note',
      most.note,
      dropped,
    ),
  };
  const numbers = new Map(phones.map(({ raw, number }) => [raw, number]));
  const given = new Set(filled.keys());
  for (const { field } of dropped) if (field === 'kind' || field === 'tier') given.delete(field);
  return { fields: fieldsOf(input, (raw) => numbers.get(raw) ?? null), given, dropped };
}

function first(filled: Cells, field: ImportField): string | null {
  return filled.get(field)?.[0]?.text ?? null;
}

/** Signs that no keyboard makes, and that no cell of a person's list has on purpose. */
const control = /(?![\t\n\r])\p{Cc}/gu;

function cellsByField(cells: readonly string[], columns: readonly RowColumn[], dropped: Reject[]): Cells {
  const filled = new Map<ImportField, Cell[]>();
  for (const [at, { field, label }] of columns.entries()) {
    const text = (cells[at] ?? '').replace(control, '').trim();
    if (field === null || text === '') continue;
    if (text.length > limits.cellLetters) dropped.push(tooLong(field, limits.cellLetters));
    else filled.set(field, [...(filled.get(field) ?? []), { text, label: labelBeside(cells, label) }]);
  }
  return filled;
}

function labelBeside(cells: readonly string[], source: LabelSource | undefined): string | null {
  const beside = source?.column == null ? null : (cells[source.column] ?? '');
  return beside ?? source?.text ?? null;
}

function isCompanyAlone(filled: Cells): boolean {
  return (
    filled.has('company') &&
    !['name', 'lastName', 'firstName', 'middleName'].some((field) => hasField(filled, field))
  );
}

function hasField(filled: Cells, field: string): boolean {
  return [...filled.keys()].some((each) => each === field);
}

/** The name of the customer of a line, before anything else of it is read; null when it has none. */
export function nameIn(cells: readonly string[], columns: readonly RowColumn[]): string | null {
  return namesOf(cellsByField(cells, columns, [])).name;
}

/** A line without a person's name is the company itself. */
function namesOf(filled: Cells): { name: string | null; company: string | null } {
  const person = personOf(filled);
  const company = first(filled, 'company');
  return person === null ? { name: company, company: null } : { name: person, company };
}

/** The parts in the order of Russian lists, unless one cell has them all. */
function personOf(filled: Cells): string | null {
  const [last, given, middle] = (['lastName', 'firstName', 'middleName'] as const).map((field) =>
    first(filled, field),
  );
  const whole = first(filled, 'name');
  if (!last && whole) return whole;
  if (last && given && has(given, last)) return given;
  const parts = [last, given, middle].filter((part) => part);
  return parts.length === 0 ? null : parts.join(' ');
}

function has(whole: string, part: string): boolean {
  return ` ${comparable(whole)} `.includes(` ${comparable(part)} `);
}

function phonesIn(filled: Cells, numberOf: (text: string) => string | null, dropped: Reject[]): CellPhone[] {
  const found = (filled.get('phone') ?? []).flatMap(labelled).map(({ text, label }) => {
    const { phones, bad } = phonesOf(text, numberOf);
    return { phones: phones.map((phone) => ({ ...phone, label: phone.label ?? labelOf(label ?? '') })), bad };
  });
  for (const { code, value } of found.flatMap(({ bad }) => bad)) dropped.push(unreadable(code, value));
  return few(
    found.flatMap(({ phones }) => phones),
    'phone',
    most.phones,
    dropped,
  );
}

/** Lines of a cell, each with its own label where there are as many of those. */
function labelled(cell: Cell): Cell[] {
  const texts = cell.text.split('\n');
  const labels = cell.label?.split('\n') ?? [];
  return texts.length === labels.length
    ? texts.map((text, at) => ({ text, label: labels[at] ?? null }))
    : [cell];
}

function emailsIn(filled: Cells, dropped: Reject[]): string[] {
  const found = (filled.get('email') ?? []).map(({ text }) => emailsOf(text));
  for (const { code, value } of found.flatMap(({ bad }) => bad)) dropped.push(unreadable(code, value));
  return few(
    found.flatMap(({ emails }) => emails),
    'email',
    most.emails,
    dropped,
  );
}

/** `* myContacts` is Google's own group. */
function tagsIn(filled: Cells, dropped: Reject[]): string[] {
  const tags = (filled.get('tags') ?? [])
    .flatMap(({ text }) => text.split(/:::|[,;|\n]+/))
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '' && !tag.startsWith('* '));
  if (tags.some((tag) => tag.length > most.tag)) dropped.push(tooLong('tags', most.tag));
  return few(
    tags.filter((tag) => tag.length <= most.tag),
    'tags',
    most.tags,
    dropped,
  );
}

function few<T>(parts: T[], field: ImportField, limit: number, dropped: Reject[]): T[] {
  if (parts.length > limit) dropped.push(tooMany(field, limit));
  return parts.slice(0, limit);
}

function short(text: string | null, field: ImportField, limit: number, dropped: Reject[]): string | null {
  if (text === null || text.length <= limit) return text;
  dropped.push(tooLong(field, limit));
  return null;
}

function choice<T>(
  filled: Cells,
  field: 'tier' | 'kind',
  read: (cell: string) => T | null,
  dropped: Reject[],
): T | null {
  const cell = first(filled, field);
  if (cell === null) return null;
  const chosen = read(cell);
  if (chosen === null) dropped.push(unreadable(`unknown-${field}`, cell));
  return chosen;
}
