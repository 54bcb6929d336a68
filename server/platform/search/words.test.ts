import fc from 'fast-check';
import { beginningsOf, comparable, wordKeys, words } from './words.ts';

/** Whether somebody who types this finds that: each typed word begins a key of it. */
function finds(typed: string, text: string): boolean {
  const keys = wordKeys(text);
  return words(typed).every((word) =>
    beginningsOf(word).some((beginning) => keys.some((key) => key.startsWith(beginning))),
  );
}

test.each([
  ['ромашка', 'ООО «Ромашка-Юг»'],
  ['ромаш', 'ООО «Ромашка-Юг»'],
  ['ромашки', 'ООО «Ромашка-Юг»'],
  ['romashka', 'ООО «Ромашка-Юг»'],
  ['Ромашка', 'Romashka Ltd'],
  ['елкина', 'Ёлкина Татьяна'],
  ['Щукин', 'Shchukin'],
  ['schukin', 'Щукин'],
  ['julia', 'Юлия'],
  ['yulia', 'Юлия'],
  ['Юлия', 'Julija'],
  ['khabarov', 'Хабаров'],
  ['Алексей', 'Alexey'],
  ['orders', 'Order from spring'],
  ['доставкой', 'Доставка на дом'],
  ['жалобы', 'жалоба'],
  ['müller', 'Muller'],
])('"%s" finds %s', (typed, text) => {
  expect(finds(typed, text)).toBe(true);
});

test.each([
  ['роза', 'Ромашка'],
  ['ivanova', 'Петрова'],
  ['24', 'Заказ 42'],
])('"%s" does not find %s', (typed, text) => {
  expect(finds(typed, text)).toBe(false);
});

test('every word is found as it is written, and by each of its beginnings', () => {
  const word = fc.stringMatching(/^[а-яёa-z]{1,20}$/);
  fc.assert(
    fc.property(word, fc.nat(), (written, cut) => {
      expect(finds(written, `x ${written} y`)).toBe(true);
      const beginning = comparable(written).slice(0, 1 + (cut % written.length));
      const keys = wordKeys(written);
      expect(beginningsOf(beginning).some((typed) => keys.some((key) => key.startsWith(typed)))).toBe(true);
    }),
  );
});
