/**
 * `npm run test:mix`: random mixed calls through a real Asterisk, and queue entry by queue entry the comparison with queue_log.
 *   npm run test:mix -- --calls 500 --rate 5 --seed 1
 * The last line is one JSON object. Exit code 1 when anything differs.
 */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { labLacks, startLab } from '../lab.ts';
import { describeMismatch, outcomeTable } from './report.ts';
import { runMix } from './run.ts';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      calls: { type: 'string', default: '500' },
      rate: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [calls = 0, rate = 0, seed = 0] = [values.calls, values.rate, values.seed].map(Number);
  if (!(calls > 0 && rate > 0 && Number.isInteger(seed))) {
    console.error('usage: npm run test:mix -- [--calls N] [--rate PER-SECOND] [--seed N]');
    process.exitCode = 2;
    return;
  }
  const lacks = labLacks();
  if (lacks) {
    console.error(`The mix needs a real Asterisk: ${lacks}.`);
    process.exitCode = 2;
    return;
  }
  // Kept after the run: the stream and queue_log are what a mismatch is explained with.
  const directory = join('test/artifacts/mix', `seed-${seed}`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const lab = await startLab();
  const result = await runMix(lab, { calls, rate, seed, directory, onProgress: (line) => console.log(line) });
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
