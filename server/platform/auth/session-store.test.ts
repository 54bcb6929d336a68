import session, { Cookie, type SessionData } from 'express-session';
import { RememberingSessionStore } from './session-store.ts';

declare module 'express-session' {
  interface SessionData {
    userId?: string;
  }
}

/** Sessions behind a database that can be away, and a clock that is turned by hand. */
function setUp() {
  const database = new session.MemoryStore();
  const state = { now: 1_000_000, up: true, reads: 0 };
  const counting = Object.assign(Object.create(database), {
    get(sid: string, callback: (error: unknown, found?: SessionData | null) => void) {
      state.reads += 1;
      database.get(sid, callback);
    },
  });
  const store = new RememberingSessionStore({
    inner: () => (state.up ? counting : null),
    now: () => state.now,
    stillThere: (sids) => stillThere(database, sids),
    ttlMs: 12 * 3_600_000,
  });
  return { database, state, store };
}

async function stillThere(database: session.Store, sids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    sids.map(async (sid) => ((await get(database, sid)) === null ? [] : [sid])),
  );
  return new Set(found.flat());
}

function data(userId: string): SessionData {
  return { cookie: new Cookie(), userId };
}

function get(store: session.Store, sid: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    store.get(sid, (error, found) => (error ? reject(error) : resolve(found?.userId ?? null)));
  });
}
const set = (store: session.Store, sid: string, userId: string) =>
  new Promise<void>((resolve) => store.set(sid, data(userId), () => resolve()));
const destroy = (store: session.Store, sid: string) =>
  new Promise<void>((resolve) => store.destroy(sid, () => resolve()));
const touch = (store: session.Store, sid: string, userId: string) =>
  new Promise<void>((resolve) => (store.touch ? store.touch(sid, data(userId), () => resolve()) : resolve()));

test('a session outlives the process: it stands in the database', async () => {
  const { database, store } = setUp();
  await set(store, 's1', 'anna');
  const restarted = new RememberingSessionStore({
    inner: () => database,
    stillThere: (sids) => stillThere(database, sids),
    now: () => 0,
    ttlMs: 1000,
  });
  expect(await get(restarted, 's1')).toBe('anna');
});

test('a known session goes on while the database is away', async () => {
  const { state, store } = setUp();
  await set(store, 's1', 'anna');
  state.up = false;
  state.now += 60_000;
  expect(await get(store, 's1')).toBe('anna');
});

test('a database that fails in the middle of a request does not end a known session', async () => {
  const { store, state, database } = setUp();
  await set(store, 's1', 'anna');
  jest.spyOn(database, 'get').mockImplementation((_, callback) => callback(new Error('gone')));
  state.now += 60_000;
  expect(await get(store, 's1')).toBe('anna');
});

test('a database that hangs keeps nobody waiting who is known', async () => {
  const { store, state, database } = setUp();
  await set(store, 's1', 'anna');
  jest.spyOn(database, 'get').mockImplementation(() => {});
  state.now += 60_000;
  expect(await get(store, 's1')).toBe('anna');
});

test('an unknown session cannot be told while the database is away', async () => {
  const { state, store } = setUp();
  state.up = false;
  await expect(get(store, 's1')).rejects.toMatchObject({ code: 'store-unavailable' });
});

test('what changed while the database was away is saved when it is back', async () => {
  const { database, state, store } = setUp();
  await set(store, 'old', 'anna');
  state.up = false;
  await set(store, 'new', 'boris');
  await destroy(store, 'old');
  expect([await get(store, 'new'), await get(store, 'old')]).toEqual(['boris', null]);
  expect(await get(database, 'old')).toBe('anna');
  state.up = true;
  await store.flush();
  expect([await get(database, 'new'), await get(database, 'old')]).toEqual(['boris', null]);
});

test('a session that another server ended is noticed within seconds, however busy it is', async () => {
  const { database, state, store } = setUp();
  await set(store, 's1', 'anna');
  await destroy(database, 's1');
  const seen: (string | null)[] = [];
  for (let second = 0; second < 5; second += 1) {
    state.now += 1000;
    const found = await get(store, 's1');
    seen.push(found);
    if (found !== null) await touch(store, 's1', found);
  }
  expect(seen).toEqual(['anna', null, null, null, null]);
});

test('a burst of requests asks the database once', async () => {
  const { state, store } = setUp();
  await set(store, 's1', 'anna');
  state.now += 10_000;
  for (let request = 0; request < 20; request += 1) await get(store, 's1');
  expect(state.reads).toBe(1);
});

test('a session ends twelve hours after its last request', async () => {
  const { state, store } = setUp();
  await set(store, 's1', 'anna');
  state.up = false;
  state.now += 11 * 3_600_000;
  await touch(store, 's1', 'anna');
  state.now += 11 * 3_600_000;
  expect(await get(store, 's1')).toBe('anna');
  state.now += 2 * 3_600_000;
  expect(await get(store, 's1')).toBeNull();
});

test('of many sessions it is told at once which are over, here or elsewhere', async () => {
  const { database, state, store } = setUp();
  for (const sid of ['s1', 's2', 's3', 's4']) await set(store, sid, 'anna');
  await destroy(store, 's2');
  await destroy(database, 's3');
  expect([...(await store.endedAmong(['s1', 's2', 's3', 's4', 'never']))]).toEqual(['s2', 'never']);
  state.now += 2500;
  expect([...(await store.endedAmong(['s1', 's2', 's3', 's4']))]).toEqual(['s2', 's3']);
});

test('while the database is away only those are over that are known to be', async () => {
  const { database, state, store } = setUp();
  for (const sid of ['s1', 's2', 's3']) await set(store, sid, 'anna');
  await destroy(store, 's2');
  await destroy(database, 's3');
  state.up = false;
  state.now += 2500;
  expect([...(await store.endedAmong(['s1', 's2', 's3', 'never']))]).toEqual(['s2']);
});
