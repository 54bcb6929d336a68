import { commandsWith } from './commandsWith.ts';

const commands = ['Перерыв: обед', 'Перерыв: короткий', 'Оформление: тёмное', 'Open: Customers'].map(
  (label) => ({
    label,
  }),
);
const found = (text: string) => commandsWith(text, commands).map(({ label }) => label);

test.each([
  ['', commands.map(({ label }) => label)],
  ['пер', ['Перерыв: обед', 'Перерыв: короткий']],
  ['перерыв обе', ['Перерыв: обед']],
  ['обед перерыв', ['Перерыв: обед']],
  ['ТЕМНОЕ', ['Оформление: тёмное']],
  ['cust', ['Open: Customers']],
  ['рыв', []],
  ['перерыв ужин', []],
])('typing «%s» offers %j', (text, labels) => {
  expect(found(text)).toEqual(labels);
});
