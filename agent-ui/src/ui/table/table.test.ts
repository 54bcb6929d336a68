import { compareValues, nextOrder, orderOf, orderText } from './order.ts';
import { rowAfterKey } from './rowKeys.ts';
import { isShown, memoryOf, nothingKept, withoutView, withView } from './views.ts';

test('an order is written into an address and read from it; a column that cannot be sorted by is none', () => {
  for (const text of ['name', '-name']) expect(orderText(orderOf(text, ['name']) ?? fail())).toBe(text);
  expect(orderOf('-secret', ['name'])).toBeNull();
  expect(orderOf(null, ['name'])).toBeNull();
});

test('a heading pressed again and again sorts up, down, and not at all', () => {
  const up = nextOrder(null, 'name');
  const down = nextOrder(up, 'name');
  expect([up, down, nextOrder(down, 'name')]).toEqual([
    { column: 'name', descending: false },
    { column: 'name', descending: true },
    null,
  ]);
  expect(nextOrder(down, 'dueAt')).toEqual({ column: 'dueAt', descending: false });
});

test('texts are sorted as the language does, with numbers by their size', () => {
  const collator = new Intl.Collator('ru', { numeric: true });
  const sorted = ['Яна', 'ёлка', 'Анна', 'Зал 10', 'Зал 9'].sort((a, b) => compareValues(a, b, collator));
  expect(sorted).toEqual(['Анна', 'ёлка', 'Зал 9', 'Зал 10', 'Яна']);
  expect(compareValues(2, 10, collator)).toBeLessThan(0);
  expect(compareValues(false, true, collator)).toBeLessThan(0);
});

test.each([
  ['ArrowDown', 3, 4],
  ['ArrowUp', 0, 0],
  ['ArrowDown', 9, 9],
  ['Home', 5, 0],
  ['End', 5, 9],
  ['PageDown', 5, 9],
  ['PageUp', 8, 2],
])('%s at row %i leads to row %i', (key, at, to) => {
  expect(rowAfterKey(key, at, 10, 6)).toBe(to);
});

test('any other key leads nowhere', () => {
  expect(rowAfterKey('a', 3, 10, 6)).toBeNull();
});

test('a view is kept by its name, replaced by its name and taken away', () => {
  const first = withView(nothingKept, { name: 'VIP', search: 'tier=vip', hidden: [] });
  const second = withView(first, { name: 'Mine', search: '', hidden: ['tags'] });
  const again = withView(second, { name: 'VIP', search: 'tier=vip&sort=name', hidden: [] });
  expect(again.views.map(({ name, search }) => [name, search])).toEqual([
    ['VIP', 'tier=vip&sort=name'],
    ['Mine', ''],
  ]);
  expect(withoutView(again, 'VIP').views.map(({ name }) => name)).toEqual(['Mine']);
});

test('what is kept is read again; what cannot be read was never kept', () => {
  const memory = withView(nothingKept, { name: 'VIP', search: 'tier=vip', hidden: ['tags'] });
  expect(memoryOf(JSON.stringify(memory))).toEqual(memory);
  for (const text of [undefined, '', '{', '{"views":1}']) expect(memoryOf(text)).toEqual(nothingKept);
});

test('a view is the one that is shown whatever the order of its filters', () => {
  const view = { name: 'VIP', search: 'tier=vip&q=x', hidden: ['b', 'a'] };
  expect(isShown(view, 'q=x&tier=vip', ['a', 'b'])).toBe(true);
  expect(isShown(view, 'q=x', ['a', 'b'])).toBe(false);
  expect(isShown(view, 'q=x&tier=vip', [])).toBe(false);
});

function fail(): never {
  throw new Error('no order');
}
