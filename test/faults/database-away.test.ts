import { join } from 'node:path';
import { eventually, passed } from '../house/eventually.ts';
import { callsFor, type House, hirePeople, openHouse, supervisor } from '../house/house.ts';
import { ask } from '../house/session.ts';
import type { Witness } from '../house/witness.ts';
import { acceptedNotes, crewAt, popsSince } from './crew.ts';
import { begunAndEndedIn } from './gap.ts';
import { linkTimes } from './records.ts';
import { expectJournalInDatabase } from './same-records.ts';
import { type Database, databaseIn } from './store-process.ts';

jest.setTimeout(300_000);

/** How long the database is away; a minute is the promise, a quarter of it is enough for every day. */
const awayMs = Number(process.env['RINGDESK_FAULT_SECONDS'] ?? 15) * 1000;

let house: House;
let database: Database;
let witness: Witness;
beforeAll(async () => {
  house = await openHouse();
  database = await databaseIn(join(house.dir, 'database'));
  house.atEnd(() => database.kill());
  await database.start();
  house.env['MONGODB_URL'] = database.url;
  witness = await callsFor(house, { agents: 16, callsPerSecond: 3 });
  await hirePeople(house);
});
afterAll(() => house.close());

/** The sum of a metric over its labels. */
async function metric(url: string, name: string): Promise<number> {
  const { body } = await ask(url, '/metrics');
  const values = [...String(body).matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))];
  return values.reduce((sum, [, value]) => sum + Number(value), 0);
}

test('with the database away, agents go on, and all that they and the calls left is written when it is back', async () => {
  const server = await house.start();
  const crew = await crewAt(house, server.url, { wrapsUp: true });
  const vera = await supervisor(server.url);
  await eventually('interactions are written', async () =>
    (await metric(server.url, 'ringdesk_records_written_total')) >= 3 ? true : null,
  );

  const since = Date.now();
  const [notesBefore, endedBefore] = [acceptedNotes(crew).size, witness.ended.size];
  await database.kill();
  await server.logged(/The database is away/);
  await passed(awayMs);
  const popped = popsSince(crew, since);
  const notes = acceptedNotes(crew).size - notesBefore;
  const ended = witness.ended.size - endedBefore;
  const waiting = await metric(server.url, 'ringdesk_records_waiting');
  console.info(
    `${awayMs / 1000} s without a database: ${popped} cards came up, ${notes} wrap-ups accepted, ${ended} calls ended`,
  );
  // Who asks for what only the database has is told so.
  expect(await vera.get('/api/interactions')).toMatchObject({
    status: 503,
    body: { error: { code: 'store-unavailable' } },
  });
  expect(popped).toBeGreaterThanOrEqual(3);
  expect(notes).toBeGreaterThanOrEqual(1);
  expect(waiting).toBeGreaterThan(ended / 2);

  await database.start();
  await server.logged(/The database takes interactions again/);
  await eventually('nothing waits', async () => {
    const left = await Promise.all(
      ['ringdesk_records_waiting', 'ringdesk_desk_outbox_waiting'].map((name) => metric(server.url, name)),
    );
    return left.every((count) => count <= 1) ? true : null;
  });
  const stoppedAt = Date.now();
  for (const { seat } of crew) seat.leave();
  const accepted = acceptedNotes(crew);
  expect((await server.stop()).code).toBe(0);

  const stored = await expectJournalInDatabase(house.env);
  const [seenFrom = 0] = linkTimes(house.env).snapshots;
  const seen = begunAndEndedIn(witness.ended.values(), { from: seenFrom, to: stoppedAt });
  expect(seen.map(({ id }) => id).filter((id) => !stored.has(id))).toEqual([]);
  // A call that somebody else talks on has no record yet; its wrap-up is kept for it.
  const lostNotes = [...accepted].filter(([id, note]) => stored.get(id)?.note?.includes(note) === false);
  expect(lostNotes).toEqual([]);
  const withNotes = [...accepted.keys()].filter((id) => stored.has(id));
  expect(withNotes.length).toBeGreaterThanOrEqual(accepted.size - witness.open());
});
