import type { Reason } from '@ringdesk/shared/settings';
import { filterReasons, nameOfChoice, reasonChoices, reasonName } from './reasons.ts';

const node = (id: string, ru: string, en: string, children: Reason[] = []): Reason => ({
  id,
  name: { ru, en },
  notAtFirstContact: false,
  archived: false,
  children,
});
const tree = [
  node('billing', 'Расчёты', 'Billing', [
    node('invoice', 'Счёт', 'Invoice'),
    node('refund', 'Возврат', 'Refund', [node('late', 'Задержан', 'Late')]),
  ]),
  node('other', 'Другое', 'Other'),
];

test('the leaves are the choices, each with its way', () => {
  expect(reasonChoices(tree, 'en')).toEqual([
    { path: 'billing/invoice', names: ['Billing', 'Invoice'] },
    { path: 'billing/refund/late', names: ['Billing', 'Refund', 'Late'] },
    { path: 'other', names: ['Other'] },
  ]);
});

test('ids that carry their whole way already are taken as they are', () => {
  const full = [node('billing', 'Р', 'B', [node('billing/invoice', 'С', 'I')])];
  expect(reasonChoices(full, 'en').map(({ path }) => path)).toEqual(['billing/invoice']);
});

test.each([
  ['', ['billing/invoice', 'billing/refund/late', 'other']],
  ['расчет', ['billing/invoice', 'billing/refund/late']],
  ['СЧЁТ', ['billing/invoice', 'billing/refund/late']],
  ['возв зад', ['billing/refund/late']],
  ['нет такой', []],
])('typing "%s" leaves %j', (text, paths) => {
  expect(filterReasons(reasonChoices(tree, 'ru'), text).map(({ path }) => path)).toEqual(paths);
});

test('names are given in the page`s language; what is no longer in the settings is still readable', () => {
  expect(reasonName('billing/refund/late', tree, 'ru')).toBe('Расчёты › Возврат › Задержан');
  expect(reasonName('gone/long-ago', tree, 'ru')).toBe('gone › long-ago');
  expect(nameOfChoice('other', tree, 'ru')).toBe('Другое');
  expect(nameOfChoice('gone', tree, 'ru')).toBe('gone');
});
