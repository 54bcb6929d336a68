import type { ServerToClient } from '@ringdesk/shared/live-socket';
import { io } from 'socket.io-client';
import { type House, hirePeople, openHouse, password } from '../house/house.ts';
import type { Server } from '../house/server.ts';
import { logIn, type Session } from '../house/session.ts';

jest.setTimeout(180_000);

let house: House;
let server: Server;
beforeAll(async () => {
  house = await openHouse();
  await hirePeople(house);
  server = await house.start();
});
afterAll(() => house.close());

/** A page that is open; tells how its live link ends. */
async function openPage(session: Session) {
  const socket = io(session.url, {
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { cookie: session.cookie },
  });
  house.atEnd(() => socket.disconnect());
  const typed = socket.on('desk', (_view: Parameters<ServerToClient['desk']>[0]) => undefined);
  const told = new Promise<void>((resolve) => typed.once('bye', () => resolve()));
  const closed = new Promise<string>((resolve) => typed.once('disconnect', resolve));
  await new Promise<void>((resolve, reject) => {
    typed.once('connect', resolve);
    typed.once('connect_error', reject);
  });
  return { told, closed };
}

async function atWork(login: string) {
  const session = await logIn(server.url, login, password);
  return { session, page: await openPage(session) };
}

async function command(args: readonly string[], stdin?: string) {
  const program = house.run(args, stdin === undefined ? {} : { stdin });
  const { code } = await program.ended();
  return { code, told: program.stdout() + program.stderr() };
}

/** From now until the page is told and its link closed, ms. */
async function untilClosed(page: { told: Promise<void>; closed: Promise<string> }): Promise<number> {
  const from = performance.now();
  await page.told;
  expect(await page.closed).toBe('io server disconnect');
  return performance.now() - from;
}

test.each([
  ['shut out', '1001', ['user', 'disable', '1001'], undefined],
  ['given a new password', '1002', ['user', 'passwd', '1002'], 'a password of another kind\n'],
  ['given another role', '1003', ['user', 'role', '1003', 'supervisor'], undefined],
  ['given another seat', '1004', ['user', 'seat', '1004', '1099'], undefined],
  ['removed', '1005', ['user', 'remove', '1005'], undefined],
])(
  'who is %s beside the running server has no page and no session five seconds later',
  async (_what, login, args, stdin) => {
    const { session, page } = await atWork(login);
    expect(await command(args, stdin)).toMatchObject({ code: 0 });
    expect(await untilClosed(page)).toBeLessThan(5000);
    expect((await session.get('/api/me')).status).toBe(401);
    await expect(openPage(session)).rejects.toThrow();
  },
);

test('who is let in again has to log in anew', async () => {
  const { session } = await atWork('3000');
  await command(['user', 'disable', '3000']);
  await expect(logIn(server.url, '3000', password)).rejects.toThrow(/wrong-login/);
  await command(['user', 'enable', '3000']);
  expect((await session.get('/api/me')).status).toBe(401);
  await logIn(server.url, '3000', password);
});

test('a new password of one`s own ends all other sessions and pages, and this one goes on', async () => {
  const elsewhere = await atWork('3001');
  const here = await logIn(server.url, '3001', password);
  const change = (current: string, next: string) => here.send('POST', '/api/me/password', { current, next });
  expect(await change('a wrong password', 'kettle and lamp')).toMatchObject({
    status: 400,
    body: { error: { code: 'bad-input', fields: [{ path: 'current' }] } },
  });
  expect(await change(password, 'password1234')).toMatchObject({
    status: 400,
    body: { error: { code: 'bad-input', fields: [{ path: 'password' }] } },
  });
  expect((await here.get('/api/me/sessions')).body).toMatchObject({
    sessions: [{ current: true, address: '127.0.0.1' }, { current: false }],
  });
  expect((await change(password, 'kettle and lamp')).status).toBe(204);
  await untilClosed(elsewhere.page);
  expect((await elsewhere.session.get('/api/me')).status).toBe(401);
  // The cookie of before is worth nothing: the answer brought another one.
  expect((await here.get('/api/me')).status).toBe(401);
  await logIn(server.url, '3001', 'kettle and lamp');
});

test('a session of one`s own can be ended from another device', async () => {
  const lost = await atWork('3002');
  const here = await logIn(server.url, '3002', password);
  const { body } = await here.get('/api/me/sessions');
  const { sessions } = body as { sessions: { id: string; current: boolean }[] };
  const other = sessions.find(({ current }) => !current);
  const end = () =>
    fetch(`${server.url}/api/me/sessions/${other?.id}`, {
      method: 'DELETE',
      headers: { cookie: here.cookie },
    });
  expect((await end()).status).toBe(204);
  await untilClosed(lost.page);
  expect((await end()).status).toBe(404);
  expect((await here.get('/api/me')).status).toBe(200);
});

test('what the command says when it cannot be done', async () => {
  expect(await command(['user', 'disable', 'nobody'])).toEqual({
    code: 1,
    told: 'There is no user with this login.\n',
  });
  expect(await command(['user', 'role', 'vera', 'boss'])).toMatchObject({ code: 2 });
  expect(
    await command(['user', 'add', 'olga', '--name', 'Olga', '--agent', '1009,__X=1'], 'kettle and lamp\n'),
  ).toEqual({
    code: 1,
    told: 'The user was not saved: agent must be 1 to 8 digits; device must be phones, e.g. PJSIP/1001,PJSIP/991001, Local/1001@agents/n or a mobile +79161234567.\n  agent: must be 1 to 8 digits\n  device: must be phones, e.g. PJSIP/1001,PJSIP/991001, Local/1001@agents/n or a mobile +79161234567\n',
  });
});
