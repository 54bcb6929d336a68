import { isLocalName, isOwnRequest, type Origin } from './security.ts';

const post: Origin = { method: 'POST', fetchSite: undefined, origin: undefined, host: 'desk.example:8080' };

test.each<[string, Partial<Origin>, boolean]>([
  [
    'our page, by a browser that says so',
    { fetchSite: 'same-origin', origin: 'http://desk.example:8080' },
    true,
  ],
  [
    'our page behind the page server of development',
    { fetchSite: 'same-origin', origin: 'http://localhost:5173' },
    true,
  ],
  ['our page over plain http', { origin: 'http://desk.example:8080' }, true],
  ['a program', {}, true],
  ['another site', { fetchSite: 'cross-site', origin: 'https://evil.example' }, false],
  ['another site over plain http', { origin: 'http://evil.example' }, false],
  ['a neighbour in the domain', { fetchSite: 'same-site', origin: 'https://mail.example' }, false],
  ['another port', { origin: 'http://desk.example:9090' }, false],
  ['a sandboxed frame', { origin: 'null' }, false],
  ['a read from another site', { method: 'GET', fetchSite: 'cross-site' }, true],
])('%s', (_, change, expected) => {
  expect(isOwnRequest({ ...post, ...change })).toBe(expected);
});

test('only names that a page elsewhere cannot have are names of this machine', () => {
  const names = ['localhost', 'localhost:8080', '127.0.0.1:8080', '[::1]:8080', 'LOCALHOST:1'];
  expect(names.filter((name) => !isLocalName(name))).toEqual([]);
  const others = [
    '',
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1:8080',
    'evil.example:8080',
    'x@localhost',
  ];
  expect(others.filter(isLocalName)).toEqual([]);
});
