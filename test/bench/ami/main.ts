import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  asteriskManager,
  type Contestant,
  countOf,
  createOurs,
  looksOfCallModel,
  oursWithReader,
  readSoFar,
  scan,
} from './contestants.ts';

/**
 * Events per second of our AMI client, of asterisk-manager, and of a bare search for the ends of the messages, over the same recorded
 * stream: fifty calls through a queue of a real Asterisk 22 with every event switched on, 8,901 events, 4.3 MB. They take turns in short
 * rounds, so that the noise of the machine meets all alike; a figure is the third best of its rounds.
 * The last line is JSON: {"ours":…,"asteriskManager":…,"scan":…}.
 */
const CHUNK_BYTES = 65_536; // what a busy socket hands over at once
const WARM_UP = 3;
const ROUNDS = 21;
const ROUND_MS = 60;

const folder = path.dirname(fileURLToPath(import.meta.url));
const stream = gunzipSync(readFileSync(path.join(folder, 'fifty-calls.ami.gz')));
const chunks: Buffer[] = [];
for (let at = 0; at < stream.length; at += CHUNK_BYTES) chunks.push(stream.subarray(at, at + CHUNK_BYTES));

const looks = looksOfCallModel(chunks);
const contestants = {
  scan,
  ours: createOurs(looks),
  oursWithReader,
  readSoFar,
  asteriskManager,
} satisfies Record<string, Contestant>;

/** Events per second over at least ROUND_MS. */
async function round(contestant: Contestant): Promise<number> {
  const start = performance.now();
  let events = 0;
  let elapsed = 0;
  while (elapsed < ROUND_MS) {
    events += await contestant(chunks);
    elapsed = performance.now() - start;
  }
  return (events * 1000) / elapsed;
}

/** The third best: other programs on the machine only ever take time away, and a single lucky round proves nothing. */
function thirdBest(values: readonly number[]): number {
  return Math.round([...values].sort((a, b) => b - a)[2] ?? 0);
}

async function main(): Promise<void> {
  const rates = new Map<string, number[]>();
  for (const [name, contestant] of Object.entries<Contestant>(contestants)) {
    rates.set(name, []);
    console.log(`${name} finds ${await contestant(chunks)} ${name === 'scan' ? 'messages' : 'events'}`);
  }
  for (let i = 0; i < WARM_UP + ROUNDS; i += 1) {
    for (const [name, contestant] of Object.entries<Contestant>(contestants)) {
      const rate = await round(contestant);
      if (i >= WARM_UP) rates.get(name)?.push(rate);
    }
  }
  const rate = (name: keyof typeof contestants) => thirdBest(rates.get(name) ?? []);
  const result = { ours: rate('ours'), asteriskManager: rate('asteriskManager'), scan: rate('scan') };
  const most = Math.max(...[...looks.values()].map(countOf));
  console.log(`${looks.size} kinds of events are read, with up to ${most} fields each`);
  console.log(
    `ours is ${(result.ours / result.asteriskManager).toFixed(1)} times asterisk-manager and ${((100 * result.ours) / result.scan).toFixed(0)} % of the scan; with the call model's reader behind it: ${rate('oursWithReader')} events/s`,
  );
  console.log(`${readSoFar()} values and characters were read on the way`);
  console.log(JSON.stringify(result));
}

await main();
