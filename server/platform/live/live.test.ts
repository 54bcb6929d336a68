import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { ClientToServer, DeskView, ServerToClient } from '@ringdesk/shared/desk';
import { changeTopics, type TopicMessage } from '@ringdesk/shared/live';
import type { User } from '@ringdesk/shared/user';
import type { RequestHandler } from 'express';
import { Registry } from 'prom-client';
import { io, type Socket } from 'socket.io-client';
import WebSocket from 'ws';
import { createLog } from '../log.ts';
import { createLive, type Live, Topics } from './index.ts';

type Page = Socket<ServerToClient, ClientToServer>;

const now = Date.UTC(2026, 0, 12, 9, 0, 0);

function user(id: string, agent: string | null): User {
  return { id, login: id, name: id, role: 'agent', agent, device: null, locale: null };
}
const users = new Map([
  ['a', user('anna', '1001')],
  ['b', user('boris', '1002')],
  ['s', user('chief', null)],
]);

function aView(agent: string, version: number, ringing: string[] = []): DeskView {
  return {
    epoch: 'e1',
    version,
    now,
    agent: {
      id: agent,
      name: agent,
      devices: [`PJSIP/${agent}`],
      state: 'available',
      reason: null,
      since: '2026-01-12T08:00:00.000Z',
    },
    queues: [],
    phone: 'idle',
    pbx: { state: 'up', since: '2026-01-12T08:00:00.000Z', message: null },
    cards: ringing.map((callId) => ({
      callId,
      leg: 0,
      phase: 'ringing',
      direction: 'inbound',
      queue: 'sales',
      did: null,
      number: '+74955550101',
      numberRaw: null,
      presentation: 'allowed',
      callerName: null,
      enteredQueueAt: null,
      offeredAt: new Date(now - 20).toISOString(),
      answeredAt: null,
      endedAt: null,
      outcome: null,
      consultation: false,
      match: { kind: 'none' },
      timeline: [],
      repeat: null,
      transferredFrom: null,
      wrapUp: { disposition: null, reason: null, note: '', revision: 0 },
      wrapUpEndsAt: null,
      can: { hangUp: true, transfer: false },
      consulting: null,
    })),
  };
}

let server: Server;
let live: Live;
let metrics: Registry;
let origin = '';
let views: Map<string, DeskView>;
let pages: Page[] = [];

/** The cookie `sid=a1` is the session `a1` of the user `a`. */
const sessionMiddleware: RequestHandler = (req, _res, next) => {
  const sessionID = /sid=(\w+)/.exec(req.headers.cookie ?? '')?.[1];
  Object.assign(req, { sessionID });
  next();
};
async function userOf(request: IncomingMessage): Promise<User | null> {
  const sessionId = 'sessionID' in request ? String(request.sessionID) : '';
  if (sessionId.startsWith('x')) throw new Error('the database is away');
  return users.get(sessionId.charAt(0)) ?? null;
}

let topics: Topics;
let sockets: WebSocket[] = [];

/** Sessions that ended after their pages were let in. */
const over = new Set<string>();

async function endedAmong(requests: readonly IncomingMessage[]): Promise<IncomingMessage[]> {
  return requests.filter((request) => 'sessionID' in request && over.has(String(request.sessionID)));
}

beforeEach(async () => {
  over.clear();
  server = createServer();
  metrics = new Registry();
  views = new Map([
    ['1001', aView('1001', 7)],
    ['1002', aView('1002', 3)],
  ]);
  topics = new Topics({ log: createLog({ level: 'silent', showPersonal: false }) });
  live = createLive({
    httpServer: server,
    sessionMiddleware,
    userOf,
    endedAmong,
    viewOf: (agent) => views.get(agent) ?? null,
    topics,
    log: createLog({ level: 'silent', showPersonal: false }),
    metrics,
    now: () => now,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});

afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  sockets = [];
  for (const page of pages) page.disconnect();
  pages = [];
  live.close();
  topics.close();
  await new Promise((resolve) => server.close(resolve));
});

function aPage(session: string, headers: Record<string, string> = {}): { page: Page; views: DeskView[] } {
  const page: Page = io(origin, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { cookie: `sid=${session}`, ...headers },
  });
  pages.push(page);
  const received: DeskView[] = [];
  page.on('desk', (view) => received.push(view));
  return { page, views: received };
}

/** A page that has its first view. */
async function shown(session: string) {
  const opened = aPage(session);
  await new Promise((resolve) => opened.page.once('desk', resolve));
  return opened;
}

function next(page: Page): Promise<DeskView> {
  return new Promise((resolve) => page.once('desk', resolve));
}

/** Whatever was sent to the page before is there when this has come back. */
async function echo(page: Page): Promise<void> {
  const view = next(page);
  page.emit('resync');
  await view;
}

async function refused(opened: { page: Page }): Promise<string> {
  const error = await new Promise<Error>((resolve) => opened.page.once('connect_error', resolve));
  return error.message;
}

test('a page gets the whole view of its agent when it comes, and when it asks', async () => {
  const { page, views: received } = await shown('a1');
  expect(received.map(({ version }) => version)).toEqual([7]);
  await echo(page);
  expect(received).toEqual([aView('1001', 7), aView('1001', 7)]);
});

test('a push reaches all pages of that agent, and nobody else`s', async () => {
  const [first, second, other] = [await shown('a1'), await shown('a2'), await shown('b1')];
  const arrived = Promise.all([next(first.page), next(second.page)]);
  live.pushDesk('1001', aView('1001', 8, ['c1']));
  const got = await arrived;
  expect(got.map(({ version }) => version)).toEqual([8, 8]);
  await echo(other.page);
  expect(other.views.map(({ agent }) => agent.id)).toEqual(['1002', '1002']);
});

test('the newest version arrives, whatever was pushed at once before it', async () => {
  const { page, views: received } = await shown('a1');
  const last = new Promise<void>((resolve) => {
    page.on('desk', (view) => {
      if (view.version === 500) resolve();
    });
  });
  for (let version = 8; version <= 500; version += 1) live.pushDesk('1001', aView('1001', version));
  await last;
  const versions = received.map(({ version }) => version);
  expect(versions).toEqual([...versions].sort((a, b) => a - b));
  expect(versions.length).toBeLessThan(20);
});

test('a supervisor without a phone is let in and gets no desk', async () => {
  const { page, views: received } = aPage('s1');
  await new Promise<void>((resolve) => page.once('connect', resolve));
  live.pushDesk('1001', aView('1001', 8));
  const anna = await shown('a1');
  await echo(anna.page);
  expect(received).toEqual([]);
});

test.each([
  ['nobody is logged in', 'z1', {}, 'websocket error'],
  ['the session cannot be read', 'x1', {}, 'websocket error'],
  ['a page of another site', 'a1', { origin: 'https://evil.example' }, 'websocket error'],
  ['a page of another port', 'a1', { origin: 'http://127.0.0.1:1' }, 'websocket error'],
])('refused: %s', async (_what, session, headers, message) => {
  expect(await refused(aPage(session, headers))).toBe(message);
});

test('long polling is not offered', async () => {
  const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling`, {
    headers: { cookie: 'sid=a1', connection: 'close' },
  });
  expect(response.status).toBe(400);
});

test.each([
  ['of one session', { sessionId: 'a1' }, ['a1'], ['a2', 'b1']],
  ['of all of a user`s', { userId: 'anna' }, ['a1', 'a2'], ['b1']],
] as const)('the end %s: the page is told, and its link is closed', async (_what, who, gone, stay) => {
  const opened = new Map<string, Awaited<ReturnType<typeof shown>>>();
  for (const session of [...gone, ...stay]) opened.set(session, await shown(session));
  const farewells = gone.map((session) => {
    const page = opened.get(session)?.page;
    const bye = new Promise<void>((resolve) => page?.once('bye', resolve));
    const closed = new Promise<string>((resolve) => page?.once('disconnect', resolve));
    return Promise.all([bye, closed]);
  });
  live.bye(who);
  for (const [, reason] of await Promise.all(farewells)) expect(reason).toBe('io server disconnect');
  for (const session of stay) expect(opened.get(session)?.page.connected).toBe(true);
});

test.each([
  ['within seconds', () => undefined],
  ['when it asks for its view', (page: Page) => page.emit('resync')],
])('a page whose session ended elsewhere is told and closed, %s', async (_when, act) => {
  const [gone, stays] = [await shown('a1'), await shown('b1')];
  const told = new Promise<void>((resolve) => gone.page.once('bye', resolve));
  const closed = new Promise<string>((resolve) => gone.page.once('disconnect', resolve));
  over.add('a1');
  act(gone.page);
  await told;
  expect(await closed).toBe('io server disconnect');
  expect(gone.views).toHaveLength(1);
  await echo(stays.page);
});

/** An upgrade asked for by hand: the status that it is answered with, and the line if it was opened. */
async function upgrade(session: string): Promise<{ status: string; line: WebSocket | null }> {
  const line = new WebSocket(`${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers: { cookie: `sid=${session}` },
  });
  sockets.push(line);
  return new Promise((resolve) => {
    line.once('open', () => resolve({ status: '101', line }));
    line.once('error', (error) => resolve({ status: /\d{3}/.exec(error.message)?.[0] ?? '', line: null }));
  });
}

test('nobody who is not logged in gets as far as a live link', async () => {
  expect((await upgrade('z1')).status).toBe('400');
  expect((await upgrade('a1')).status).toBe('101');
});

test.each(['40', '40/x,', '42["resync"]', '42["painted",{"callId":"c1","shownAfterMs":1}]', '3'])(
  'a flood of %s is cut off, and the other pages go on',
  async (frame) => {
    const [flood, other] = [await upgrade('a1'), await shown('b1')];
    const closed = new Promise<void>((resolve) => flood.line?.once('close', () => resolve()));
    for (let at = 0; at < 20_000; at += 1) flood.line?.send(frame);
    await closed;
    await echo(other.page);
    expect(other.views.length).toBeLessThan(4);
  },
);

test('pings of the protocol are not answered: a flood of them costs nothing', async () => {
  const { line } = await upgrade('a1');
  let answered = 0;
  line?.on('pong', () => {
    answered += 1;
  });
  for (let at = 0; at < 1000; at += 1) line?.ping();
  await echo((await shown('b1')).page);
  expect(answered).toBe(0);
});

test('a user has twenty-five live links at most, and the others go on', async () => {
  const opened = await Promise.all(Array.from({ length: 30 }, () => upgrade('a1')));
  expect(opened.filter(({ status }) => status === '101')).toHaveLength(25);
  expect((await upgrade('b1')).status).toBe('101');
});

test('when the server closes, pages see a broken link and come back by themselves', async () => {
  const { page } = await shown('a1');
  const reason = new Promise<string>((resolve) => page.once('disconnect', resolve));
  live.close();
  expect(await reason).toBe('transport close');
});

test('a pop is measured to the push and to the paint, once each', async () => {
  const { page } = await shown('a1');
  const ringing = aView('1001', 8, ['c1']);
  views.set('1001', ringing);
  const arrived = next(page);
  live.pushDesk('1001', ringing);
  live.pushDesk('1001', aView('1001', 9, ['c1']));
  await arrived;
  page.emit('painted', { callId: 'c1', shownAfterMs: 12 });
  page.emit('painted', { callId: 'c1', shownAfterMs: 12 });
  page.emit('painted', { callId: 'unknown', shownAfterMs: 12 });
  page.emit('painted', { callId: 'c2', shownAfterMs: Number.NaN });
  await echo(page);
  const text = await metrics.metrics();
  expect(text).toMatch(/^ringdesk_pop_push_seconds_count 1$/m);
  expect(text).toMatch(/^ringdesk_pop_push_seconds_sum 0.02$/m);
  expect(text).toMatch(/^ringdesk_pop_paint_seconds_count 1$/m);
  expect(text).toMatch(/^ringdesk_pop_paint_seconds_sum 0.012$/m);
  expect(text).toMatch(/^ringdesk_pop_painted_seconds_sum 0.02$/m);
  expect(text).toMatch(/^ringdesk_live_sockets 1$/m);
});

test('a page subscribes to what it may, and hears each change once', async () => {
  const publish = topics.serve(changeTopics.customer, () => null);
  const { page } = await shown('a1');
  const heard: TopicMessage[] = [];
  page.on('topic', (message) => heard.push(message));
  page.emit('topic', { do: 'subscribe', topic: 'changes/customer' });
  page.emit('topic', { do: 'subscribe', topic: 'nothing' });
  await echo(page);
  publish({ id: 'c1', type: 'customer.changed' });
  publish({ id: 'c2', type: 'customer.created' });
  await echo(page);
  expect(heard.map((message) => [message.kind, message.topic])).toEqual([
    ['snapshot', 'changes/customer'],
    ['refused', 'nothing'],
    ['delta', 'changes/customer'],
    ['delta', 'changes/customer'],
  ]);
  expect(heard.flatMap((message) => (message.kind === 'delta' ? [message.seq] : []))).toEqual([1, 2]);
});
