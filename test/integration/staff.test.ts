import { staffApi } from '@ringdesk/shared/staff';
import { z } from 'zod';
import { callsFor, type House, hire, openHouse, password } from '../house/house.ts';
import type { Server } from '../house/server.ts';
import { ask, logIn, type Session } from '../house/session.ts';

/** An administrator hires, changes and shuts out people on a real server. */
jest.setTimeout(120_000);

let house: House;
let server: Server;
let admin: Session;

beforeAll(async () => {
  house = await openHouse();
  await callsFor(house, { agents: 4, callsPerSecond: 0.01 });
  await hire(house, [{ login: 'admin', name: 'Admin', role: 'admin', agent: null }]);
  server = await house.start();
  admin = await logIn(server.url, 'admin', password);
});
afterAll(() => house.close());

function send(method: string, path: string, body?: object, session: Session | null = admin) {
  return ask(server.url, `/api${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(session === null ? {} : { cookie: session.cookie }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
const users = async () =>
  z
    .object({ users: z.array(z.looseObject({ id: z.string(), login: z.string() })) })
    .parse((await send('GET', '/users')).body).users;

test('who is invited sets a password by the link, once, and works', async () => {
  const invited = await send('POST', '/users', { login: 'vera', name: 'Vera', role: 'agent', agent: '1002' });
  expect(invited.status).toBe(201);
  const { token, user } = staffApi.invite.answer?.parse(invited.body) ?? { token: '', user: { id: '' } };
  expect((await send('POST', '/invitation', { token }, null)).body).toEqual({ login: 'vera', name: 'Vera' });
  const weak = await send('POST', '/invitation/accept', { token, password: 'qwerty12' }, null);
  expect(weak.status).toBe(400);
  const accept = { token, password: 'kettle and lamp' };
  expect((await send('POST', '/invitation/accept', accept, null)).status).toBe(204);
  expect((await send('POST', '/invitation/accept', accept, null)).status).toBe(404);
  const vera = await logIn(server.url, 'vera', 'kettle and lamp');
  expect((await send('GET', '/users', undefined, vera)).status).toBe(403);

  // Ended sessions are over at once; who is shut out does not come back.
  expect((await send('DELETE', `/users/${user.id}/sessions`)).status).toBe(204);
  expect((await send('GET', '/me', undefined, vera)).status).toBe(401);
  const changed = await send('PATCH', `/users/${user.id}`, { disabled: true, agent: null });
  expect(changed.body).toMatchObject({ disabled: true, agent: null, name: 'Vera' });
  await expect(logIn(server.url, 'vera', 'kettle and lamp')).rejects.toThrow('401');
});

test('a new link makes the one before worthless; a made-up one is none', async () => {
  const first = staffApi.invite.answer?.parse(
    (await send('POST', '/users', { login: 'oleg', name: 'Oleg', role: 'agent' })).body,
  );
  const again = await send('POST', `/users/${first?.user.id}/invitation`);
  expect(again.status).toBe(200);
  expect((await send('POST', '/invitation', { token: first?.token }, null)).status).toBe(404);
  expect((await send('POST', '/invitation', { token: 'x'.repeat(43) }, null)).status).toBe(404);
});

test('the phones of the PBX, and whose they are', async () => {
  const { phones } = staffApi.phones.answer?.parse((await send('GET', '/phones')).body) ?? { phones: [] };
  expect(phones.length).toBeGreaterThan(0);
  // Nobody is hired whose they are: the users' list does not say so.
  expect(phones.find(({ device }) => device === 'PJSIP/1001')).toMatchObject({
    agent: '1001',
    isUsers: false,
  });
});

test('an extension is one user`s; nobody shuts themselves out', async () => {
  await send('POST', '/users', { login: 'ira', name: 'Ira', role: 'agent', agent: '1003' });
  const twice = await send('POST', '/users', { login: 'lev', name: 'Lev', role: 'agent', agent: '1003' });
  expect(twice.status).toBe(409);
  const me = (await users()).find(({ login }) => login === 'admin');
  expect((await send('PATCH', `/users/${me?.id}`, { disabled: true })).status).toBe(409);
  expect((await send('PATCH', `/users/${me?.id}`, { role: 'agent' })).status).toBe(409);
  expect((await send('PATCH', `/users/${me?.id}`, { name: 'Anna Admin', role: 'admin' })).status).toBe(200);
});
