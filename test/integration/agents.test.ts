import { createUsers, type NewUser, type Users } from '../../server/features/users/index.ts';
import type { Store } from '../../server/platform/store/index.ts';
import { openTestStore } from './database.ts';

let store: Store;
let close: () => Promise<void>;
let users: Users;
let now = 0;

beforeAll(async () => {
  ({ store, close } = await openTestStore());
});
afterAll(() => close());
beforeEach(async () => {
  await store.connection.dropDatabase();
  users = createUsers({ store, elapsed: () => now });
  await store.prepared();
});

const anna: NewUser = {
  login: 'Anna',
  password: 'correct horse',
  name: 'Анна',
  role: 'agent',
  agent: '1001',
  device: 'PJSIP/1001',
};

test('a user is kept without the password', async () => {
  const created = await users.createUser(anna);
  expect(created).toEqual({
    id: expect.any(String),
    login: 'Anna',
    name: 'Анна',
    role: 'agent',
    agent: '1001',
    device: 'PJSIP/1001',
    locale: null,
  });
  expect(await users.list()).toEqual([{ ...created, disabled: false }]);
  const stored = await store.collection('users').findOne({});
  expect(stored?.['passwordHash']).toMatch(/^\$argon2id\$/);
  expect(JSON.stringify(stored)).not.toContain('correct horse');
});

test.each([
  ['Anna', 'correct horse', true],
  ['  aNNa ', 'correct horse', true],
  ['Anna', 'Correct horse', false],
  ['Anna', '', false],
  ['Boris', 'correct horse', false],
])('login %j with %j: %s', async (login, password, expected) => {
  await users.createUser(anna);
  expect((await users.verify(login, password)) !== null).toBe(expected);
});

test.each([
  ['the login in another case', { login: 'ANNA', agent: '1002' }, 'login'],
  ['the agent', { login: 'boris' }, 'agent'],
])('%s is taken', async (_, change, path) => {
  await users.createUser(anna);
  await expect(users.createUser({ ...anna, ...change })).rejects.toMatchObject({
    code: 'conflict',
    fields: [{ path }],
  });
  expect(await users.list()).toHaveLength(1);
});

test('many may take no calls', async () => {
  for (const login of ['one', 'two'])
    await users.createUser({ login, password: 'kettle and lamp', name: login, role: 'manager' });
  expect((await users.list()).map((user) => [user.login, user.agent])).toEqual([
    ['one', null],
    ['two', null],
  ]);
});

test('a new password ends what the old one opened', async () => {
  const { id } = await users.createUser(anna);
  const before = await users.find(id);
  await users.setPassword('ANNA', 'battery staple');
  expect(await users.verify('anna', 'correct horse')).toBeNull();
  expect(await users.verify('anna', 'battery staple')).toMatchObject({ id });
  expect((await users.find(id))?.credentials).toBeGreaterThan(before?.credentials ?? 99);
  await expect(users.setPassword('anna', 'short')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(users.setPassword('boris', 'kettle and lamp')).rejects.toMatchObject({ code: 'not-found' });
});

test('who is disabled cannot log in, until enabled again', async () => {
  await users.createUser(anna);
  await users.setDisabled('anna', true);
  expect(await users.verify('anna', 'correct horse')).toBeNull();
  expect(await users.list()).toMatchObject([{ disabled: true }]);
  await users.setDisabled('anna', false);
  expect(await users.verify('anna', 'correct horse')).not.toBeNull();
});

test('what another process changes is seen within seconds', async () => {
  const { id } = await users.createUser(anna);
  await users.find(id);
  await createUsers({ store }).setDisabled('anna', true);
  expect(await users.find(id)).toMatchObject({ disabled: false });
  now += 6000;
  expect(await users.find(id)).toMatchObject({ disabled: true });
});

test('the names of agents', async () => {
  await users.createUser(anna);
  await users.createUser({ login: 'olga', password: 'kettle and lamp', name: 'Ольга', role: 'admin' });
  expect(await users.agentNames()).toEqual(new Map([['1001', 'Анна']]));
});

describe("the demo's users, whose password everybody knows", () => {
  const demo: NewUser = { ...anna, demo: true };

  test('are let in only while the demo runs', async () => {
    await users.createUser(demo);
    expect(await users.verify('anna', 'correct horse')).toBeNull();
    expect(await users.list()).toMatchObject([{ disabled: true }]);
    users.allowDemo();
    expect(await users.verify('anna', 'correct horse')).not.toBeNull();
    expect(await users.list()).toMatchObject([{ disabled: false }]);
  });

  test('are real ones with a password of their own', async () => {
    await users.createUser(demo);
    await users.setPassword('anna', 'battery staple');
    expect(await users.verify('anna', 'battery staple')).not.toBeNull();
  });

  test('give way to real ones of the same seat', async () => {
    await users.createUser(demo);
    await users.createUser({ ...anna, login: 'boris' });
    expect((await users.list()).map((user) => user.login)).toEqual(['boris']);
  });
});
