import { deskChoices } from '@ringdesk/shared/desk-choices';
import { queueSettingsApi, settingSubjects } from '@ringdesk/shared/settings';
import type { z } from 'zod';
import { callsFor, type House, hire, openHouse, password } from '../house/house.ts';
import type { Server } from '../house/server.ts';
import { ask, logIn, type Session } from '../house/session.ts';

/** An administrator sets the house while it is at work, on a real server. */
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
  ]);
  server = await house.start({ WRAP_UP_LIMIT_MS: '45000' });
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
const choices = async () => read(deskChoices, await send('GET', '/desk/settings', undefined, anna));
const results = async () =>
  read(settingSubjects.dispositions.read.answer, await send('GET', '/settings/dispositions'));

test('the environment gives the first default; what is set holds for agents at once', async () => {
  const { value, version } = read(
    settingSubjects.queueDefaults.read.answer,
    await send('GET', '/settings/queue-defaults'),
  );
  expect([value.wrapUpLimitMs, version]).toEqual([45_000, 0]);
  const before = await results();
  const list = [
    ...before.value.list.map((one) => (one.id === 'spam' ? { ...one, archived: true } : one)),
    {
      id: 'called-a-friend',
      name: { ru: 'Позвонил другу', en: 'Called a friend' },
      directions: ['inbound'],
      outcomes: ['answered'],
      archived: false,
    },
  ];
  const written = await send('PUT', '/settings/dispositions', { value: { list }, basedOn: before.version });
  expect(written.status).toBe(200);
  const { dispositions } = await choices();
  expect(dispositions.find(({ id }) => id === 'spam')?.archived).toBe(true);
  expect(dispositions.at(-1)?.name.en).toBe('Called a friend');
});

test('two administrators: the second is told what the first one changed; nothing is removed', async () => {
  const { value, version } = await results();
  const renamed = value.list.map((one, at) =>
    at === 0 ? { ...one, name: { ru: 'Готово', en: 'Done' } } : one,
  );
  const write = (list: object[]) =>
    send('PUT', '/settings/dispositions', { value: { list }, basedOn: version });
  expect((await write(renamed)).status).toBe(200);
  const late = await write(value.list);
  expect(late.status).toBe(409);
  expect(late.body).toMatchObject({
    error: {
      code: 'changed-meanwhile',
      meanwhile: { by: 'Admin', changes: { resolved: { after: { name: { en: 'Done' } } } } },
    },
  });
  const now = await results();
  const pruned = { value: { list: now.value.list.slice(1) }, basedOn: now.version };
  expect((await send('PUT', '/settings/dispositions', pruned)).status).toBe(400);
});

test('the first two who set the same subject: one of them is told', async () => {
  const value = { timeZone: 'Asia/Yekaterinburg', calendar: null };
  const both = await Promise.all([1, 2].map(() => send('PUT', '/settings/time', { value, basedOn: 0 })));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await choices()).timeZone).toBe('Asia/Yekaterinburg');
  expect(
    (await send('PUT', '/settings/time', { value: { timeZone: 'Mars/Base', calendar: null }, basedOn: 1 }))
      .status,
  ).toBe(400);
});

test('the queues of the PBX are listed before anything is set of them; a queue keeps its own word', async () => {
  const { queues } = read(queueSettingsApi.list.answer, await send('GET', '/settings/queues'));
  expect(queues.length).toBeGreaterThan(0);
  const [queue] = queues;
  if (queue === undefined) throw new Error('There is no queue');
  expect(queue.version).toBe(0);
  const value = {
    ...queue.value,
    title: { ru: 'Продажи', en: 'Sales' },
    thresholdSeconds: 15,
    dispositions: ['resolved'],
  };
  const path = `/settings/queues/${queue.name}`;
  expect((await send('PUT', path, { value, basedOn: 0 })).status).toBe(200);
  expect((await send('PUT', path, { value, basedOn: 0 })).status).toBe(409);
  expect(
    (await send('PUT', path, { value: { ...value, dispositions: ['nothing'] }, basedOn: 1 })).status,
  ).toBe(400);
  expect((await choices()).queues).toEqual([
    { name: queue.name, title: value.title, color: null, dispositions: ['resolved'] },
  ]);
});

test('an agent sets nothing; a change stands in the audit by what was changed', async () => {
  expect((await send('GET', '/settings/time', undefined, anna)).status).toBe(403);
  const audit = async () =>
    JSON.parse(JSON.stringify((await send('GET', '/audit?kind=setting')).body)).records;
  while ((await audit()).length < 3) await new Promise((resolve) => setTimeout(resolve, 200));
  const changed = (await audit()).map((one: { entity: { id: string }; changes: object }) => [
    one.entity.id,
    Object.keys(one.changes),
  ]);
  expect(changed).toContainEqual(['dispositions', ['spam', 'called-a-friend', '#order']]);
  expect(changed).toContainEqual(['dispositions', ['resolved']]);
});

test('a restart changes nothing of it', async () => {
  await server.stop();
  server = await house.start({ WRAP_UP_LIMIT_MS: '45000' });
  anna = await logIn(server.url, 'anna', password);
  expect((await choices()).dispositions[0]?.name.en).toBe('Done');
});
