import type { ImportField } from '@ringdesk/shared/customer-import';
import ICAL from 'ical.js';
import type { Line } from './csv.ts';

/** What is taken of a card, as columns. */
export const cardColumns: readonly { header: string; field: ImportField | null }[] = [
  { header: 'FN', field: 'name' },
  { header: 'N: family', field: 'lastName' },
  { header: 'N: given', field: 'firstName' },
  { header: 'N: additional', field: 'middleName' },
  { header: 'ORG', field: 'company' },
  { header: 'TEL', field: 'phone' },
  { header: 'TEL: type', field: null },
  { header: 'EMAIL', field: 'email' },
  { header: 'NOTE', field: 'note' },
  { header: 'CATEGORIES', field: 'tags' },
  { header: 'KIND', field: 'kind' },
];

/** A card that could not be read has no cells. */
export function* linesOfCards(text: string): Generator<Line> {
  let card: string[] | null = null;
  let began = 0;
  let number = 0;
  for (const line of text.split(/\r\n|\n|\r/)) {
    number += 1;
    if (/^\s*BEGIN:VCARD\s*$/iu.test(line)) {
      if (card !== null) yield { line: began, cells: [] };
      card = [];
      began = number;
    }
    card?.push(line);
    if (card === null || !/^\s*END:VCARD\s*$/iu.test(line)) continue;
    yield { line: began, cells: cellsOf(card) };
    card = null;
  }
  if (card !== null) yield { line: began, cells: [] };
}

/** Pictures, sounds and keys: most of a file's letters, and nothing of a customer. */
const notTaken = /^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY|AGENT|X-ABADR)[;:]/iu;

function cellsOf(card: readonly string[]): string[] {
  const isOld = card.some((line) => /^VERSION:2\.1\s*$/iu.test(line));
  const lines = unfolded(card).filter((line) => line.trim() !== '' && !notTaken.test(line));
  try {
    const parsed = ICAL.parse(lines.map((line) => modern(line, isOld)).join('\r\n'));
    return Array.isArray(parsed) ? fieldsOf(propertiesOf(parsed)) : [];
  } catch {
    return [];
  }
}

/** Long lines as they were before they were folded; in quoted-printable, a line is folded by a = at its end. */
function unfolded(lines: readonly string[]): string[] {
  const whole: string[] = [];
  let soft = false;
  for (const line of lines) {
    const last = whole.at(-1);
    if (soft && last !== undefined) whole[whole.length - 1] = last.slice(0, -1) + line;
    else if (/^[ \t]/.test(line) && last !== undefined) whole[whole.length - 1] = last + line.slice(1);
    else whole.push(line);
    const now = whole.at(-1) ?? '';
    soft = now.endsWith('=') && /^[^:]*QUOTED-PRINTABLE/iu.test(now);
  }
  return whole;
}

/** A line of vCard 2.1 as 3.0 has it: types by their name, letters instead of quoted-printable, commas that part nothing. */
function modern(line: string, isOld: boolean): string {
  const [head = '', name = '', list = ''] = /^([^:;]+)((?:;(?:"[^"]*"|[^:"])*)?):/u.exec(line) ?? [];
  if (head === '') return line;
  const value = line.slice(head.length);
  if (/^VERSION$/iu.test(name)) return isOld ? 'VERSION:3.0' : line;
  const given = list.split(';').filter((each) => each !== '');
  const isQuoted = given.some((each) => /^(?:ENCODING=)?QUOTED-PRINTABLE$/iu.test(each));
  if (!isOld && !isQuoted) return line;
  const charset = given.map((each) => /^CHARSET=(.+)$/iu.exec(each)?.[1]).find((each) => each !== undefined);
  const kept = given
    .filter((each) => !/^(?:CHARSET=|(?:ENCODING=)?(?:QUOTED-PRINTABLE|8BIT|7BIT)$)/iu.test(each))
    .map((each) => (each.includes('=') ? each : `TYPE=${each}`));
  const text = isQuoted ? unquoted(value, charset ?? 'utf-8') : value;
  const escaped = text.replace(/(?<!\\),/g, '\\,').replace(/\r\n|\n|\r/g, '\\n');
  return `${[name, ...kept].join(';')}:${escaped}`;
}

function unquoted(text: string, charset: string): string {
  const bytes = Buffer.from(
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

interface Property {
  name: string;
  /** Properties of one group belong together: `item1.TEL` and `item1.X-ABLabel`. */
  group: string | null;
  types: string[];
  values: string[];
}

/** The properties of a jCard (RFC 7095): `["vcard", [[name, parameters, type, value, …], …], []]`. */
function propertiesOf(card: readonly unknown[]): Property[] {
  const list: unknown = card[1];
  if (!Array.isArray(list)) return [];
  return list.flatMap((property: unknown) => {
    if (!Array.isArray(property)) return [];
    const [name, parameters, , ...values]: unknown[] = property;
    const given = new Map(Object.entries(parameters ?? {}));
    const types: unknown = given.get('type') ?? [];
    const group: unknown = given.get('group');
    return [
      {
        name: String(name),
        group: typeof group === 'string' ? group.toLowerCase() : null,
        types: [types].flat().map((type) => String(type).toLowerCase()),
        values: values.flat().map((value) => (Array.isArray(value) ? value.join(' ') : String(value))),
      },
    ];
  });
}

/** Types that say what a phone is; `voice` and `pref` do not. */
const kinds: Record<string, string> = {
  cell: 'mobile',
  iphone: 'mobile',
  home: 'home',
  work: 'work',
  main: 'main',
  car: 'car',
  other: 'other',
};

function labelIn({ types, group }: Property, labels: readonly Property[]): string {
  const own = group === null ? undefined : labels.find((label) => label.group === group)?.values.join(' ');
  return (own ?? types.map((type) => kinds[type]).find((kind) => kind !== undefined) ?? '').replace(
    /\n/gu,
    ' ',
  );
}

function fieldsOf(properties: readonly Property[]): string[] {
  const all = (name: string) => properties.filter((property) => property.name === name);
  const first = (name: string) => all(name)[0]?.values ?? [];
  const lines = (name: string) =>
    all(name)
      .map(({ values }) => values.join(' '))
      .join('\n');
  const phones = all('tel')
    // A fax and a pager call nobody.
    .filter(({ types }) => !types.includes('fax') && !types.includes('pager'))
    .map((phone) => ({ text: phone.values.join(' '), label: labelIn(phone, all('x-ablabel')) }))
    .filter(({ text }) => text.trim() !== '');
  const [family = '', given = '', additional = ''] = first('n');
  const [fullName = ''] = first('fn');
  const [organisation = ''] = first('org');
  const isCompany = /company/iu.test(first('x-abshowas').join()) || /^org/iu.test(first('kind').join());
  return [
    fullName,
    family,
    given,
    additional,
    isCompany && fullName === organisation ? '' : organisation,
    phones.map(({ text }) => text.replace(/\s*\n\s*/gu, ' ')).join('\n'),
    phones.map(({ label }) => label).join('\n'),
    lines('email'),
    lines('note'),
    all('categories')
      .flatMap(({ values }) => values)
      .join(','),
    isCompany ? 'company' : '',
  ];
}
