import type { Customer } from '@ringdesk/shared/customer';
import { toE164 } from '@ringdesk/shared/phone';
import fc from 'fast-check';
import { comparable } from '../../platform/search/words.ts';
import {
  compareMatches,
  identification,
  isWithheld,
  keyQuery,
  type Searchable,
  searchKeys,
  shortNumber,
  summaryOf,
} from './model.ts';

const petrova: Searchable = {
  name: 'Петрова Алёна Юрьевна',
  company: 'ООО «Ромашка-Сервис 24»',
  phones: [{ number: '+79161234567' }],
  emails: ['Alyona.Petrova@Example.com'],
  tags: [],
};

const russian = (text: string) => toE164(text, 'RU');

/** What the index does: every group has a beginning of some key. */
function found(customer: Searchable, text: string): boolean {
  const keys = searchKeys(customer);
  const query = keyQuery(text, russian);
  return (
    query.length > 0 &&
    query.every((group) => group.some((beginning) => keys.some((key) => key.startsWith(beginning))))
  );
}

test.each([
  'петрова',
  'ПЕТР',
  'алена',
  'Алёна пет',
  'юрьевна петрова алёна',
  'ромашка',
  'сервис петрова',
  '24',
  '+7 916 123-45-67',
  '8 (916) 123-45-67',
  '89161234567',
  '79161234567',
  '9161234567',
  '8 (916) 12',
  '+7 916',
  '4567',
  '45-67',
  '123 45',
  'петрова 4567',
  'alyona.petrova@example.com',
  'ALYONA.PETROVA@ex',
  'petrova',
])('«%s» finds her', (text) => {
  expect(found(petrova, text)).toBe(true);
});

test.each([
  '',
  '   ',
  'иванова',
  'етрова',
  'петрова иван',
  '8 (917)',
  '4568',
  '45',
  'petrova@example.org',
  '@',
  '.*',
  '+',
])('«%s» does not', (text) => {
  expect(found(petrova, text)).toBe(false);
});

test('the narrowest group drives the index', () => {
  expect(keyQuery('а 916 константинопольский', russian)).toEqual([
    ['константинопольский', 'константинопольск', '~konstantinopolski'],
    ['а', '~a'],
    ['916', '#916'],
  ]);
});

const letters = fc.stringMatching(/^[а-яёА-ЯЁa-zA-Z]{1,12}$/);

test('any beginnings of any words of a name, in any order and case, find it', () => {
  const asked = fc.array(letters, { minLength: 1, maxLength: 4 }).chain((name) =>
    fc.record({
      name: fc.constant(name.join(' ')),
      typed: fc
        .shuffledSubarray(name, { minLength: 1 })
        .chain((parts) =>
          fc.tuple(...parts.map((part) => fc.nat(part.length - 1).map((n) => part.slice(0, n + 1)))),
        )
        .map((parts) => parts.join('  ').toUpperCase()),
    }),
  );
  fc.assert(
    fc.property(asked, ({ name, typed }) =>
      found({ name, company: null, phones: [], emails: [], tags: [] }, typed),
    ),
  );
});

test('any three or more digits in a row of a phone find it', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^\+7916[0-9]{7}$/),
      fc.nat(8),
      fc.integer({ min: 3, max: 11 }),
      (number, from, length) => {
        const part = number.slice(1).slice(from, from + length);
        fc.pre(part.length >= 3);
        return found({ name: '', company: null, phones: [{ number }], emails: [], tags: [] }, part);
      },
    ),
  );
});

test('comparing twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => comparable(comparable(text)) === comparable(text)),
  );
});

test.each([
  ['Алёна  ПЕТРОВА ', 'алена петрова'],
  ['Сергей Йодко', 'сергей йодко'],
  ['José Müller', 'jose muller'],
])('%s compares as %s', (text, expected) => {
  expect(comparable(text)).toBe(expected);
});

function customer(id: string, name: string): Customer {
  const time = '2026-01-01T00:00:00.000Z';
  return {
    id,
    name,
    kind: 'person',
    company: null,
    phones: [],
    emails: [],
    tier: 'standard',
    segment: null,
    tags: [],
    note: null,
    createdAt: time,
    updatedAt: time,
  };
}
const anna = customer('a', 'Анна');
const boris = customer('b', 'Борис');

test.each([
  ['nobody', [], null, { kind: 'none' }],
  ['nobody, though one was picked before', [], 'a', { kind: 'none' }],
  ['one', [anna], 'b', { kind: 'one', customer: anna }],
  ['two', [anna, boris], null, { kind: 'several', candidates: [anna, boris].map(summaryOf), learned: null }],
  [
    'two, one picked before',
    [anna, boris],
    'b',
    { kind: 'several', candidates: [boris, anna].map(summaryOf), learned: 'b' },
  ],
  [
    'two, a third picked before',
    [anna, boris],
    'c',
    { kind: 'several', candidates: [anna, boris].map(summaryOf), learned: null },
  ],
])('the number is of %s', (_, having, learned, expected) => {
  expect(identification(having, learned)).toEqual(expected);
});

test.each([
  [null, 'allowed', true],
  ['', 'unavailable', true],
  [null, 'withheld', true],
  ['+79161234567', 'withheld', true],
  ['+79161234567', 'allowed', false],
  ['1001', 'unavailable', false],
] as const)('number %s, presentation %s: withheld %s', (number, presentation, expected) => {
  expect(isWithheld(number, presentation)).toBe(expected);
});

test.each([
  ['101', '101'],
  [' 101 ', '101'],
  ['1', null],
  ['1234567', null],
  ['10a', null],
])('%s as a short number is %s', (raw, expected) => {
  expect(shortNumber(raw)).toBe(expected);
});

test('names that begin as typed go first, then whole words, then the alphabet', () => {
  const names = ['Иванова Анна', 'Анна Белова', 'Аннаева Яна', 'Белая Анна'].map((name) =>
    customer(name, name),
  );
  expect(names.sort(compareMatches('анна')).map((one) => one.name)).toEqual([
    'Анна Белова',
    'Аннаева Яна',
    'Белая Анна',
    'Иванова Анна',
  ]);
});

test('plain text is compared by the same rules as any other', () => {
  const letters = fc.string({
    unit: fc.constantFrom('a', 'Z', 'ё', 'Й', 'Я', ' ', '\t', '-', '№', 'É', 'й'),
  });
  fc.assert(
    fc.property(letters, (text) => {
      // With a letter that is not plain before it, the long way is taken.
      expect(comparable(`É ${text}`)).toBe(`e ${comparable(text)}`.trim());
    }),
  );
});
