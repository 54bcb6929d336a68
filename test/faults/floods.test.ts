import { callsFor, type House, hirePeople, openHouse, password } from '../house/house.ts';
import { frameOf, openLink } from '../house/raw-link.ts';
import type { Server } from '../house/server.ts';
import { ask, logIn } from '../house/session.ts';
import { crewAt, type Worker } from './crew.ts';

jest.setTimeout(240_000);

let house: House;
let server: Server;
let crew: Worker[];
beforeAll(async () => {
  house = await openHouse();
  await callsFor(house, { agents: 8, callsPerSecond: 1 });
  await hirePeople(house);
  server = await house.start();
  crew = await crewAt(house, server.url, { wrapsUp: true });
});
afterAll(() => house.close());

/** Resolves when the card of another call comes up somewhere. */
function nextPop(): Promise<unknown> {
  const before = new Set(crew.flatMap(({ seat }) => [...seat.popped.keys()]));
  return Promise.any(
    crew.map(({ seat }) =>
      seat.sees('another card', ({ cards }) => cards.some(({ callId }) => !before.has(callId)), 120_000),
    ),
  );
}

function post(path: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}) {
  return ask(server.url, path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  }).then(({ status }) => status);
}

test('who is not logged in gets no live link at all, while calls go on', async () => {
  const links = await Promise.all(
    Array.from({ length: 50 }, () => openLink({ url: new URL(server.url), cookie: '' })),
  );
  expect(links.every((link) => link === null)).toBe(true);
  await nextPop();
});

test('a link that says more than a page says is closed, and cards come up meanwhile', async () => {
  const { cookie } = await logIn(server.url, '1001', password);
  const socket = await openLink({ url: new URL(server.url), cookie });
  if (socket === null) throw new Error('no link');
  const words = Buffer.concat(Array.from({ length: 500 }, () => frameOf('42["resync"]')));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(frameOf('40'));
  const flood = setInterval(() => socket.writableNeedDrain || socket.write(words), 5);
  const popped = nextPop();
  await closed;
  clearInterval(flood);
  await server.logged(/A live link says more than a page says/);
  await popped;
});

test('huge bodies of strangers are refused unread, and cards come up meanwhile', async () => {
  const deep = '['.repeat(1_000_000);
  const popped = nextPop();
  const answers = await Promise.all(
    ['/api/nothing', '/api/desk/dial', '/api/login', '/api/login'].map((path) =>
      // An answer that comes before the body is sent may cut the connection.
      post(path, deep).catch(() => 0),
    ),
  );
  expect(answers.filter((status) => ![0, 401, 404, 413].includes(status))).toEqual([]);
  await popped;
  expect(await post('/api/login', '['.repeat(1500))).toBe(400);
});

test('150 wrong passwords at once: who logged in here before is let in meanwhile, and cards come up', async () => {
  const send = (login: string, secret: string, cookie = '') =>
    fetch(`${server.url}/api/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', cookie },
      body: JSON.stringify({ login, password: secret }),
    });
  const [, device = ''] = (await send('vera', password)).headers
    .getSetCookie()
    .map((one) => one.split(';')[0] ?? '');
  expect(device).toMatch(/device=/);
  const popped = nextPop();
  let wrongAnswered = 0;
  const wrong = Array.from({ length: 150 }, async (_, at) => {
    const { status } = await send(at % 3 === 0 ? 'vera' : `nobody-${at}`, 'wrong');
    wrongAnswered += 1;
    return status;
  });
  expect((await send('vera', password, device)).status).toBe(200);
  expect(wrongAnswered).toBeLessThan(150);
  expect(new Set(await Promise.all(wrong))).toEqual(new Set([401, 429]));
  await popped;
});

test('who knows a password cannot keep the server busy with it, and keeps nobody else out', async () => {
  const body = JSON.stringify({ login: '1002', password });
  const statuses = await Promise.all(Array.from({ length: 80 }, () => post('/api/login', body)));
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  expect(await post('/api/login', JSON.stringify({ login: '1003', password }))).toBe(200);
});

test('bytes that are not what they say are a fault of who sends them, and no line each', async () => {
  const before = server.program.stderr().split('\n').length;
  const broken = Buffer.from('no gzip at all');
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => post('/api/login', broken, { 'Content-Encoding': 'gzip' })),
  );
  expect(answers.every((status) => status >= 400 && status < 500)).toBe(true);
  const after = server.program.stderr();
  expect(after).not.toMatch(/incorrect header check|Z_DATA_ERROR/);
  expect(after.split('\n').length - before).toBeLessThan(30);
});
