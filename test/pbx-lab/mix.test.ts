import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../server/stand-ins/asterisk-simulator/random.ts';
import { type Lab, startLab } from './lab.ts';
import { freepbxHouse } from './mix/freepbx-house.ts';
import { labHouse } from './mix/lab-house.ts';
import { planCalls } from './mix/plan.ts';
import { runMix } from './mix/run.ts';

/** Short runs of `npm run test:mix`, in each of its houses. */
describe.each([
  { house: labHouse, calls: 80, rate: 4, atLeast: 70 },
  { house: freepbxHouse, calls: 60, rate: 3, atLeast: 35 },
])('random mixed calls in the house $house.name', ({ house, calls, rate, atLeast }) => {
  const directory = mkdtempSync(join(tmpdir(), 'ringdesk-mix-'));
  let lab: Lab;

  beforeAll(async () => {
    lab = await startLab();
  }, 300_000);
  afterAll(async () => {
    await lab?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test('give the queue entries that queue_log has, one by one', async () => {
    const result = await runMix(lab, { house, calls, rate, seed: 7, directory });
    expect(result.comparison.mismatches).toEqual([]);
    expect(result.comparison.entries).toBeGreaterThan(atLeast);
    expect({ calls: result.calls, live: result.live }).toEqual({ calls, live: 0 });
  }, 120_000);
});

test('the same seed plans the same calls', () => {
  const plan = (seed: number) => planCalls(createRandom(seed), labHouse.kinds, 200, 5);
  expect(plan(3)).toEqual(plan(3));
  expect(plan(3)).not.toEqual(plan(4));
  expect(new Set(plan(3).map(({ kind }) => kind)).size).toBe(7);
});
