import type { Task } from '@ringdesk/shared/task';
import type { User } from '@ringdesk/shared/user';
import { createNotifications } from '../../server/features/notifications/index.ts';
import { tasksFeature } from '../../server/features/tasks/index.ts';
import { openApi } from '../../server/platform/api/testing/open-api.ts';
import { StoreJobs } from '../../server/platform/jobs/store-jobs.ts';
import { eventually } from '../house/eventually.ts';
import { log, openTestStore } from './database.ts';

const user = (id: string, role: User['role']): User => ({
  id,
  login: id,
  name: id.toUpperCase(),
  role,
  agent: null,
  device: null,
  locale: null,
});
const people = new Map(
  [user('anna', 'agent'), user('boris', 'agent'), user('vera', 'supervisor')].map((one) => [one.id, one]),
);

let database: Awaited<ReturnType<typeof openTestStore>>;
let jobs: StoreJobs;
let api: Awaited<ReturnType<typeof openApi>>;

beforeAll(async () => {
  database = await openTestStore();
});
afterAll(() => database.close());
beforeEach(async () => {
  const { store } = database;
  await store.connection.dropDatabase();
  jobs = new StoreJobs({ store, log, pollMs: 50 });
  const notifications = createNotifications({ store });
  const nameOf = async (id: string) => people.get(id)?.name ?? null;
  const tasks = tasksFeature({ store, jobs, notifications, nameOf });
  await store.prepared();
  await jobs.start();
  api = await openApi(
    [tasks, notifications].flatMap(({ routes = [] }) => routes),
    (request) => people.get(request.get('x-user') ?? '') ?? null,
  );
});
afterEach(async () => {
  await jobs.stop();
  await api.close();
});

async function as(who: string, method: string, path: string, body?: object) {
  const response = await fetch(`${api.url}/api${path}`, {
    method,
    headers: { 'x-user': who, 'content-type': 'application/json', connection: 'close' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}
const titles = async (who: string, query = '') => {
  const { body } = await as(who, 'GET', `/tasks${query}`);
  return body.tasks.map((task: Task) => task.title);
};
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

test('the one that is due first is on top, those without a day come last', async () => {
  await as('anna', 'POST', '/tasks', { title: 'some day' });
  await as('anna', 'POST', '/tasks', { title: 'later', dueAt: inMinutes(60) });
  await as('anna', 'POST', '/tasks', { title: 'soon', dueAt: inMinutes(5) });
  expect(await titles('anna')).toEqual(['soon', 'later', 'some day']);
});

test('what is overdue, and what is due in a time', async () => {
  for (const [title, minutes] of Object.entries({ late: -90, 'a bit late': -5, soon: 5, later: 60 }))
    await as('anna', 'POST', '/tasks', { title, dueAt: inMinutes(minutes) });
  await as('anna', 'POST', '/tasks', { title: 'some day' });
  expect(await titles('anna', `?dueBefore=${inMinutes(0)}`)).toEqual(['late', 'a bit late']);
  expect(await titles('anna', `?dueFrom=${inMinutes(0)}&dueBefore=${inMinutes(30)}`)).toEqual(['soon']);
  expect((await as('anna', 'GET', '/tasks?dueBefore=soon')).status).toBe(400);
});

test('one task is read by who may see it, and by nobody else', async () => {
  const { body: made } = await as('anna', 'POST', '/tasks', { title: 'hers' });
  expect((await as('anna', 'GET', `/tasks/${made.id}`)).body).toEqual(made);
  expect((await as('vera', 'GET', `/tasks/${made.id}`)).body).toEqual(made);
  expect((await as('boris', 'GET', `/tasks/${made.id}`)).status).toBe(404);
});

test('page by page, each task once', async () => {
  for (let n = 1; n <= 7; n += 1)
    await as('anna', 'POST', '/tasks', { title: `t${n}`, dueAt: inMinutes(n % 3) });
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body }: { body: { tasks: Task[]; next: string | null } } = await as(
      'anna',
      'GET',
      `/tasks?limit=3${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    seen.push(...body.tasks.map(({ title }) => title));
    cursor = body.next;
  }
  expect(seen.sort()).toEqual(['t1', 't2', 't3', 't4', 't5', 't6', 't7']);
  expect((await as('anna', 'GET', '/tasks?cursor=x')).status).toBe(400);
});

test('an agent sees and gives only own tasks; a supervisor all', async () => {
  const { body: annas } = await as('anna', 'POST', '/tasks', { title: 'hers' });
  expect(await titles('boris')).toEqual([]);
  expect((await as('boris', 'POST', `/tasks/${annas.id}/state`, { state: 'done' })).status).toBe(404);
  expect((await as('boris', 'POST', '/tasks', { title: 'for her', ownerId: 'anna' })).status).toBe(403);
  expect((await as('vera', 'POST', '/tasks', { title: 'given', ownerId: 'anna' })).body.owner).toEqual({
    id: 'anna',
    name: 'ANNA',
  });
  expect((await as('vera', 'POST', '/tasks', { title: 'x', ownerId: 'nobody' })).status).toBe(400);
  expect((await titles('vera')).sort()).toEqual(['given', 'hers']);
  expect((await titles('anna')).sort()).toEqual(['given', 'hers']);
});

test('done, and open again', async () => {
  const { body: made } = await as('anna', 'POST', '/tasks', { title: 'once' });
  expect((await as('anna', 'POST', `/tasks/${made.id}/state`, { state: 'done' })).body).toMatchObject({
    state: 'done',
  });
  expect([await titles('anna'), await titles('anna', '?state=done')]).toEqual([[], ['once']]);
  await as('anna', 'POST', `/tasks/${made.id}/state`, { state: 'open' });
  expect(await titles('anna')).toEqual(['once']);
});

test('a repeated one comes again; it needs a day to repeat from', async () => {
  expect((await as('anna', 'POST', '/tasks', { title: 'x', repeat: 'daily' })).status).toBe(400);
  const { body: made } = await as('anna', 'POST', '/tasks', {
    title: 'report',
    repeat: 'daily',
    dueAt: '2026-01-05T09:00:00Z',
  });
  const { body: again } = await as('anna', 'POST', `/tasks/${made.id}/state`, { state: 'done' });
  expect(again).toMatchObject({ id: made.id, state: 'open' });
  expect(Date.parse(again.dueAt)).toBeGreaterThan(Date.now());
  expect(again.dueAt).toMatch(/T09:00:00\.000Z$/);
});

test('two who change one task: the second is told', async () => {
  const { body: made } = await as('anna', 'POST', '/tasks', { title: 'a' });
  const change = (title: string) =>
    as('anna', 'PUT', `/tasks/${made.id}`, { title, basedOn: made.updatedAt });
  expect((await change('b')).status).toBe(200);
  expect((await change('c')).body.error.code).toBe('changed-meanwhile');
});

test('when it is due its owner is told, once; not of what is done, or due another day by now', async () => {
  const due = () => new Date(Date.now() + 400).toISOString();
  await as('anna', 'POST', '/tasks', { title: 'call back', dueAt: due() });
  const { body: done } = await as('anna', 'POST', '/tasks', { title: 'done by then', dueAt: due() });
  await as('anna', 'POST', `/tasks/${done.id}/state`, { state: 'done' });
  const { body: moved } = await as('anna', 'POST', '/tasks', { title: 'moved', dueAt: due() });
  await as('anna', 'PUT', `/tasks/${moved.id}`, { title: 'moved', dueAt: inMinutes(60) });
  await eventually('she is told', async () => {
    const { body } = await as('anna', 'GET', '/notifications');
    return body.unread > 0 ? body : null;
  });
  await eventually('nothing waits', async () => {
    const waiting = await jobs.list({ states: ['waiting', 'running'], limit: 10 });
    return waiting.length === 1 ? waiting : null;
  });
  const { body } = await as('anna', 'GET', '/notifications');
  expect(body.notifications.map((notice: { params: object }) => notice.params)).toEqual([
    { title: 'call back' },
  ]);
  expect((await as('boris', 'GET', '/notifications')).body).toEqual({ notifications: [], unread: 0 });
  await as('boris', 'POST', '/notifications/read', { ids: null });
  expect((await as('anna', 'GET', '/notifications')).body.unread).toBe(1);
  await as('anna', 'POST', '/notifications/read', { ids: null });
  expect((await as('anna', 'GET', '/notifications')).body.unread).toBe(0);
});
