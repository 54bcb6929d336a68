import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMetrics } from '../../server/platform/metrics.ts';
import { isStoreAway, openStore } from '../../server/platform/store/index.ts';
import { cuttable, log, reached, startDatabase } from './database.ts';

let database: Awaited<ReturnType<typeof startDatabase>>;
let line: Awaited<ReturnType<typeof cuttable>>;

beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  line = await cuttable(database.url);
});
afterEach(() => line.close());

const open = () => openStore({ mongoUrl: line.url, dataDir: '', log, metrics: createMetrics() });

test('a database that is away at the start is no reason not to start; it is prepared when it comes', async () => {
  line.cut();
  const store = await open();
  expect(store.state()).toBe('down');
  store.index('things', [{ key: { name: 1 }, name: 'name', unique: true }]);
  await store.prepared();
  expect(() => store.collection('things')).toThrow(expect.objectContaining({ code: 'store-unavailable' }));
  line.mend();
  await reached(store, 'up');
  await store.prepared();
  const things = store.collection('things');
  await things.insertOne({ name: 'a' });
  await expect(things.insertOne({ name: 'a' })).rejects.toMatchObject({ code: 11000 });
  await store.connection.dropDatabase();
  await store.close();
}, 30_000);

test('a cut is noticed, what is asked then fails as "away", and it comes back by itself, more than once', async () => {
  const store = await open();
  const states: string[] = [];
  store.onState((state) => states.push(state));
  const things = store.collection('things');
  for (const round of [1, 2]) {
    line.cut();
    const asked = await things.insertOne({ round }).catch((error: unknown) => error);
    expect(isStoreAway(asked)).toBe(true);
    await reached(store, 'down');
    line.mend();
    await reached(store, 'up');
    await things.insertOne({ round });
  }
  expect(states).toEqual(['down', 'up', 'down', 'up']);
  expect(await things.countDocuments({})).toBe(2);
  await store.connection.dropDatabase();
  await store.close();
}, 60_000);

test('look-ups of calls have connections of their own: they wait behind nobody', async () => {
  const store = await open();
  const things = store.collection('things');
  await things.insertOne({ name: 'a' });
  const all = () => Array.from({ length: 60 }, () => things.findOne({ name: 'a' }));
  await Promise.all(all());
  line.stall();
  const lists = Promise.allSettled(all());
  expect(await store.collectionForCalls('things').findOne({ name: 'a' })).toMatchObject({ name: 'a' });
  await store.close();
  await lists;
}, 60_000);

test('closing while the database is away ends', async () => {
  line.cut();
  const store = await open();
  await store.close();
  expect(store.state()).toBe('down');
}, 30_000);

test('without a URL the embedded store serves, and keeps what was written', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ringdesk-data-'));
  const openEmbedded = () => openStore({ mongoUrl: null, dataDir, log, metrics: createMetrics() });
  const first = await openEmbedded();
  expect([first.embedded, first.state()]).toEqual([true, 'up']);
  await first.collection('things').insertOne({ name: 'a' });
  await first.close();
  const second = await openEmbedded();
  expect(await second.collection('things').countDocuments({ name: 'a' })).toBe(1);
  await second.close();
  await rm(dataDir, { recursive: true });
}, 60_000);
