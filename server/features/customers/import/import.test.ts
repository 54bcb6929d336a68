import fc from 'fast-check';
import { type CustomerRecord, createNumbers, fieldsOf, newRecord } from '../record.ts';
import { columnsOf, fieldOf } from './columns.ts';
import { type Line, linesOf } from './lines.ts';
import { merged, sameCustomer } from './merge.ts';
import { createPace } from './pace.ts';
import { rowOf } from './row.ts';
import { delimiterOf, piecesOf } from './text.ts';

const utf8 = new TextEncoder();
const russian = createNumbers('RU');

test.each([
  ['UTF-8', utf8.encode('имя'), 'имя'],
  ['UTF-8 with a mark', utf8.encode('\ufeffимя'), 'имя'],
  ['windows-1251', Uint8Array.of(0xe8, 0xec, 0xff), 'имя'],
  ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x38, 0x04), 'и'],
  ['nothing', Uint8Array.of(), ''],
])('%s is read', (_, bytes, text) => {
  expect([...piecesOf(bytes)].join('')).toBe(text);
});

test.each([
  ['name,phone', ','],
  ['имя;телефон;ё, й', ';'],
  ['name\tphone\n1,2,3,4', '\t'],
  ['"a,b,c";phone', ';'],
  ['name', ','],
  ['', ','],
])('%j is delimited by %j', (text, delimiter) => {
  expect(delimiterOf(text)).toBe(delimiter);
});

test.each([
  ['Name', 'name'],
  ['ФИО', 'name'],
  ['Ф.И.О.', 'name'],
  ['Фамилия', 'lastName'],
  ['Отчество', 'middleName'],
  ['Компания', 'company'],
  ['phone', 'phone'],
  ['Phone 2', 'phone'],
  ['phone2', 'phone'],
  ['Доп. телефон', 'phone'],
  ['Телефон_3', 'phone'],
  ['E-mail', 'email'],
  ['Комментарий', 'note'],
  ['Тип', 'kind'],
  ['tier', 'tier'],
  ['Скидка', null],
  ['name 2', null],
  ['', null],
])('the column %s is %s', (header, field) => {
  expect(fieldOf(header)).toBe(field);
});

test('a second column of names is left out, a second phone is not', () => {
  expect(columnsOf(['name', 'имя', 'phone', 'phone2']).map((column) => column.field)).toEqual([
    'name',
    null,
    'phone',
    'phone',
  ]);
});

const columns = columnsOf([
  'фамилия',
  'имя',
  'отчество',
  'компания',
  'телефон',
  'телефон 2',
  'email',
  'tier',
  'теги',
  'скидка',
]);

test('a full line', () => {
  const row = rowOf(
    [
      'Петрова',
      'Алёна',
      'Юрьевна',
      'Ромашка',
      '8 916 123-45-67; 8 495 955-01-01',
      '101',
      'A@b.ru',
      'Золото',
      'опт, юг',
      '5%',
    ],
    columns,
    russian,
  );
  expect(row).toMatchObject({
    input: {
      kind: 'person',
      name: 'Петрова Алёна Юрьевна',
      company: 'Ромашка',
      tier: 'gold',
      tags: ['опт', 'юг'],
      emails: ['A@b.ru'],
      phones: [{ raw: '8 916 123-45-67' }, { raw: '8 495 955-01-01' }, { raw: '101' }],
    },
  });
});

test('a line with a company alone is a company', () => {
  expect(rowOf(['', '', '', 'Ромашка'], columns, russian)).toMatchObject({
    input: { kind: 'company', name: 'Ромашка', company: null },
  });
});

test.each([
  [
    'no name',
    ['', '', '', '', '89161234567'],
    { code: 'no-name', params: {}, reason: 'has no name', field: 'name' },
  ],
  [
    'a wrong phone',
    ['П', '', '', '', `89161234567, ${'8916'.repeat(4)}`],
    {
      code: 'bad-phone',
      params: { value: '8916'.repeat(4) },
      reason: 'a phone is not a phone number',
      field: 'phone',
    },
  ],
  [
    'a wrong e-mail',
    ['П', '', '', '', '', '', 'a@b.ru home'],
    {
      code: 'bad-email',
      params: { value: 'home' },
      reason: 'an e-mail is not an e-mail address',
      field: 'email',
    },
  ],
  [
    'a wrong tier',
    ['П', '', '', '', '', '', '', 'best'],
    {
      code: 'unknown-tier',
      params: { value: 'best' },
      reason: 'the tier is none of standard, silver, gold, vip',
      field: 'tier',
    },
  ],
  [
    'too many cells',
    ['П', ...Array(9).fill(''), 'x'],
    {
      code: 'cells',
      params: { has: 11, wanted: 10 },
      reason: 'has 11 cells where the first line has 10',
      field: null,
    },
  ],
  ['a long name', ['П'.repeat(201)], { code: 'too-long', params: { limit: 200 }, field: 'name' }],
  [
    'more tags than are kept',
    ['П', '', '', '', '', '', '', '', Array.from({ length: 51 }, (_, n) => `t${n}`).join()],
    { code: 'too-many', params: { limit: 50 }, field: 'tags' },
  ],
])('%s is rejected', (_, cells, expected) => {
  expect(rowOf(cells, columns, russian)).toMatchObject(expected);
});

async function all(...pieces: string[]): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const some of linesOf(pieces, ',')) lines.push(...some);
  return lines;
}

test('lines keep their numbers through empty lines and cells of several lines', async () => {
  expect(await all('a,b\r\n\r\n"x\ny",1\nООО "Ромашка",2\r3,"4 ""5"""')).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 3, cells: ['x\ny', '1'] },
    { line: 5, cells: ['ООО "Ромашка"', '2'] },
    { line: 6, cells: ['3', '4 "5"'] },
  ]);
});

test('however the text is cut into pieces, its lines are the same', async () => {
  const text = 'a,b\r\n\r\n"x\r\ny",1\nё"😀,"4 ""5"\r3,\n\n4,5';
  const whole = await all(text);
  const letters = [...text];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: letters.length })), async (cuts) => {
      const places = [0, ...cuts.sort((one, other) => one - other), letters.length];
      const pieces = places.slice(1).map((end, n) => letters.slice(places[n], end).join(''));
      expect(await all(...pieces)).toEqual(whole);
    }),
  );
});

test('a letter that stands at the end of a piece of bytes is not cut', () => {
  const text = `a${'ё😀'.repeat(5000)}`;
  expect([...piecesOf(utf8.encode(text))].join('')).toBe(text);
});

test('work pauses when it has lasted long enough, and not before', async () => {
  let now = 0;
  const pauses: number[] = [];
  const turn = async () => {
    pauses.push(now);
    now += 100;
  };
  const pace = createPace({ longestMs: 4, now: () => now, turn });
  for (let step = 0; step < 12; step += 1) {
    now += 1;
    await pace();
  }
  expect(pauses).toEqual([4, 108, 212]);
});

test.each([
  [
    'a quote that is never closed',
    'a,b\n1,2\n"x,3\n4,5\n',
    /from line 3 on: a quote is opened and never closed/,
  ],
  [
    'a quote that swallows a big file',
    `a,b\n1,"2\n${'3,4\n'.repeat(100_000)}`,
    /from line 2 on: a quote is opened/,
  ],
])('%s is named', async (_, text, message) => {
  await expect(all(text)).rejects.toThrow(message);
});

const first = newRecord(
  fieldsOf(
    {
      kind: 'person',
      name: 'Алёна Петрова',
      company: null,
      phones: [{ raw: '89161234567', label: 'own' }],
      emails: ['a@b.ru'],
      tier: 'gold',
      segment: null,
      tags: ['опт'],
      note: 'звонить утром',
    },
    russian,
  ),
  new Date(0),
);

function line(cells: Record<string, string>): {
  fields: ReturnType<typeof fieldsOf>;
  next: CustomerRecord | null | 'new';
} {
  const row = rowOf(Object.values(cells), columnsOf(Object.keys(cells)), russian);
  if ('code' in row) throw new Error(row.reason);
  const fields = fieldsOf(row.input, russian);
  const same = sameCustomer([{ record: first }], fields);
  return { fields, next: same === undefined ? 'new' : merged(same.record, fields, row.given) };
}

test.each([
  ['the same again', { name: 'Алёна Петрова', phone: '+7 916 123 45 67' }, null],
  ['the same by e-mail', { name: 'Алёна Петрова', email: 'A@B.ru' }, null],
  ['another of the same name', { name: 'Алёна Петрова', phone: '89160000000' }, 'new'],
  [
    'one more phone',
    { name: 'Алёна Петрова', phone: '8 916 123 45 67, 8 495 955 01 01' },
    { phones: [{ number: '+79161234567', label: 'own' }, { number: '+74959550101' }] },
  ],
  [
    'a new tier',
    { name: 'Алёна Петрова', email: 'a@b.ru', tier: 'vip' },
    { tier: 'vip', note: 'звонить утром' },
  ],
  ['an empty tier', { name: 'Алёна Петрова', email: 'a@b.ru', tier: '' }, null],
  ['a tag more', { name: 'Алёна Петрова', email: 'a@b.ru', tags: 'юг' }, { tags: ['опт', 'юг'] }],
])('%s', (_, cells, expected) => {
  const { next } = line(cells);
  if (expected === null || expected === 'new') expect(next).toBe(expected);
  else expect(next).toMatchObject(expected);
});
