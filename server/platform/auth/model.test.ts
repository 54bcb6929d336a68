import { type KnownUser, loginKey, mistakesOf, type NewUser, stillAllowed } from './model.ts';

const anna: NewUser = { login: 'anna', password: 'long enough', name: 'Анна', role: 'agent' };

test.each<[string, Partial<NewUser>, string[]]>([
  ['all is well', {}, []],
  ['a Cyrillic login', { login: 'анна.п' }, []],
  ['no login', { login: ' ' }, ['login']],
  ['a login with a space', { login: 'anna p' }, ['login']],
  ['no name', { name: ' ' }, ['name']],
  ['a short password', { password: '1234567' }, ['password']],
  ['nothing right', { login: '', name: '', password: '' }, ['login', 'name', 'password']],
])('%s', (_, change, expected) => {
  expect(mistakesOf({ ...anna, ...change }).map((mistake) => mistake.path)).toEqual(expected);
});

test('logins are compared without case', () => {
  expect(loginKey(' Анна.P ')).toBe(loginKey('анна.p'));
});

const known: KnownUser = {
  id: 'u1',
  login: 'anna',
  name: 'Анна',
  role: 'agent',
  agent: '1001',
  device: 'PJSIP/1001',
  locale: null,
  credentials: 2,
  disabled: false,
};

test.each([
  ['as before', known, true],
  ['removed', null, false],
  ['disabled', { ...known, disabled: true }, false],
  ['with a new password', { ...known, credentials: 3 }, false],
])('a session of a user %s', (_, user, goesOn) => {
  expect(stillAllowed(user, 2) !== null).toBe(goesOn);
});

test('what the page sees holds nothing of the password', () => {
  expect(stillAllowed(known, 2)).not.toHaveProperty('credentials');
});
