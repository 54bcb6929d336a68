import { titleOf } from './title.ts';

test.each([
  [{ page: '', signal: null, waiting: 0 }, 'Ringdesk'],
  [{ page: 'Customers', signal: null, waiting: 0 }, 'Customers · Ringdesk'],
  [{ page: 'Customers', signal: null, waiting: 2 }, '(2) Customers · Ringdesk'],
  [{ page: 'Customers', signal: '☎ Vera Orlova', waiting: 2 }, '☎ Vera Orlova'],
])('%j is titled %s', (shown, title) => {
  expect(titleOf(shown)).toBe(title);
});
