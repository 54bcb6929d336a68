import { api } from '@ringdesk/shared/api';
import type { AnyEndpoint } from '@ringdesk/shared/endpoint';
import { type Scope, scopesFor } from '@ringdesk/shared/permission';
import { anAnsweredLeg, anInteraction } from '@ringdesk/shared/testing/an-interaction';
import { createInteractions, interactionsFeature } from '../../server/features/interactions/index.ts';
import { createNotifications } from '../../server/features/notifications/index.ts';
import { tasksFeature } from '../../server/features/tasks/index.ts';
import { openApi } from '../../server/platform/api/testing/open-api.ts';
import { auditRoutes } from '../../server/platform/audit/index.ts';
import type { Member } from '../../server/platform/auth/index.ts';
import type { Feature } from '../../server/platform/feature.ts';
import { StoreJobs } from '../../server/platform/jobs/store-jobs.ts';
import { createReading } from '../../server/platform/limits/reading.ts';
import { createBrowsing } from '../../server/platform/limits/turns.ts';
import { log, openTestStore } from './database.ts';

/**
 * How far a permission reaches, made from the contracts: whoever reaches the own work alone does not find a colleague's, whoever reaches the team finds the
 * team's and nobody else's. Anna and Boris are a team, Clara is in none.
 */
const team = { users: ['anna', 'boris'], agents: ['1001', '1002'] };
const person = (id: string, agent: string, reach: Scope): Member => ({
  id,
  login: id,
  name: id,
  role: 'own',
  agent,
  device: null,
  locale: null,
  grants: { 'tasks.use': reach, 'interactions.read': reach },
  ...(agent === '1003' ? {} : { team }),
});
const agents = { anna: '1001', boris: '1002', clara: '1003' };
type Name = keyof typeof agents;
const people: readonly Name[] = ['anna', 'boris', 'clara'];

let database: Awaited<ReturnType<typeof openTestStore>>;
let jobs: StoreJobs;
let server: Awaited<ReturnType<typeof openApi>>;

beforeAll(async () => {
  database = await openTestStore();
  const { store } = database;
  jobs = new StoreJobs({ store, log, pollMs: 1000 });
  const notifications = createNotifications({ store });
  const nameOf = async (id: string) => (Object.hasOwn(agents, id) ? id : null);
  const interactions = createInteractions({ store, agentNames: async () => new Map() });
  const reading = createReading({ audit: () => undefined, isOnDesk: () => false });
  await store.prepared();
  for (const name of people)
    await interactions.write([
      anInteraction({ id: `call-of-${name}`, number: null, legs: [anAnsweredLeg({ agent: agents[name] })] }),
    ]);
  const features: Feature[] = [
    tasksFeature({ store, jobs, notifications, nameOf }),
    interactionsFeature({
      store,
      jobs,
      interactions,
      toE164: () => null,
      customers: {
        get: async () => null,
        learnPick: async () => undefined,
        removePhone: async () => undefined,
        withNumbers: async () => new Map(),
      },
      reading,
      browsing: createBrowsing(),
      onChanged: () => undefined,
    }),
  ];
  server = await openApi(
    [
      ...features.flatMap(({ routes = [] }) => routes),
      ...auditRoutes({ store, readers: Object.assign({}, ...features.map(({ history }) => history)) }),
    ],
    (request) => {
      const name = people.find((one) => one === request.get('x-user'));
      const reach =
        request.get('x-reach') === 'team' ? 'team' : request.get('x-reach') === 'all' ? 'all' : 'own';
      return name === undefined ? null : person(name, agents[name], reach);
    },
  );
});
afterAll(async () => {
  await server.close();
  await jobs.stop();
  await database.close();
});

async function as(who: Name, reach: Scope, method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}/api${path}`, {
    method,
    headers: { 'x-user': who, 'x-reach': reach, 'content-type': 'application/json', connection: 'close' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

/** Something of this person's, and its id. */
const something: Record<string, (owner: Name) => Promise<string>> = {
  tasks: async (owner) => (await as(owner, 'own', 'POST', '/tasks', { title: 'x' })).body.id,
  interactions: async (owner) => `call-of-${owner}`,
};
const owned = api.filter(
  ({ permission, path }) =>
    permission !== 'public' &&
    permission !== 'session' &&
    scopesFor(permission).includes('team') &&
    path.includes(':'),
);

test('there are some, and of each kind something can be made', () => {
  expect(owned.length).toBeGreaterThan(2);
  for (const { path } of owned) expect(Object.keys(something)).toContain(path.split('/')[1]);
});

describe.each(owned.map((endpoint): [string, AnyEndpoint] => [endpoint.id, endpoint]))(
  '%s',
  (_, endpoint) => {
    const { method, example, path } = endpoint;
    const tried = async (reach: Scope, owner: Name) => {
      const id = await something[path.split('/')[1] ?? '']?.(owner);
      const body = endpoint.body === null ? undefined : example;
      return (await as('anna', reach, method, path.replace(/:\w+/, String(id)), body)).status < 300;
    };

    test.each<[Scope, Name, boolean]>([
      ['own', 'anna', true],
      ['own', 'boris', false],
      ['team', 'boris', true],
      ['team', 'clara', false],
      ['all', 'clara', true],
    ])('reaching %s, about what is %s`s: %s', async (reach, owner, found) => {
      expect(await tried(reach, owner)).toBe(found);
    });

    test('what is not found says nothing else', async () => {
      const id = await something[path.split('/')[1] ?? '']?.('clara');
      const body = endpoint.body === null ? undefined : example;
      const { status } = await as('anna', 'team', method, path.replace(/:\w+/, String(id)), body);
      expect(status).toBe(404);
    });
  },
);

test.each<[Scope, string[]]>([
  ['team', ['call-of-anna', 'call-of-boris']],
  ['all', ['call-of-anna', 'call-of-boris', 'call-of-clara']],
])('the list of contacts, reaching %s', async (reach, expected) => {
  const { body } = await as('anna', reach, 'GET', '/interactions');
  expect(body.interactions.map(({ id }: { id: string }) => id).sort()).toEqual(expected);
});

test('the list of tasks holds those of the team, and one is given within it alone', async () => {
  await as('clara', 'own', 'POST', '/tasks', { title: 'of Clara' });
  await as('boris', 'own', 'POST', '/tasks', { title: 'of Boris' });
  const { body } = await as('anna', 'team', 'GET', '/tasks?limit=200');
  const titles = body.tasks.map(({ title }: { title: string }) => title);
  expect([titles.includes('of Boris'), titles.includes('of Clara')]).toEqual([true, false]);
  const give = (ownerId: string) => as('anna', 'team', 'POST', '/tasks', { title: 'given', ownerId });
  expect([(await give('boris')).status, (await give('clara')).status]).toEqual([201, 403]);
});

test('the history of a thing is for whoever may see the thing', async () => {
  const id = await something['tasks']?.('boris');
  expect((await as('anna', 'own', 'GET', `/history/task/${id}`)).status).toBe(404);
  expect((await as('anna', 'team', 'GET', `/history/task/${id}`)).status).toBe(200);
  expect((await as('anna', 'team', 'GET', '/history/interaction/call-of-clara')).status).toBe(404);
  expect((await as('anna', 'team', 'GET', '/history/interaction/call-of-boris')).status).toBe(200);
});
