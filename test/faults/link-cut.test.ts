import { eventually, passed } from '../house/eventually.ts';
import { callsFor, type House, hirePeople, openHouse, pbxAt } from '../house/house.ts';
import { ask } from '../house/session.ts';
import type { Witness } from '../house/witness.ts';
import { crewAt } from './crew.ts';
import { begunAndEndedIn, endedSince, expectKeptThrough, sortByGap } from './gap.ts';
import { type Line, lineTo } from './line.ts';
import { linkTimes } from './records.ts';
import { expectJournalInDatabase } from './same-records.ts';

jest.setTimeout(180_000);

let house: House;
let witness: Witness;
let line: Line;
beforeAll(async () => {
  house = await openHouse();
  witness = await callsFor(house, { agents: 100, callsPerSecond: 4 });
  line = await lineTo(Number(house.env['PBX_PORT']));
  house.atEnd(() => line.close());
  Object.assign(house.env, pbxAt(line.port));
  await hirePeople(house);
});
afterAll(() => house.close());

test('a cut link is shown, calls that go on through it stay one interaction each, and nothing is invented', async () => {
  const server = await house.start();
  const crew = await crewAt(house, server.url, { wrapsUp: true });
  await Promise.all(crew.map(({ seat }) => seat.sees('the link', ({ pbx }) => pbx.state === 'up')));
  await eventually('calls that ended', async () => (witness.ended.size >= 8 ? true : null));

  const cutAt = Date.now();
  line.cut();
  const told = await Promise.all(
    crew.map(({ seat }) => seat.sees('the cut', ({ pbx }) => (pbx.state === 'down' ? pbx.message : null))),
  );
  expect(new Set(told).size).toBe(1);
  expect(told[0]).toMatch(/^PBX main at 127\.0\.0\.1:\d+ .*closed the connection/);
  expect(await ask(server.url, '/readyz')).toMatchObject({
    status: 200,
    body: { parts: { 'pbx main': { state: 'down' } } },
  });
  // Long enough for calls to end and to begin unseen.
  await passed(4000);
  await eventually('calls that end meanwhile', async () =>
    endedSince(witness.ended.values(), cutAt).length >= 2 ? true : null,
  );
  line.mend();
  await Promise.all(crew.map(({ seat }) => seat.sees('the link again', ({ pbx }) => pbx.state === 'up')));

  const times = linkTimes(house.env);
  const [seenFrom = 0] = times.snapshots;
  const gap = { from: times.down[0] ?? 0, to: times.snapshots[1] ?? 0 };
  expect(times).toMatchObject({
    down: [expect.any(Number)],
    snapshots: [expect.any(Number), expect.any(Number)],
  });
  await eventually('calls of every kind', async () => {
    const { through, lost, begun, outside } = sortByGap(witness.ended.values(), gap);
    const fresh = outside.filter(({ startedAt }) => Date.parse(startedAt) > gap.to);
    return through.length >= 3 && lost.length >= 1 && begun.length >= 1 && fresh.length >= 3 ? true : null;
  });
  const stoppedAt = Date.now();
  expect((await server.stop()).code).toBe(0);

  const stored = await expectJournalInDatabase(house.env);
  const seen = begunAndEndedIn(witness.ended.values(), { from: seenFrom, to: stoppedAt });
  expectKeptThrough(stored, sortByGap(seen, gap), gap);
  expect([...stored.keys()].filter((id) => !witness.ended.has(id))).toEqual([]);
});
