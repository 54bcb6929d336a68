import { callsFor, type House, hirePeople, openHouse, password } from '../house/house.ts';
import type { Server } from '../house/server.ts';
import { logIn } from '../house/session.ts';

jest.setTimeout(240_000);

/** This machine is the proxy: whatever it says of who asks is believed. */
let house: House;
let server: Server;
beforeAll(async () => {
  house = await openHouse({ TRUST_PROXY: 'loopback' });
  await callsFor(house, { agents: 8, callsPerSecond: 0.001 });
  await hirePeople(house);
  server = await house.start();
});
afterAll(() => house.close());

function tryLogin(login: string, said: string, headers: Readonly<Record<string, string>> = {}) {
  return fetch(`${server.url}/api/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ login, password: said }),
  });
}

test('a proxy that does not say https gets secure cookies for this host alone all the same', async () => {
  const response = await tryLogin('vera', password);
  expect(response.status).toBe(200);
  const cookies = response.headers.getSetCookie();
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-/);
    expect(cookie).toMatch(/; Path=\/(;|$)/);
    for (const flag of [/; Secure/, /; HttpOnly/, /; SameSite=(Lax|Strict)/]) expect(cookie).toMatch(flag);
  }
});

test('the page may use nothing of the machine that it does not need', async () => {
  const { headers } = await fetch(`${server.url}/api/welcome`);
  const policy = headers.get('permissions-policy') ?? '';
  for (const what of ['camera', 'geolocation', 'payment', 'usb', 'microphone'])
    expect(policy).toContain(`${what}=()`);
  expect(headers.get('content-security-policy')).toMatch(/connect-src 'self'(;|$)/);
});

test('of forty dials at once one passes', async () => {
  const { cookie } = await logIn(server.url, '1001', password);
  const dial = () =>
    fetch(`${server.url}/api/desk/dial`, {
      method: 'POST',
      headers: { cookie, 'Content-Type': 'application/json' },
      body: JSON.stringify({ number: '79165550199' }),
    }).then(({ status }) => status);
  const statuses = await Promise.all(Array.from({ length: 40 }, dial));
  expect(statuses.filter((status) => status < 300)).toHaveLength(1);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
});

test('guesses at one account from many addresses come to an end, and its own device is let in', async () => {
  const own = await tryLogin('1002', password);
  const cookie = own.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const statuses: number[] = [];
  for (let at = 0; at < 60; at += 1) {
    const response = await tryLogin('1002', `guess ${at}`, { 'X-Forwarded-For': `198.51.100.${at}` });
    statuses.push(response.status);
  }
  expect(statuses.slice(0, 3)).toEqual([401, 401, 401]);
  expect(statuses.at(-1)).toBe(429);
  expect(statuses.filter((status) => status === 401).length).toBeLessThan(50);
  expect((await tryLogin('1002', password, { cookie })).status).toBe(200);
});
