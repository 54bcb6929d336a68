import type { DomainEvent } from '@ringdesk/shared/event';
import {
  EventLog,
  eventOf,
  type LoggedEvent,
  onBehalfOf,
  type WithEvents,
} from '../../server/platform/events/index.ts';
import type { Store } from '../../server/platform/store/index.ts';
import { log, openTestStore } from './database.ts';

interface Thing extends WithEvents {
  _id: string;
  name: string;
}

let database: Awaited<ReturnType<typeof openTestStore>>;
let store: Store;
beforeAll(async () => {
  database = await openTestStore();
  ({ store } = database);
});
afterAll(() => database.close());
beforeEach(async () => {
  await store.connection.dropDatabase();
});

const things = () => store.collection<Thing>('things');
const anna = { kind: 'user', id: 'u1', name: 'Anna' } as const;

function happened(id: string, version: number, type = 'thing.changed'): DomainEvent {
  return eventOf({
    type,
    entity: { kind: 'thing', id },
    at: new Date('2026-01-01T10:00:00Z'),
    version,
    changes: { name: { before: null, after: `v${version}` } },
  });
}

/** Creates a thing, or changes it: with the event in the same write. */
async function write(id: string, version: number): Promise<void> {
  await things().updateOne(
    { _id: id },
    { $set: { name: `v${version}` }, $push: { events: happened(id, version) } },
    { upsert: true },
  );
}

/** A log with a consumer, which stands at its end. */
async function opened(name = 'test') {
  const seen: LoggedEvent[] = [];
  const fault: { at: number | null } = { at: null };
  const events = new EventLog({ store, log });
  events.takeFrom(['things']);
  events.consume({
    name,
    place: 'kept',
    run(event) {
      if (event.version === fault.at) throw new Error('The consumer broke');
      seen.push(event);
    },
  });
  await store.prepared();
  await events.settled();
  return { events, seen, fault };
}

test('each change is told once, in order per thing, numbered', async () => {
  const { events, seen } = await opened();
  for (const version of [1, 2, 3]) for (const id of ['a', 'b']) await write(id, version);
  await events.settled();
  for (const id of ['a', 'b'])
    expect(seen.filter(({ entity }) => entity.id === id).map(({ version }) => version)).toEqual([1, 2, 3]);
  expect(seen.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect((await things().find().toArray()).flatMap((thing) => thing.events ?? [])).toEqual([]);
});

test('who did it stands in it, whatever lies between', async () => {
  const { events, seen } = await opened();
  await onBehalfOf({ actor: anna, requestId: 'r1', address: '127.0.0.1' }, async () => {
    await Promise.resolve();
    await write('a', 1);
  });
  await write('a', 2);
  await events.settled();
  expect(seen.map(({ actor, requestId }) => [actor.name, requestId])).toEqual([
    ['Anna', 'r1'],
    ['Ringdesk', null],
  ]);
});

test('cut off between the log and the document: nothing is doubled, nothing is lost', async () => {
  const { events, seen } = await opened();
  await write('a', 1);
  const [kept] = await things().find().toArray();
  await events.settled();
  // As it stood in the document before it was taken out, with one more.
  await things().updateOne(
    { _id: 'a' },
    { $push: { events: { $each: [...(kept?.events ?? []), happened('a', 2)] } } },
  );
  await events.settled();
  expect(seen.map(({ version }) => version)).toEqual([1, 2]);
});

test('a consumer that breaks gets the same event again, and all after it', async () => {
  const { events, seen, fault } = await opened();
  fault.at = 2;
  for (const version of [1, 2, 3]) await write('a', version);
  await events.settled();
  expect(seen.map(({ version }) => version)).toEqual([1]);
  fault.at = null;
  await events.settled();
  // The first is told again, since the place is kept a batch at a time: at least once.
  expect(seen.map(({ version }) => version)).toEqual([1, 1, 2, 3]);
});

test('after a restart a consumer goes on where it stood; a new one begins at the end', async () => {
  const before = await opened();
  await write('a', 1);
  await before.events.settled();
  await write('a', 2);
  const [same, other] = [await opened(), await opened('another')];
  await write('a', 3);
  await same.events.settled();
  await other.events.settled();
  expect(same.seen.map(({ version }) => version)).toEqual([2, 3]);
  expect(other.seen.map(({ version }) => version)).toEqual([3]);
});

test('two servers that hand on at the same time', async () => {
  const [one, two] = [await opened('one'), await opened('two')];
  for (let version = 1; version <= 20; version += 1) await write(`t${version % 5}`, version);
  await Promise.all([one.events.settled(), two.events.settled()]);
  await Promise.all([one.events.settled(), two.events.settled()]);
  const versions = (seen: LoggedEvent[]) => seen.map(({ version }) => version).sort((a, b) => a - b);
  const all = Array.from({ length: 20 }, (_, at) => at + 1);
  expect(versions(one.seen)).toEqual(all);
  expect(versions(two.seen)).toEqual(all);
  expect((await one.events.history({ kind: 'thing', id: 't1' }, 10)).map(({ version }) => version)).toEqual([
    16, 11, 6, 1,
  ]);
});
