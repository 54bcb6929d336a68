import {
  type KnownUser,
  loginKey,
  longestSessionMs,
  mistakesOf,
  type NewUser,
  stillAllowed,
} from './model.ts';

const anna: NewUser = { login: 'anna', password: 'long enough', name: 'Анна', role: 'agent' };

test.each<[string, Partial<NewUser>, string[]]>([
  ['all is well', {}, []],
  ['a Cyrillic login', { login: 'анна.п' }, []],
  ['no login', { login: ' ' }, ['login']],
  ['a login with a space', { login: 'anna p' }, ['login']],
  ['no name', { name: ' ' }, ['name']],
  ['a name that is turned around', { name: 'Anna \u202EorteP' }, ['name']],
  ['an agent that is more than a number', { agent: '1009,__X=1' }, ['agent']],
  ['a phone of the queue', { agent: '1009', device: 'PJSIP/1009' }, []],
  ['a Local member', { device: 'Local/1009@from-queue/n' }, []],
  ['a phone that is a dialplan', { device: 'Local/123@other,s,1/n' }, ['device']],
  ['a phone at the desk and one in the browser', { device: 'PJSIP/1009,PJSIP/991009' }, []],
  ['a phone and a mobile', { device: 'PJSIP/1009,+79161234567' }, []],
  ['a phone of one of several PBXs', { device: 'kazan:PJSIP/1009' }, []],
  ['a mobile without its country', { device: '89161234567' }, ['device']],
  ['a mobile of one PBX', { device: 'kazan:+79161234567' }, ['device']],
  ['a phone and what is none', { device: 'PJSIP/1009,PJSIP/1&2' }, ['device']],
  ['two phones in one', { device: 'PJSIP/1009&PJSIP/1010' }, ['device']],
  ['a phone with a line of its own', { device: 'PJSIP/1\r\nAction: Originate' }, ['device']],
  ['nothing right', { login: '', name: '' }, ['login', 'name']],
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

const now = Date.UTC(2026, 10, 29);
const facts = { credentials: 2, begunAt: now - 3_600_000 };

test.each([
  ['as before', known, facts, true],
  ['removed', null, facts, false],
  ['disabled', { ...known, disabled: true }, facts, false],
  ['with a new password', { ...known, credentials: 3 }, facts, false],
  ['for a day and a bit', known, { ...facts, begunAt: now - longestSessionMs - 1 }, false],
  ['from before sessions had an end', known, { ...facts, begunAt: null }, false],
  ['on a server whose clock is a bit ahead', known, { ...facts, begunAt: now + 5000 }, true],
  [
    'that begins in an hour: somebody set the clock back',
    known,
    { ...facts, begunAt: now + 3_600_000 },
    false,
  ],
])('a session of a user %s', (_, user, session, goesOn) => {
  expect(stillAllowed(user, session, now) !== null).toBe(goesOn);
});

test('what the page sees holds nothing of the password', () => {
  expect(stillAllowed(known, facts, now)).not.toHaveProperty('credentials');
});
