import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../house/eventually.ts';
import { callsFor, type House, hirePeople, openHouse } from '../house/house.ts';
import type { Witness } from '../house/witness.ts';
import { crewAt, talking } from './crew.ts';
import { expectJournalInDatabase } from './same-records.ts';
import { type Database, databaseIn } from './store-process.ts';

jest.setTimeout(180_000);

let house: House;
let database: Database;
let witness: Witness;
beforeAll(async () => {
  house = await openHouse();
  database = await databaseIn(join(house.dir, 'database'));
  house.atEnd(() => database.kill());
  await database.start();
  house.env['MONGODB_URL'] = database.url;
  witness = await callsFor(house, { agents: 16, callsPerSecond: 4 });
  await hirePeople(house);
});
afterAll(() => house.close());

/** Up to which segment everything is in the database, by the server's own word. */
function cursor(): number {
  return Number(readFileSync(join(house.dir, 'data/journal/main.written'), 'utf8'));
}

function lastSegment(): number {
  const names = readdirSync(join(house.dir, 'data/journal')).filter((name) => name.endsWith('.ami'));
  return Math.max(...names.map((name) => Number(name.split('.')[1])));
}

test('SIGTERM in mid-call ends with 0 and leaves nothing unwritten', async () => {
  const server = await house.start();
  const crew = await crewAt(house, server.url, { wrapsUp: true });
  const before = witness.ended.size;
  await eventually('calls that ended', async () => (witness.ended.size >= before + 6 ? true : null));
  await talking(crew);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  expect(server.program.stderr()).not.toMatch(/took longer than|Stopping .* failed/);
  expect((await expectJournalInDatabase(house.env)).size).toBeGreaterThanOrEqual(3);
  expect(cursor()).toBe(lastSegment());
});

test('SIGTERM while the database is away ends with 0 too, and the next run writes what waited', async () => {
  const server = await house.start();
  const crew = await crewAt(house, server.url, { wrapsUp: true });
  await talking(crew);
  await database.kill();
  await server.logged(/The database does not take interactions/);
  expect(await server.stop()).toEqual({ code: 0, signal: null });

  await database.start();
  const again = await house.start();
  await again.logged(/events session is ready/);
  expect(await again.stop()).toEqual({ code: 0, signal: null });
  await expectJournalInDatabase(house.env);
});
