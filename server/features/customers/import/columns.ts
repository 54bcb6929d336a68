import { comparable } from '../model.ts';

/** What a column can hold. `lastName`, `name` and `middleName` are joined in this order, as Russian lists have them. */
const headers = {
  name: [
    'name',
    'full name',
    'customer',
    'client',
    'first name',
    'имя',
    'фио',
    'ф и о',
    'клиент',
    'наименование',
    'название',
    'контакт',
  ],
  lastName: ['last name', 'surname', 'family name', 'фамилия'],
  middleName: ['middle name', 'patronymic', 'отчество'],
  company: ['company', 'organization', 'organisation', 'компания', 'организация', 'фирма'],
  phone: [
    'phone',
    'phone number',
    'telephone',
    'tel',
    'mobile',
    'mobile phone',
    'cell',
    'number',
    'телефон',
    'тел',
    'номер',
    'номер телефона',
    'мобильный',
    'мобильный телефон',
    'сотовый',
    'рабочий телефон',
    'доп телефон',
    'дополнительный телефон',
  ],
  email: ['email', 'e mail', 'mail', 'почта', 'эл почта', 'электронная почта', 'имейл'],
  tier: ['tier', 'level', 'class', 'уровень', 'категория', 'класс'],
  segment: ['segment', 'сегмент'],
  tags: ['tags', 'labels', 'теги', 'метки'],
  note: [
    'note',
    'notes',
    'comment',
    'comments',
    'remark',
    'комментарий',
    'комментарии',
    'примечание',
    'заметка',
  ],
  kind: ['kind', 'type', 'тип', 'вид'],
} as const satisfies Record<string, readonly string[]>;

export type Field = keyof typeof headers;
const several: ReadonlySet<Field> = new Set<Field>(['phone', 'email']);

const fieldOfHeader = new Map<string, Field>();
for (const [field, names] of Object.entries(headers))
  for (const name of names) if (isField(field)) fieldOfHeader.set(name, field);

function isField(text: string): text is Field {
  return Object.hasOwn(headers, text);
}

/** The field that a header names, in English or Russian: `Phone 2`, `Телефон_2`, `Доп. телефон`; null when it names none. */
export function fieldOf(header: string): Field | null {
  const plain = comparable(header)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const field = fieldOfHeader.get(plain);
  if (field !== undefined) return field;
  const numbered = fieldOfHeader.get(plain.replace(/ ?\d+$/, ''));
  return numbered !== undefined && several.has(numbered) ? numbered : null;
}

export interface Column {
  header: string;
  field: Field | null;
}

/** How the first line is understood. A second column of the same name is left out, except phones and e-mails, of which there may be many. */
export function columnsOf(headerLine: readonly string[]): Column[] {
  const taken = new Set<Field>();
  return headerLine.map((header) => {
    const field = fieldOf(header);
    if (field === null || (taken.has(field) && !several.has(field))) return { header, field: null };
    taken.add(field);
    return { header, field };
  });
}
