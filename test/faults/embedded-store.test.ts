import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../house/eventually.ts';
import { callsFor, type House, hirePeople, openHouse, supervisor } from '../house/house.ts';
import type { Session } from '../house/session.ts';
import { acceptedNotes, crewAt } from './crew.ts';
import { expectJournalInDatabase } from './same-records.ts';

jest.setTimeout(180_000);

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await callsFor(house, { agents: 16, callsPerSecond: 3 });
  await hirePeople(house);
});
afterAll(() => house.close());

/** The store's own process, by the lock in its directory. */
function storePid(): number {
  return Number.parseInt(readFileSync(join(house.dir, 'data/store/owner.pid'), 'utf8'), 10);
}

/** Saves customers one after the other, whatever happens. @returns the ids of those that the server said it has */
function keepSaving(session: Session) {
  const acknowledged: string[] = [];
  const refused: number[] = [];
  let stopped = false;
  const running = (async () => {
    for (let n = 0; !stopped; n += 1) {
      const phones = [{ raw: `+7 916 100-${String(1000 + n)}`, label: 'mobile' }];
      const input = { kind: 'person', name: `Customer ${n}`, phones };
      const { status, body } = await session.send('POST', '/api/customers', input);
      if (status === 201) acknowledged.push((body as { id: string }).id);
      else refused.push(status);
    }
  })();
  return {
    acknowledged,
    refused,
    async stop() {
      stopped = true;
      await running;
    },
  };
}

test('the embedded store comes back after kill -9 with everything that was acknowledged', async () => {
  const server = await house.start();
  const crew = await crewAt(house, server.url, { wrapsUp: true });
  const vera = await supervisor(server.url);
  const saving = keepSaving(vera);
  for (let kills = 1; kills <= 2; kills += 1) {
    const before = saving.acknowledged.length;
    await eventually('customers are saved', async () =>
      saving.acknowledged.length >= before + 20 && acceptedNotes(crew).size >= kills ? true : null,
    );
    const pid = storePid();
    process.kill(pid, 'SIGKILL');
    await eventually('another process has the store', async () => (storePid() === pid ? null : true));
    const atKill = saving.acknowledged.length;
    await eventually('customers are saved again', async () =>
      saving.acknowledged.length > atKill ? true : null,
    );
  }
  await saving.stop();
  expect(new Set(saving.refused)).toEqual(new Set([503]));
  const found = await Promise.all(
    saving.acknowledged.map(async (id) => (await vera.get(`/api/customers/${id}`)).status),
  );
  expect(found).toEqual(saving.acknowledged.map(() => 200));

  for (const { seat } of crew) seat.leave();
  const accepted = acceptedNotes(crew);
  expect((await server.stop()).code).toBe(0);
  // What waited for the store at the stop is delivered by the next run.
  const again = await house.start();
  expect((await again.stop()).code).toBe(0);
  const stored = await expectJournalInDatabase(house.env);
  const lostNotes = [...accepted].filter(([id, note]) => stored.get(id)?.note?.includes(note) === false);
  expect(lostNotes).toEqual([]);
});
