import { customerInput } from './customer.ts';
import { plainText } from './plain-text.ts';

test.each([
  ['a name', 'Анна-Мария O’Neill', 'Анна-Мария O’Neill'],
  ['a family', '👩‍👧 Smith', '👩‍👧 Smith'],
  ['lines', 'one\n\ttwo', 'one\n\ttwo'],
  ['a NUL', 'An\u0000na', 'Anna'],
  ['a name turned around', 'Anna \u202Eрвотеп', 'Anna рвотеп'],
  ['an isolate', '\u2066Anna\u2069', 'Anna'],
  ['half a character', 'Anna\ud83d', 'Anna'],
  ['the other half', '\udc69Anna', 'Anna'],
  ['an escape of a terminal', 'Anna\u001b[2J', 'Anna[2J'],
])('%s', (_what, text, plain) => {
  expect(plainText(text)).toBe(plain);
});

test('nothing of a customer that people see holds such letters', () => {
  const trick = 'A\u202EB\u0000';
  const input = customerInput.parse({
    name: trick,
    company: trick,
    segment: trick,
    tags: [trick],
    note: trick,
    phones: [{ raw: '8 495 955-01-01', label: trick }],
  });
  expect(JSON.stringify(input)).not.toMatch(/202e|0000|\u202E/i);
  expect(input).toMatchObject({ name: 'AB', company: 'AB', segment: 'AB', tags: ['AB'], note: 'AB' });
  expect(customerInput.safeParse({ name: '\u202E \u0000' }).success).toBe(false);
});
