import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interaction } from '@ringdesk/shared/interaction';
import { anAnsweredLeg, anInteraction } from '@ringdesk/shared/testing/an-interaction';
import { createCustomers, customersFeature } from '../../server/features/customers/index.ts';
import { createInteractions, interactionsFeature } from '../../server/features/interactions/index.ts';
import { createUsers, usersFeature } from '../../server/features/users/index.ts';
import { createAudit } from '../../server/platform/audit/index.ts';
import { createSessions } from '../../server/platform/auth/index.ts';
import { createHttp, type Health } from '../../server/platform/http/index.ts';
import { StoreJobs } from '../../server/platform/jobs/store-jobs.ts';
import { createReading } from '../../server/platform/limits/reading.ts';
import { createBrowsing } from '../../server/platform/limits/turns.ts';
import { createMetrics } from '../../server/platform/metrics.ts';
import { openStore, type Store } from '../../server/platform/store/index.ts';
import { cuttable, log, reached, startDatabase } from './database.ts';

const password = 'correct horse';
let database: Awaited<ReturnType<typeof startDatabase>>;
let line: Awaited<ReturnType<typeof cuttable>>;
let store: Store;
let staticDir: string;
const health: { parts: Health } = { parts: {} };

beforeAll(async () => {
  database = await startDatabase();
  line = await cuttable(database.url);
  store = await openStore({ mongoUrl: line.url, dataDir: '', log, metrics: createMetrics() });
  staticDir = await mkdtemp(join(tmpdir(), 'ringdesk-page-'));
  await mkdir(join(staticDir, 'assets'));
  await writeFile(join(staticDir, 'index.html'), '<title>Ringdesk</title>');
  await writeFile(join(staticDir, 'assets', 'main-abc123.js'), 'export {}');
});
afterAll(async () => {
  await store.connection.dropDatabase();
  await store.close();
  await line.close();
  await database.stop();
  await rm(staticDir, { recursive: true });
});

/** A server on the store as it is: starting another one is what a restart looks like. */
async function startServer() {
  const metrics = createMetrics();
  const users = createUsers({ store });
  const customers = createCustomers({ store, region: 'RU' });
  const interactions = createInteractions({ store, agentNames: users.agentNames });
  const secret = 'a secret of the test';
  const sessions = createSessions({ store, secret, findUser: users.find });
  const { audit, stop: stopAudit } = createAudit({ store, log });
  const browsing = createBrowsing();
  const jobs = new StoreJobs({ store, log });
  const reading = createReading({ audit, isOnDesk: () => false });
  const { server } = createHttp({
    config: { trustProxy: [], metricsToken: 'token-of-the-test' },
    log,
    metrics,
    localNamesOnly: false,
    sessions,
    routes: [
      usersFeature({ users, phones: () => [], sessions, secret, audit, log, metrics }),
      customersFeature({
        store,
        jobs,
        customers,
        reading,
        browsing,
        timeline: interactions.timeline,
        onChanged: () => {},
      }),
      interactionsFeature({
        store,
        jobs,
        interactions,
        customers,
        reading,
        browsing,
        toE164: () => null,
        onChanged: () => {},
      }),
    ].flatMap(({ routes = [] }) => routes),
    onChange: () => undefined,
    staticDir,
    health: () => health.parts,
    welcome: () => ({ simulated: true, embeddedStore: false, demoUsers: [] }),
  });
  await store.prepared();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    users,
    interactions,
    /** A browser of its own: it keeps its cookie. */
    browser() {
      let cookie = '';
      return async (path: string, init: RequestInit & { json?: unknown } = {}) => {
        const { json, ...rest } = init;
        const headers = new Headers(rest.headers);
        if (cookie !== '') headers.set('cookie', cookie);
        if (json !== undefined) headers.set('content-type', 'application/json');
        const response = await fetch(origin + path, {
          ...rest,
          headers,
          ...(json === undefined ? {} : { method: rest.method ?? 'POST', body: JSON.stringify(json) }),
        });
        const set = response.headers.getSetCookie()[0];
        if (set !== undefined) cookie = set.split(';')[0] ?? '';
        const text = await response.text();
        const isJson = (response.headers.get('content-type') ?? '').includes('json');
        return {
          status: response.status,
          headers: response.headers,
          text,
          body: isJson ? JSON.parse(text) : null,
        };
      };
    },
    async stop() {
      await stopAudit();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let server: Awaited<ReturnType<typeof startServer>>;
type Browser = ReturnType<(typeof server)['browser']>;

beforeEach(async () => {
  await store.connection.dropDatabase();
  server = await startServer();
  await server.users.createUser({
    login: 'anna',
    password,
    name: 'Анна',
    role: 'agent',
    agent: '1001',
    device: 'PJSIP/1001',
  });
  await server.users.createUser({ login: 'sveta', password, name: 'Света', role: 'supervisor' });
});
afterEach(() => server.stop());

async function loggedIn(login: string): Promise<Browser> {
  const browser = server.browser();
  const { status } = await browser('/api/login', { json: { login, password } });
  expect(status).toBe(200);
  return browser;
}

describe('login', () => {
  test('in, who am I, out', async () => {
    const browser = server.browser();
    expect((await browser('/api/me')).body.error.code).toBe('not-logged-in');
    const login = await browser('/api/login', { json: { login: 'ANNA', password } });
    expect(login.body.user).toMatchObject({ login: 'anna', name: 'Анна', role: 'agent', agent: '1001' });
    expect(login.headers.get('set-cookie')).toMatch(/^ringdesk=.*HttpOnly; SameSite=Lax/);
    expect((await browser('/api/me')).body).toEqual(login.body);
    expect((await browser('/api/logout', { method: 'POST' })).status).toBe(204);
    expect((await browser('/api/me')).status).toBe(401);
  });

  test('the cookie of before the logout is worth nothing', async () => {
    const browser = server.browser();
    const { headers } = await browser('/api/login', { json: { login: 'anna', password } });
    const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await browser('/api/logout', { method: 'POST' });
    expect((await server.browser()('/api/me', { headers: { cookie } })).status).toBe(401);
  });

  test('a wrong password and an unknown login get the same answer', async () => {
    const browser = server.browser();
    const wrong = await browser('/api/login', { json: { login: 'anna', password: 'wrong' } });
    const unknown = await browser('/api/login', { json: { login: 'nobody', password } });
    expect([wrong.status, wrong.body]).toEqual([unknown.status, unknown.body]);
    expect(wrong.body.error.code).toBe('wrong-login');
  });

  test('who guesses has to wait, others have not', async () => {
    const browser = server.browser();
    const guess = () => browser('/api/login', { json: { login: 'anna', password: 'guess' } });
    const statuses = [];
    for (let attempt = 0; attempt < 6; attempt += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const told = await browser('/api/login', { json: { login: 'anna', password } });
    expect([told.body.error.code, told.headers.get('retry-after')]).toEqual(['too-many-attempts', '1']);
    await loggedIn('sveta');
  });

  test('a session survives a restart of the server, and ends with a new password', async () => {
    const browser = server.browser();
    const { headers } = await browser('/api/login', { json: { login: 'anna', password } });
    const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await server.stop();
    server = await startServer();
    const later = server.browser();
    expect((await later('/api/me', { headers: { cookie } })).status).toBe(200);
    await server.users.setPassword('anna', 'battery staple');
    expect((await later('/api/me', { headers: { cookie } })).status).toBe(401);
  });
});

describe('customers', () => {
  test('create, change, find, and their contacts', async () => {
    const browser = await loggedIn('anna');
    const created = await browser('/api/customers', {
      json: { name: 'Петрова', phones: [{ raw: '8 495 955-01-01' }] },
    });
    expect(created.status).toBe(201);
    const { id } = created.body;
    const changed = await browser(`/api/customers/${id}`, {
      method: 'PUT',
      json: { name: 'Иванова', phones: [{ raw: '8 495 955-01-01' }], tier: 'vip' },
    });
    expect(changed.body).toMatchObject({ id, name: 'Иванова', tier: 'vip' });
    expect((await browser(`/api/customers/${id}`)).body).toEqual(changed.body);
    expect((await browser(`/api/customers?q=${encodeURIComponent('иван')}`)).body).toEqual({
      customers: [
        {
          id,
          kind: 'person',
          name: 'Иванова',
          company: null,
          tier: 'vip',
          segment: null,
          tags: [],
          updatedAt: changed.body.updatedAt,
          phones: [{ number: '+74959550101', label: null }],
        },
      ],
    });
    expect((await browser(`/api/customers/${id}/timeline`)).body).toEqual({
      interactions: [],
      total: 0,
      next: null,
    });
    expect((await browser('/api/customers/none')).body.error.code).toBe('not-found');
  });

  test('every wrong field is named', async () => {
    const browser = await loggedIn('anna');
    const { status, body } = await browser('/api/customers', {
      json: { name: ' ', emails: ['x'], tier: 'best' },
    });
    expect(status).toBe(400);
    expect(body.error.fields.map((field: { path: string }) => field.path)).toEqual([
      'name',
      'emails.0',
      'tier',
    ]);
  });

  test('two who change one customer: the second is told', async () => {
    const browser = await loggedIn('anna');
    const { body: read } = await browser('/api/customers', { json: { name: 'Петрова' } });
    const path = `/api/customers/${read.id}`;
    const change = (name: string) =>
      browser(path, { method: 'PUT', json: { name, basedOn: read.updatedAt } });
    expect((await change('Иванова')).status).toBe(200);
    const second = await change('Сидорова');
    expect([second.status, second.body.error.code]).toEqual([409, 'changed-meanwhile']);
    expect((await browser(path)).body.name).toBe('Иванова');
  });

  test('an import, tried and done; not by an agent', async () => {
    const csv = {
      method: 'POST',
      body: 'имя,телефон\nПетрова,89161234567\nИванов,x',
      headers: { 'content-type': 'text/csv' },
    };
    const refused = await (await loggedIn('anna'))('/api/customers/import', csv);
    expect([refused.status, refused.body.error.code]).toEqual([403, 'forbidden']);
    const browser = await loggedIn('sveta');
    expect((await browser('/api/customers/import?dryRun=1', csv)).body).toMatchObject({
      state: 'done',
      report: { dryRun: true, created: 1 },
    });
    const { body, status } = await browser('/api/customers/import', csv);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'done',
      report: { dryRun: false, created: 1, rejected: [{ line: 3, code: 'bad-phone' }] },
    });
    // Who lost the answer asks for it again.
    expect((await browser(`/api/customers/import/${body.id}`)).body).toEqual(body);
    expect((await browser('/api/customers/import')).body).toEqual({ latest: body });
    const unknown = await browser('/api/customers/import/none');
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'not-found']);
    expect((await (await loggedIn('anna'))(`/api/customers/import/${body.id}`)).status).toBe(403);
    expect((await browser('/api/customers?q=916')).body.customers).toHaveLength(1);
  });

  test.each([
    ['more than 20 MB', 'x'.repeat(20 * 1024 * 1024 + 1), 'text/csv', 413, 'too-large'],
    ['a broken file', 'name\n"А\n', 'text/csv', 400, 'bad-input'],
    ['another type', 'name\nА', 'image/png', 400, 'bad-input'],
  ])('an import of %s', async (_, body, type, status, code) => {
    const browser = await loggedIn('sveta');
    const answer = await browser('/api/customers/import', {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});

test.each([
  ['anna', '', 403],
  ['anna', '?agent=1002', 403],
  ['anna', '?agent=1001', 200],
  ['anna', '?number=%2B74955550101', 200],
  ['sveta', '', 200],
  ['sveta', '?limit=0', 400],
  ['sveta', '?cursor=x', 400],
])('%s lists contacts by "%s": %i', async (login, query, status) => {
  expect((await (await loggedIn(login))(`/api/interactions${query}`)).status).toBe(status);
});

test('an agent does not carry all customers away', async () => {
  const anna = await loggedIn('anna');
  const statuses: number[] = [];
  for (let at = 0; at < 70; at += 1)
    statuses.push((await anna(`/api/customers?limit=100&q=7916${at}`)).status);
  expect(statuses.slice(0, 60)).toEqual(Array(60).fill(200));
  expect(statuses).toContain(429);
  expect((await (await loggedIn('sveta'))('/api/customers?q=7916')).status).toBe(200);
});

const ended = (id: string, agent: string, number: string) =>
  interaction.parse(anInteraction({ id, number, legs: [anAnsweredLeg({ agent })] }));

test('an agent reads the own contacts and those of people before oneself, and no others by their ids', async () => {
  const anna = await loggedIn('anna');
  await server.interactions.write([
    ended('theirs', '1002', '+74955550101'),
    ended('own', '1001', '+74955550102'),
  ]);
  expect((await anna('/api/interactions/own')).status).toBe(200);
  expect((await anna('/api/interactions/theirs')).status).toBe(404);
  expect((await (await loggedIn('sveta'))('/api/interactions/theirs')).status).toBe(200);
  await anna('/api/interactions?number=%2B74955550101');
  expect((await anna('/api/interactions/theirs')).status).toBe(200);
});

describe('the edge', () => {
  test.each([
    ['without a login', '/api/customers', {}, 401, 'not-logged-in'],
    ['an unknown path', '/api/nothing', {}, 401, 'not-logged-in'],
    [
      'a broken body',
      '/api/login',
      { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
      400,
      'bad-input',
    ],
    ['a large body', '/api/login', { json: { login: 'x'.repeat(1_100_000) } }, 413, 'too-large'],
    [
      'another site',
      '/api/login',
      { json: {}, headers: { origin: 'https://evil.example' } },
      403,
      'forbidden',
    ],
    ['a broken address', '/api/customers/%E0%A4', {}, 400, 'bad-input'],
  ])('%s', async (_, path, init, status, code) => {
    const answer = await server.browser()(path, init);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  test.each([
    ['GET', '/api/nothing', 404],
    ['DELETE', '/api/customers', 404],
    ['GET', '/api/customers/%E0%A4', 400],
  ])('%s %s', async (method, path, status) => {
    expect((await (await loggedIn('anna'))(path, { method })).status).toBe(status);
  });

  test('what the login page needs is told to anybody', async () => {
    expect((await server.browser()('/api/welcome')).body).toEqual({
      simulated: true,
      embeddedStore: false,
      demoUsers: [],
    });
  });

  test('the page: its routes, its files, its headers', async () => {
    const browser = server.browser();
    const [root, route, asset, gone] = await Promise.all(
      ['/', '/desk/calls', '/assets/main-abc123.js', '/assets/old-def456.js'].map((path) => browser(path)),
    );
    expect([root?.text, route?.text]).toEqual(['<title>Ringdesk</title>', '<title>Ringdesk</title>']);
    expect(root?.headers.get('cache-control')).toBe('no-cache');
    expect(root?.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(root?.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
    expect(asset?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(gone?.status).toBe(404);
  });

  test('health and metrics', async () => {
    const browser = server.browser();
    health.parts = { store: { state: 'down', needed: false }, pbx: { state: 'up', needed: true } };
    expect((await browser('/readyz')).status).toBe(200);
    health.parts = { ...health.parts, journal: { state: 'down', needed: true, detail: 'the disk is full' } };
    const token = { authorization: 'Bearer token-of-the-test' };
    expect(await browser('/readyz', { headers: token })).toMatchObject({
      status: 503,
      body: { parts: { journal: { detail: 'the disk is full' } } },
    });
    expect((await browser('/readyz')).text).not.toContain('the disk is full');
    expect((await browser('/metrics', { headers: { authorization: 'Bearer guessed' } })).status).toBe(403);
    expect((await browser('/healthz')).status).toBe(200);
    expect((await browser('/metrics')).text).toContain('ringdesk_http_request_duration_seconds');
    const proxied = { headers: { 'x-forwarded-for': '192.0.2.1' } };
    expect((await browser('/metrics', proxied)).status).toBe(403);
    const withToken = { headers: { ...proxied.headers, authorization: 'Bearer token-of-the-test' } };
    expect((await browser('/metrics', withToken)).status).toBe(200);
  });
});

test('while the database is away who is logged in stays so, the rest is told so, and all goes on when it is back', async () => {
  const browser = await loggedIn('anna');
  await browser('/api/me');
  line.cut();
  await reached(store, 'down');
  expect((await browser('/api/me')).status).toBe(200);
  const [customers, login, stranger] = await Promise.all([
    browser('/api/customers?q=916'),
    server.browser()('/api/login', { json: { login: 'anna', password } }),
    server.browser()('/api/me', { headers: { cookie: 'ringdesk=s%3Aunknown.sig' } }),
  ]);
  expect([customers, login].map((answer) => [answer.status, answer.body.error.code])).toEqual([
    [503, 'store-unavailable'],
    [503, 'store-unavailable'],
  ]);
  expect(stranger.status).toBe(401);
  line.mend();
  await reached(store, 'up');
  await store.prepared();
  expect((await browser('/api/customers?q=916')).status).toBe(200);
}, 30_000);
