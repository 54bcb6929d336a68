import { changeTopics, type TopicMessage } from '@ringdesk/shared/live';
import {
  aPage,
  aView,
  echo,
  live,
  metrics,
  next,
  origin,
  over,
  type Page,
  shown,
  topics,
  useLiveServer,
  views,
} from './testing/live-server.ts';

useLiveServer();

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
