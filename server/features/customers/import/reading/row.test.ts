import { toE164 } from '@ringdesk/shared/phone';
import { namedColumns } from './columns.ts';
import { namedBy } from './headers.ts';
import { rowOf } from './row.ts';

const russian = (text: string) => toE164(text, 'RU');

test.each([
  ['Name', 'name'],
  ['ФИО', 'name'],
  ['Ф.И.О.', 'name'],
  ['Имя', 'firstName'],
  ['FirstName', 'firstName'],
  ['first_name', 'firstName'],
  ['Фамилия', 'lastName'],
  ['Отчество', 'middleName'],
  ['Компания', 'company'],
  ['Organization 1 - Name', 'company'],
  ['phone', 'phone'],
  ['Phone 2', 'phone'],
  ['phone2', 'phone'],
  ['Phone 1 - Value', 'phone'],
  ['Phone 1 - Label', undefined],
  ['Доп. телефон', 'phone'],
  ['Телефон_3', 'phone'],
  ['Рабочий факс', undefined],
  ['Мобильный оператор', undefined],
  ['E-mail', 'email'],
  ['E-mail 2 Address', 'email'],
  ['Адрес 2 эл. почты', 'email'],
  ['E-mail Type', undefined],
  ['Почтовый индекс', undefined],
  ['Комментарий', 'note'],
  ['Тип', 'kind'],
  ['tier', 'tier'],
  ['Скидка', undefined],
  ['', undefined],
])('the column %s is %s', (header, field) => {
  expect(namedBy(header)?.field).toBe(field);
});

test('a second column of names is left out, a second phone is not', () => {
  expect(
    namedColumns(['name', 'ФИО', 'name 2', 'phone', 'phone2', 'company 2']).map((named) => named?.field),
  ).toEqual(['name', undefined, undefined, 'phone', 'phone', undefined]);
});

function row(cells: Record<string, string>, more: readonly string[] = []) {
  const columns = namedColumns(Object.keys(cells)).map((named) => ({ field: named?.field ?? null }));
  return rowOf([...Object.values(cells), ...more], columns, russian);
}

test('a full line', () => {
  expect(
    row({
      фамилия: 'Петрова',
      имя: 'Алёна',
      отчество: 'Юрьевна',
      компания: 'Ромашка',
      телефон: '8 916 123-45-67; 8 495 955-01-01',
      'телефон 2': '101',
      email: 'A@b.ru',
      tier: 'Золото',
      теги: 'опт, юг',
      скидка: '5%',
    }),
  ).toMatchObject({
    fields: {
      kind: 'person',
      name: 'Петрова Алёна Юрьевна',
      company: 'Ромашка',
      tier: 'gold',
      tags: ['опт', 'юг'],
      emails: ['a@b.ru'],
      phones: [
        { raw: '8 916 123-45-67', number: '+79161234567' },
        { raw: '8 495 955-01-01', number: '+74959550101' },
        { raw: '101', number: '101' },
      ],
    },
    dropped: [],
  });
});

test.each([
  [{ компания: 'Ромашка' }, { kind: 'company', name: 'Ромашка', company: null }],
  [{ имя: 'Мария Лаптева', фамилия: 'Лаптева' }, { name: 'Мария Лаптева' }],
  [{ name: 'Мария', 'first name': '', 'last name': 'Лаптева' }, { name: 'Лаптева' }],
  [{ name: 'Dr. Maria Lapteva', 'first name': 'Maria' }, { name: 'Dr. Maria Lapteva' }],
  [{ имя: 'А\u0000нна\u0007' }, { name: 'Анна' }],
])('%j is %j', (cells, fields) => {
  expect(row(cells)).toMatchObject({ fields });
});

test.each([
  [
    'a phone beside another',
    { телефон: '89161234567, 8916' },
    { phones: [{ number: '+79161234567' }] },
    'short-phone',
  ],
  [
    'a phone beside an e-mail',
    { телефон: 'x', email: 'a@b.ru' },
    { phones: [], emails: ['a@b.ru'] },
    'bad-phone',
  ],
  ['an e-mail beside a phone', { телефон: '89161234567', email: 'нет' }, { emails: [] }, 'bad-email'],
  ['a phone that says there is none', { телефон: 'нет' }, { phones: [] }, 'bad-phone'],
  ['a tier', { tier: 'best' }, { tier: 'standard' }, 'unknown-tier'],
  ['a kind', { тип: 'друг' }, { kind: 'person' }, 'unknown-kind'],
  ['a company of too many letters', { компания: 'К'.repeat(201) }, { company: null }, 'too-long'],
  ['a note of too many letters', { note: 'К'.repeat(4001) }, { note: null }, 'too-long'],
  ['a cell of too many letters', { note: 'К'.repeat(10_001) }, { note: null }, 'too-long'],
  ['more tags than are kept', { tags: Array.from({ length: 51 }, (_, n) => `t${n}`).join() }, {}, 'too-many'],
])('%s that is not understood is left out, and the customer is taken', (_, cells, fields, code) => {
  expect(row({ имя: 'П', ...cells })).toMatchObject({ fields, dropped: [{ code }] });
});

test.each([
  ['no name', { имя: '', телефон: '89161234567' }, 'no-name'],
  ['no phone that could be called, and nothing else', { имя: 'П', телефон: '8916'.repeat(4) }, 'bad-phone'],
  ['a cut off phone alone', { имя: 'П', телефон: '8916' }, 'short-phone'],
  ['a wrong e-mail alone', { имя: 'П', email: 'a@b' }, 'bad-email'],
  ['a name of too many letters', { имя: 'П'.repeat(201) }, 'too-long'],
])('a line with %s is rejected', (_, cells, code) => {
  expect(row(cells)).toMatchObject({ code });
});

test('a line with more cells than the first is rejected', () => {
  expect(row({ имя: 'П', телефон: '' }, ['x'])).toEqual({
    code: 'cells',
    params: { has: 3, wanted: 2 },
    reason: 'has 3 cells where the first line has 2',
    field: null,
  });
  expect(row({ имя: 'П', телефон: '' }, [' '])).toHaveProperty('fields');
});
