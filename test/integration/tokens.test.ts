import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { topicMessage } from '@ringdesk/shared/live';
import { tokensApi } from '@ringdesk/shared/token';
import { WebSocket } from 'ws';
import { eventually } from '../house/eventually.ts';
import { callsFor, type House, hire, openHouse, password } from '../house/house.ts';
import type { Server } from '../house/server.ts';
import { ask, logIn, type Session } from '../house/session.ts';

/** Programs with a token, on a real server: over HTTP and over the live feed. */
jest.setTimeout(120_000);

let house: House;
let server: Server;
let admin: Session;

beforeAll(async () => {
  house = await openHouse();
  await callsFor(house, { agents: 4, callsPerSecond: 0.01 });
  await hire(house, [
    { login: 'admin', name: 'Admin', role: 'admin', agent: null },
    { login: 'vera', name: 'Vera', role: 'supervisor', agent: null },
  ]);
  server = await house.start();
  admin = await logIn(server.url, 'admin', password);
});
afterAll(() => house.close());

function send(method: string, path: string, headers: Record<string, string>, body?: object) {
  return ask(server.url, `/api${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
const asAdmin = () => ({ cookie: admin.cookie });
const bearing = (secret: string) => ({ authorization: `Bearer ${secret}` });
async function aToken(grants: object, expiresAt: string | null = null) {
  const made = await send('POST', '/tokens', asAdmin(), { name: 'Site', grants, expiresAt });
  expect(made.status).toBe(201);
  const answer = tokensApi.create.answer?.parse(made.body);
  if (answer === undefined) throw new Error('It answers nothing');
  return answer;
}
const reading = { 'customers.read': 'all', 'customers.write': 'all' };

test('a token does what it may, and no more; from whatever site, and with its name in the audit', async () => {
  const { secret, token } = await aToken(reading);
  const elsewhere = { ...bearing(secret), origin: 'https://other.example', 'sec-fetch-site': 'cross-site' };
  const created = await send('POST', '/customers', elsewhere, { name: 'By a program' });
  expect(created.status).toBeLessThan(300);
  expect((await send('GET', '/users', bearing(secret))).status).toBe(403);
  expect((await send('GET', '/desk', bearing(secret))).status).toBe(403);
  const { tokens } = tokensApi.list.answer?.parse((await send('GET', '/tokens', asAdmin())).body) ?? {
    tokens: [],
  };
  expect(tokens.find(({ id }) => id === token.id)?.lastUsedAt).not.toBeNull();
  expect(JSON.stringify(tokens)).not.toContain(secret);
  await eventually('it stands in the audit', async () => {
    const { body } = await send('GET', '/audit?what=customer.created', asAdmin());
    return JSON.stringify(body).includes('"kind":"token"') ? body : null;
  });
});

test('revoked, over, or made up, it is nobody`s; wrong ones are slowed down', async () => {
  const { secret, token } = await aToken(reading);
  expect((await send('DELETE', `/tokens/${token.id}`, asAdmin())).status).toBe(204);
  expect((await send('GET', '/customers?q=a', bearing(secret))).status).toBe(401);
  const short = await aToken(reading, new Date(Date.now() + 1500).toISOString());
  await eventually('its time is over', async () => {
    const { status } = await send('GET', '/customers?q=a', bearing(short.secret));
    return status === 401 ? status : null;
  });
  const guesses = await Promise.all(
    Array.from({ length: 40 }, (_, n) => send('GET', '/customers?q=a', bearing(`rd_guess${n}`))),
  );
  expect(guesses.map(({ status }) => status)).toContain(429);
  const good = await aToken(reading);
  expect((await send('GET', '/customers?q=a', bearing(good.secret))).status).toBe(200);
});

test('nobody but who may makes one, and it holds no more than they may', async () => {
  const vera = await logIn(server.url, 'vera', password);
  expect((await send('GET', '/tokens', { cookie: vera.cookie })).status).toBe(403);
  const past = { name: 'x', grants: {}, expiresAt: '2020-01-01T00:00:00Z' };
  expect((await send('POST', '/tokens', asAdmin(), past)).status).toBe(400);
  const odd = { name: 'x', grants: { 'customers.read': 'team' }, expiresAt: null };
  expect((await send('POST', '/tokens', asAdmin(), odd)).status).toBe(400);
});

function openFeed(secret: string, how: 'head' | 'protocol' = 'head') {
  const url = `${server.url.replace(/^http/, 'ws')}/api/feed`;
  const socket =
    how === 'head'
      ? new WebSocket(url, { headers: bearing(secret) })
      : new WebSocket(url, ['ringdesk', secret], { origin: 'https://wall.example' });
  const heard: unknown[] = [];
  let end: number | null = null;
  socket.on('message', (text) => heard.push(topicMessage.parse(JSON.parse(String(text)))));
  socket.on('close', (code) => {
    end = code;
  });
  socket.on('error', () => undefined);
  return {
    heard,
    ended: () => end,
    ask: (topic: string) =>
      eventually('the feed is open', async () => {
        if (socket.readyState !== socket.OPEN) return null;
        socket.send(JSON.stringify({ do: 'subscribe', topic }));
        return true;
      }),
    until: (count: number) =>
      eventually(`${count} messages`, async () => (heard.length >= count ? heard : null)),
    close: () => socket.close(),
  };
}

test.each(['head', 'protocol'] as const)(
  'the feed: a snapshot, numbered deltas; the token in the %s',
  async (how) => {
    const { secret, token } = await aToken(reading);
    const feed = openFeed(secret, how);
    await feed.ask('changes/customer');
    await feed.until(1);
    await send('POST', '/customers', bearing(secret), { name: 'Seen live' });
    await feed.until(2);
    const [snapshot, delta] = feed.heard;
    expect(snapshot).toMatchObject({ kind: 'snapshot', topic: 'changes/customer', data: null });
    expect(delta).toMatchObject({ kind: 'delta', data: { type: 'customer.created' } });
    expect(Reflect.get(Object(delta), 'seq')).toBe(Number(Reflect.get(Object(snapshot), 'seq')) + 1);
    await feed.ask('changes/user');
    await feed.until(3);
    expect(feed.heard[2]).toMatchObject({ kind: 'refused', why: 'forbidden' });
    await send('DELETE', `/tokens/${token.id}`, asAdmin());
    await eventually('the feed ends', async () => feed.ended());
    expect(feed.ended()).toBe(4401);
  },
);

test('no feed without a token, and none for one that says too much', async () => {
  const stranger = openFeed('rd_nobody');
  await eventually('it is closed', async () => stranger.ended());
  expect(stranger.heard).toEqual([]);
  const { secret } = await aToken(reading);
  const loud = openFeed(secret);
  for (let n = 0; n < 150 && loud.ended() === null; n += 1) await loud.ask('nothing').catch(() => undefined);
  await eventually('it is cut', async () => loud.ended());
  expect(loud.ended()).toBe(4429);
});

test('the example of docs/api.md works', async () => {
  const text = readFileSync(join(__dirname, '../../docs/api.md'), 'utf8');
  const code = /```js\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const { secret } = await aToken(reading);
  const program = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: join(__dirname, '../..'),
    env: { ...process.env, RINGDESK_URL: server.url, RINGDESK_TOKEN: secret },
  });
  let said = '';
  program.stdout.on('data', (data) => {
    said += String(data);
  });
  program.stderr.on('data', (data) => {
    said += String(data);
  });
  try {
    await eventually('it listens', async () => (said.includes('listening') ? true : null));
    await send('POST', '/customers', bearing(secret), { name: 'Told by the feed' });
    await eventually('it tells of the customer', async () =>
      said.includes('Told by the feed') ? true : null,
    );
    expect(said).toContain('customer.created');
  } finally {
    program.kill();
  }
});
