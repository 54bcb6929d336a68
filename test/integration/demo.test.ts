import { createCustomers } from '../../server/features/customers/index.ts';
import { createInteractions } from '../../server/features/interactions/index.ts';
import { createUsers } from '../../server/features/users/index.ts';
import type { Store } from '../../server/platform/store/index.ts';
import { demoCustomers } from '../../server/stand-ins/asterisk-simulator/index.ts';
import { seedDemo } from '../../server/stand-ins/demo-company/seed.ts';
import { log, openTestStore } from './database.ts';

let store: Store;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ store, close } = await openTestStore());
});
afterAll(() => close());

const collections = ['users', 'customers', 'interactions'];
const counts = () => Promise.all(collections.map((name) => store.collection(name).countDocuments({})));

test('the demo is seeded once, completed after it broke off, and shows in the timelines', async () => {
  const users = createUsers({ store });
  const customers = createCustomers({ store, region: 'RU' });
  const interactions = createInteractions({ store, agentNames: users.agentNames });
  await store.prepared();
  const seed = () => seedDemo({ users, customers, interactions, seed: 1, log });

  const shown = await seed();
  for (const { login, password, role } of shown)
    expect(await users.verify(login, password)).toMatchObject({ login, role });
  expect(shown[0]).toMatchObject({ login: 'anna', role: 'agent' });
  const first = await counts();
  expect(first[1]).toBe(demoCustomers(1).length);

  await seed();
  expect(await counts()).toEqual(first);

  await store.collection('users').deleteOne({ login: 'boris' });
  await store.collection('customers').deleteOne({ name: 'Виктор Белов' });
  await store.collection<{ _id: string }>('interactions').deleteOne({ _id: 'demo-past-1' });
  const again = createUsers({ store });
  await seedDemo({ users: again, customers, interactions, seed: 1, log });
  expect(await counts()).toEqual(first);

  const { interactions: latest } = await interactions.list({ outcome: 'answered', limit: 1 });
  const customer = await customers.get(latest[0]?.customerId ?? '');
  const numbers = customer?.phones.map((phone) => phone.number) ?? [];
  const [line] = await interactions.recent({ customerId: customer?.id ?? null, numbers, limit: 5 });
  expect(line).toMatchObject({ id: latest[0]?.id, outcome: 'answered' });
  expect(line?.agentName).toMatch(/\S+ \S+/);
  expect(await customers.identify('+7 495 000-00-00', 'allowed')).toEqual({ kind: 'none' });
}, 60_000);
