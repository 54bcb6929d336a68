/**
 * `npm run test:mix`: random mixed calls through a real Asterisk, and queue entry by queue entry the comparison with queue_log.
 *   npm run test:mix -- --calls 500 --rate 5 --seed 1 --house freepbx
 * Both houses, one after the other, when none is named. The last line of each is one JSON object. Exit code 1 when anything differs.
 */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { labLacks, startLab } from '../lab.ts';
import { freepbxHouse } from './freepbx-house.ts';
import type { House } from './house.ts';
import { labHouse } from './lab-house.ts';
import { describeMismatch, outcomeTable } from './report.ts';
import { runMix } from './run.ts';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      calls: { type: 'string', default: '500' },
      rate: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      house: { type: 'string' },
    },
  });
  const [calls = 0, rate = 0, seed = 0] = [values.calls, values.rate, values.seed].map(Number);
  if (!(calls > 0 && rate > 0 && Number.isInteger(seed))) {
    console.error(
      'usage: npm run test:mix -- [--calls N] [--rate PER-SECOND] [--seed N] [--house lab|freepbx]',
    );
    process.exitCode = 2;
    return;
  }
  const lacks = labLacks();
  if (lacks) {
    console.error(`The mix needs a real Asterisk: ${lacks}.`);
    process.exitCode = 2;
    return;
  }
  const chosen = [labHouse, freepbxHouse].filter(({ name }) => name === (values.house ?? name));
  if (chosen.length === 0) {
    console.error(`There is no house ${values.house}: lab or freepbx.`);
    process.exitCode = 2;
  }
  for (const house of chosen) await mixIn(house, { calls, rate, seed });
}

/** One run in a house of its own. */
async function mixIn(house: House, run: { calls: number; rate: number; seed: number }): Promise<void> {
  const { calls, seed } = run;
  // Kept after the run: the stream and queue_log are what a mismatch is explained with.
  const directory = join('test/artifacts/mix', `${house.name}-seed-${seed}`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const lab = await startLab();
  const result = await runMix(lab, { ...run, house, directory, onProgress: (line) => console.log(line) });
  copyFileSync(lab.queueLogFile, join(directory, 'queue_log'));
  await lab.stop();

  const { entries, mismatches } = result.comparison;
  console.log(`\n${outcomeTable(result.log)}\n`);
  for (const mismatch of mismatches) console.log(describeMismatch(mismatch));
  if (result.calls !== calls) console.log(`${result.calls} of ${calls} calls were seen`);
  if (result.live > 0) console.log(`${result.live} calls did not end for the call model`);
  console.log(`stream and queue_log: ${directory}`);
  console.log(
    JSON.stringify({
      house: house.name,
      calls: result.calls,
      entries,
      mismatches: mismatches.length,
      interactions: result.interactions,
      live: result.live,
    }),
  );
  if (mismatches.length > 0 || result.live > 0 || result.calls !== calls) process.exitCode = 1;
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
