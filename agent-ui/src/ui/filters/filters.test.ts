import { z } from 'zod';
import { clearFilters, isFiltered, readFilters, writeFilters } from './filters.ts';

const schema = z.object({
  q: z.string().default(''),
  state: z.enum(['open', 'done']).default('open'),
  queue: z.string().optional(),
});
const read = (text: string) => readFilters(schema, new URLSearchParams(text));

test('filters are read from an address, each absent one at its default', () => {
  expect(read('q=orlova&state=done&queue=sales')).toEqual({ q: 'orlova', state: 'done', queue: 'sales' });
  expect(read('')).toEqual({ q: '', state: 'open' });
});

test('a word that is not known any more counts as absent, and the others stay', () => {
  expect(read('q=orlova&state=lost')).toEqual({ q: 'orlova', state: 'open' });
});

test('a filter at its default leaves the address, and what else stands there stays', () => {
  const params = new URLSearchParams('q=x&state=done&sort=-name');
  expect(writeFilters(schema, params, { q: '', state: 'open' }).toString()).toBe('sort=-name');
  expect(writeFilters(schema, params, { queue: 'sales' }).toString()).toBe(
    'q=x&state=done&sort=-name&queue=sales',
  );
});

test('cleared, the filters are gone and the order stays', () => {
  const params = new URLSearchParams('q=x&sort=-name');
  expect(isFiltered(schema, params)).toBe(true);
  const cleared = clearFilters(schema, params);
  expect(cleared.toString()).toBe('sort=-name');
  expect(isFiltered(schema, cleared)).toBe(false);
});
