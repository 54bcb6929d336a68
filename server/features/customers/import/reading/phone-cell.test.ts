import { toE164 } from '@ringdesk/shared/phone';
import fc from 'fast-check';
import { emailsOf } from './email-cell.ts';
import { phonesOf } from './phone-cell.ts';

/** The numbers of a cell, and the codes of what is none. */
function numbers(cell: string, region = 'RU'): string[] {
  const { phones, bad } = phonesOf(cell, (text) => toE164(text, region));
  return [...phones.map(({ number }) => number), ...bad.map(({ code }) => code)];
}

test.each([
  ['8 (495) 123-45-67, доб. 105', ['+74951234567']],
  ['8 495 123 45 72 вн.105', ['+74951234572']],
  ['8 495 123-45-73 (105)', ['+74951234573']],
  ['8 495 123-45-73 (доб. 105)', ['+74951234573']],
  ['+7 495 123-45-73 ext 105', ['+74951234573']],
  ['+74951234573 x105', ['+74951234573']],
  ['tel:+7-495-123-45-73;ext=105', ['+74951234573']],
  ['8 495 1234570 / 8 916 5550143', ['+74951234570', '+79165550143']],
  ['8 916 555-01-45, нет', ['+79165550145', 'bad-phone']],
  ['+8 916 555-01-46', ['+79165550146']],
  ['89165550149.0', ['+79165550149']],
  ['89165550149,0', ['+79165550149']],
  ['+7 916 555-01-42 ::: +7 495 123-45-67', ['+79165550142', '+74951234567']],
  ['89165550142;84951234567|+7 495 123-45-68', ['+79165550142', '+74951234567', '+74951234568']],
  ['8 916 555-01-42\n8 495 123-45-67', ['+79165550142', '+74951234567']],
  ['+79165550142 +74951234567', ['+79165550142', '+74951234567']],
  ['89165550142 84951234567', ['+79165550142', '+74951234567']],
  ['8 916 555 01 42 8 495 123 45 67', ['+79165550142', '+74951234567']],
  ['89165550142 и 84951234567', ['+79165550142', '+74951234567']],
  ['моб. 89165550142, раб.: 84951234567', ['+79165550142', '+74951234567']],
  ["'84951234567", ['+74951234567']],
  ['="84951234567"', ['+74951234567']],
  ['\u202a+7 916 555‑01‑42\u202c', ['+79165550142']],
  ['+7 916 555 01 42', ['+79165550142']],
  ['p:+79165550142', ['+79165550142']],
  ['8 495 123-45-67/68', ['+74951234567', 'short-phone']],
  ['101', ['101']],
  ['8916', ['short-phone']],
  ['550101', ['short-phone']],
  ['55-01-01', ['short-phone']],
  ['телефон', ['bad-phone']],
  ['8916891689168916', ['bad-phone']],
  ['8-800-FLOWERS', ['bad-phone']],
  ['-', []],
  ['', []],
])('%j is %j', (cell, expected) => {
  expect(numbers(cell)).toEqual(expected);
});

test.each([
  ['7.9E+10', 'RU', ['scientific-phone']],
  ['7,9E+10', 'RU', ['scientific-phone']],
  ['7,91655501E+10; 84951234567', 'RU', ['+74951234567', 'scientific-phone']],
  ['7,9Е+10', 'RU', ['scientific-phone']],
  ['4.93091E+11', 'DE', ['scientific-phone']],
  ['моб 7.9E+10', 'RU', ['scientific-phone']],
  ['1E+10', 'RU', ['scientific-phone']],
  ['4.951234567E9', 'RU', ['+74951234567']],
  ['7.9165550142E+10', 'RU', ['+79165550142']],
])('%s in %s: a digit that is lost is not guessed', (cell, region, expected) => {
  expect(numbers(cell, region)).toEqual(expected);
});

test.each([
  ['030 / 22 33 55 0', 'DE', ['+4930223355 0'.replace(' ', '')]],
  ['(212) 555-0142', 'US', ['+12125550142']],
])('%s in %s', (cell, region, expected) => {
  expect(numbers(cell, region)).toEqual(expected);
});

test('words beside a number are kept as whose it is', () => {
  expect(phonesOf('8 916 555-01-42 (Мария)', (text) => toE164(text, 'RU')).phones).toEqual([
    { raw: '8 916 555-01-42 (Мария)', number: '+79165550142', label: 'Мария' },
  ]);
});

test('no short scientific number is ever a phone', () => {
  const mantissa = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.stringMatching(/^\d{0,6}$/));
  const exponent = fc.integer({ min: 9, max: 13 });
  fc.assert(
    fc.property(
      mantissa,
      exponent,
      fc.constantFrom('.', ','),
      fc.constantFrom('RU', 'DE', 'US', 'KZ'),
      ([one, more], power, point, region) => {
        const cell = `${one}${more === '' ? '' : point + more}E+${power}`;
        expect(numbers(cell, region)).toEqual(['scientific-phone']);
      },
    ),
  );
});

test.each([
  ['второй@пример.рф', ['второй@пример.рф'], []],
  ['Мария <m@example.org>, "Олег" <o@example.org>', ['m@example.org', 'o@example.org'], []],
  ['m@example.org.', ['m@example.org'], []],
  ['mailto:m@example.org', ['m@example.org'], []],
  ['a@b.ru; c@d.ru ::: e@f.ru', ['a@b.ru', 'c@d.ru', 'e@f.ru'], []],
  ['a@b.ru нет', ['a@b.ru'], ['нет']],
  ['a@b', [], ['a@b']],
  ['a..b@c.ru', [], ['a..b@c.ru']],
  ['@', [], []],
])('the e-mails of %j', (cell, emails, bad) => {
  expect(emailsOf(cell)).toEqual({ emails, bad: bad.map((value) => ({ code: 'bad-email', value })) });
});
