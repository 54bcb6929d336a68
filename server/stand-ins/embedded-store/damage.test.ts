import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import pino from 'pino';
import { startEmbeddedStore } from './index.ts';

jest.setTimeout(900_000);

/** The same numbers in each run. https://en.wikipedia.org/wiki/Linear_congruential_generator */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Each starts a process; fifty with RINGDESK_DAMAGES=50. */
const damages = Number(process.env['RINGDESK_DAMAGES'] ?? 12);

const next = numbers(38);
const kinds: ((bytes: Buffer) => Buffer)[] = [
  (bytes) => bytes.subarray(0, next(bytes.length)),
  (bytes) => {
    const [at, length] = [next(bytes.length), 1 + next(8192)];
    const noise = Buffer.from(Array.from({ length }, () => next(256)));
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at + length)]);
  },
  (bytes) => Buffer.from(bytes).fill(0, next(bytes.length)),
  (bytes) => Buffer.concat([bytes, Buffer.alloc(1 + next(8192), next(256))]),
];

let dir: string;
let whole: Buffer;
const said: string[] = [];
const log = pino({ level: 'error' }, { write: (line: string) => void said.push(line) });

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'ringdesk-damage-'));
  const store = await startEmbeddedStore({ dir, log });
  const client = new MongoClient(store.url);
  const things = client.db().collection('things');
  await things.createIndex({ name: 1 });
  await things.insertMany(
    Array.from({ length: 500 }, (_, n) => ({ name: `name ${n}`, text: 'x'.repeat(200) })),
  );
  await client.close();
  await store.stop();
  whole = readFileSync(path.join(dir, 'data.mdb'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** Whether it was refused with a line, or served, or died and was said to be broken. */
async function outcome(damaged: Buffer): Promise<string> {
  await writeFile(path.join(dir, 'data.mdb'), damaged);
  said.length = 0;
  let store: Awaited<ReturnType<typeof startEmbeddedStore>>;
  try {
    store = await startEmbeddedStore({ dir, log });
  } catch (error) {
    return /ringdesk restore FOLDER/.test(String(error)) ? 'refused' : String(error);
  }
  const client = new MongoClient(store.url, { serverSelectionTimeoutMS: 5000, retryReads: false });
  try {
    await client.db().collection('things').find().toArray();
    await client.db().collection('things').find({ name: 'name 7' }).toArray();
    return 'served';
  } catch (error) {
    if (said.length === 0 && !(error instanceof Error && /^Mongo/.test(error.name))) return String(error);
    return 'told';
  } finally {
    await client.close();
    await store.stop();
  }
}

test('a store damaged again and again is refused with what to do, serves, or tells who asks; it never hangs', async () => {
  const outcomes: string[] = [];
  for (let at = 0; at < damages; at += 1)
    outcomes.push(await outcome(kinds[at % kinds.length]?.(whole) ?? whole));
  expect(outcomes.filter((one) => !['refused', 'served', 'told'].includes(one))).toEqual([]);
  expect(new Set(outcomes).size).toBeGreaterThan(1);
});

test('a store that breaks while it runs names the backups, and is not started again without a pause', async () => {
  await writeFile(path.join(dir, 'data.mdb'), whole);
  said.length = 0;
  const store = await startEmbeddedStore({ dir, log });
  await writeFile(path.join(dir, 'data.mdb'), 'broken');
  process.kill(store.pid, 'SIGKILL');
  while (!said.some((line) => /could not be started again/.test(line))) await new Promise(setImmediate);
  expect(said.join('')).toMatch(/ringdesk restore FOLDER/);
  const before = said.length;
  await new Promise((resolve) => setTimeout(resolve, 2000));
  expect(said.length - before).toBeLessThan(6);
  await store.stop();
});
