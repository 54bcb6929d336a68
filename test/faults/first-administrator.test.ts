import { type House, openHouse, pbxAt } from '../house/house.ts';
import type { Server } from '../house/server.ts';
import { ask, logIn } from '../house/session.ts';

jest.setTimeout(240_000);

let house: House;
let server: Server;
beforeAll(async () => {
  house = await openHouse({ PORT: '0', ...pbxAt(1) });
  server = await house.start();
});
afterAll(() => house.close());

const post = (path: string, body: object) =>
  ask(server.url, path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

test('the first administrator is invited by a command, and the link sets a password once', async () => {
  const program = house.run(['user', 'invite', 'root', '--name', 'Roza Kim', '--role', 'admin']);
  expect(await program.ended()).toEqual({ code: 0, signal: null });
  const [, token = ''] = /^\/invitation#(\S+)$/m.exec(program.stdout()) ?? [];
  expect(token.length).toBeGreaterThan(40);
  expect((await post('/api/invitation', { token })).body).toEqual({ login: 'root', name: 'Roza Kim' });
  expect((await post('/api/invitation/accept', { token, password: 'short' })).status).toBe(400);
  const password = 'kettle and lamp';
  const both = await Promise.all(
    [password, `${password} too`].map((one) => post('/api/invitation/accept', { token, password: one })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([204, 404]);
  const which = both[0]?.status === 204 ? password : `${password} too`;
  expect((await (await logIn(server.url, 'root', which)).get('/api/users')).status).toBe(200);
});

test('who tries links one after the other has to wait', async () => {
  const tries = Array.from({ length: 40 }, (_, at) =>
    post('/api/invitation', { token: `guess-${at}-${'x'.repeat(40)}` }),
  );
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([404, 429]));
});
