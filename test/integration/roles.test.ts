import { rolesApi, teamsApi } from '@ringdesk/shared/team';
import { session } from '@ringdesk/shared/user';
import type { z } from 'zod';
import { callsFor, type House, hire, openHouse, password } from '../house/house.ts';
import type { Server } from '../house/server.ts';
import { ask, logIn, type Session } from '../house/session.ts';

/** Teams and own roles on a real server. */
jest.setTimeout(120_000);

let house: House;
let server: Server;
let admin: Session;
let anna: Session;

beforeAll(async () => {
  house = await openHouse();
  await callsFor(house, { agents: 4, callsPerSecond: 0.01 });
  await hire(house, [
    { login: 'admin', name: 'Admin', role: 'admin', agent: null },
    { login: 'anna', name: 'Anna', role: 'agent', agent: '1001' },
    { login: 'boris', name: 'Boris', role: 'agent', agent: '1002' },
  ]);
  server = await house.start();
  admin = await logIn(server.url, 'admin', password);
  anna = await logIn(server.url, 'anna', password);
});
afterAll(() => house.close());

function send(method: string, path: string, body?: object, who: Session = admin) {
  return ask(server.url, `/api${path}`, {
    method,
    headers: { 'content-type': 'application/json', cookie: who.cookie },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
function read<T>(schema: z.ZodType<T> | null, { body }: { body: unknown }): T {
  if (schema === null) throw new Error('It answers nothing');
  return schema.parse(body);
}
const idOf = async (login: string): Promise<string> => {
  const { users } = JSON.parse(JSON.stringify((await send('GET', '/users')).body));
  return users.find((one: { login: string }) => one.login === login).id;
};

test('a role of the house`s own holds for who has it, at once, and only that', async () => {
  const grants = { 'tasks.use': 'own', 'interactions.read': 'own', 'desk.use': 'own' };
  const created = await send('POST', '/roles', { name: 'Senior', grants });
  expect(created.status).toBe(201);
  const role = read(rolesApi.create.answer, created);
  await send('PATCH', `/users/${await idOf('anna')}`, { role: role.id });
  anna = await logIn(server.url, 'anna', password);
  expect(read(session, await send('GET', '/me', undefined, anna))).toMatchObject({
    roleName: 'Senior',
    may: grants,
  });
  expect((await send('GET', '/customers?q=a', undefined, anna)).status).toBe(403);

  const wider = { ...grants, 'customers.read': 'all' };
  expect((await send('PUT', `/roles/${role.id}`, { name: 'Senior', grants: wider, basedOn: 1 })).status).toBe(
    200,
  );
  expect((await send('GET', '/customers?q=a', undefined, anna)).status).toBe(200);
  expect((await send('DELETE', `/roles/${role.id}`)).status).toBe(409);
});

test('a permission that belongs to nobody in particular reaches all or nobody; built-in roles stay', async () => {
  expect((await send('POST', '/roles', { name: 'X', grants: { 'customers.read': 'team' } })).status).toBe(
    400,
  );
  const { roles } = read(rolesApi.list.answer, await send('GET', '/roles'));
  expect(roles.filter(({ builtIn }) => builtIn).map(({ id }) => id)).toContain('integration');
  expect((await send('PUT', '/roles/admin', { name: 'X', grants: {}, basedOn: 1 })).status).toBe(404);
});

test('nobody gives what they have not: not as a role, nor by a link to an administrator`s password', async () => {
  const keeper = read(
    rolesApi.create.answer,
    await send('POST', '/roles', { name: 'Keeper', grants: { 'users.read': 'all', 'users.write': 'all' } }),
  );
  await send('PATCH', `/users/${await idOf('boris')}`, { role: keeper.id });
  const boris = await logIn(server.url, 'boris', password);
  const asBoris = (method: string, path: string, body?: object) => send(method, path, body, boris);
  expect((await asBoris('POST', '/roles', { name: 'Y', grants: { 'audit.read': 'all' } })).status).toBe(403);
  expect((await asBoris('POST', '/users', { login: 'eve', name: 'Eve', role: 'admin' })).status).toBe(403);
  expect((await asBoris('POST', `/users/${await idOf('admin')}/invitation`)).status).toBe(403);
  expect((await asBoris('PATCH', `/users/${await idOf('admin')}`, { disabled: true })).status).toBe(403);
  expect((await asBoris('PUT', `/roles/${keeper.id}`, { name: 'Z', grants: {}, basedOn: 1 })).status).toBe(
    409,
  );
  expect((await asBoris('POST', '/users', { login: 'eve', name: 'Eve', role: 'no-such' })).status).toBe(400);
});

test('who comes too late is told what was changed, by whom; the change is in the audit', async () => {
  const members = [await idOf('boris')];
  const made = read(
    teamsApi.create.answer,
    await send('POST', '/teams', { name: 'Sales', members, supervisors: [] }),
  );
  const change = (name: string) =>
    send('PUT', `/teams/${made.id}`, { name, members, supervisors: [], basedOn: made.version });
  expect((await change('Sales and returns')).status).toBe(200);
  const late = await change('Shop');
  expect(late.status).toBe(409);
  expect(late.body).toMatchObject({
    error: {
      code: 'changed-meanwhile',
      meanwhile: {
        version: 2,
        by: 'Admin',
        changes: { name: { before: 'Sales', after: 'Sales and returns' } },
      },
    },
  });
  expect((await send('POST', '/teams', { name: 'X', members: ['nobody'], supervisors: [] })).status).toBe(
    400,
  );
  expect((await send('DELETE', `/teams/${made.id}`)).status).toBe(204);
  const { teams } = read(teamsApi.list.answer, await send('GET', '/teams'));
  expect(teams).toEqual([]);
  const seen = async (): Promise<string[]> => {
    const { records } = JSON.parse(JSON.stringify((await send('GET', '/audit?kind=team')).body));
    return records.map(({ what }: { what: string }) => what);
  };
  while ((await seen()).length < 3) await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await seen()).toEqual(['team.removed', 'team.changed', 'team.created']);
});
