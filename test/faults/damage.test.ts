import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type House, hirePeople, openHouse, pbxAt } from '../house/house.ts';

/**
 * Each file of the data directory, damaged at random: the server starts, or ends with one line that says what to do. It never ends by a signal, stays
 * without serving, or says nothing.
 */
jest.setTimeout(900_000);

/** Of each file; more with RINGDESK_DAMAGES. The store alone, the journal and the outbox have tests of their own beside their code. */
const damages = Number(process.env['RINGDESK_DAMAGES'] ?? 4);

/** The same numbers in each run, so that what fails can be seen again. https://en.wikipedia.org/wiki/Linear_congruential_generator */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const kinds: readonly [string, (bytes: Buffer, next: (below: number) => number) => Buffer][] = [
  ['cut', (bytes, next) => bytes.subarray(0, next(bytes.length))],
  [
    'overwritten',
    (bytes, next) => {
      const at = next(bytes.length);
      const piece = Buffer.from(Array.from({ length: 1 + next(4096) }, () => next(256)));
      return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + piece.length)]);
    },
  ],
  ['zeroed', (bytes, next) => Buffer.from(bytes).fill(0, next(bytes.length))],
  [
    'longer by what is nothing',
    (bytes, next) => Buffer.concat([bytes, Buffer.alloc(1 + next(5000), next(256))]),
  ],
];

let house: House;
let kept: string;
beforeAll(async () => {
  house = await openHouse({ PORT: '0', ...pbxAt(1) });
  await hirePeople(house);
  const server = await house.start();
  await server.stop();
  kept = join(house.dir, 'kept');
  copyAll(house.env['DATA_DIR'] ?? '', kept);
});
afterAll(() => house.close());

function copyAll(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) copyAll(join(from, entry.name), join(to, entry.name));
    else if (entry.isFile()) copyFileSync(join(from, entry.name), join(to, entry.name));
  }
}

/** What a server makes of it, in a word or two. */
async function startDamaged(file: string, damaged: Buffer): Promise<string> {
  const dir = house.env['DATA_DIR'] ?? '';
  copyAll(kept, dir);
  writeFileSync(join(dir, file), damaged);
  const program = house.run(['start']);
  const isReady = await program.wrote('stdout', /Ringdesk is ready/, 120_000).then(
    () => true,
    () => false,
  );
  if (isReady) program.signal('SIGTERM');
  const ending = await program.ended(isReady ? 60_000 : 1000).catch(() => null);
  if (ending === null) return isReady ? 'does not stop' : 'lives and does not serve';
  if (ending.signal !== null) return `ended by ${ending.signal}`;
  if (isReady) return ending.code === 0 ? 'served' : `stopped with ${ending.code}`;
  const lines = program.stderr().trim().split('\n');
  return ending.code !== 0 && /restore FOLDER|Remove it/.test(lines.join())
    ? 'said'
    : `ended with ${ending.code}: ${lines.at(-1)}`;
}

const files = ['store/data.mdb', 'session-secret', 'outbox.jsonl'];

test.each(files)('%s, damaged again and again: the server serves or says what is wrong', async (file) => {
  const next = numbers(file.length);
  const path = join(kept, file);
  const whole = existsSync(path) ? readFileSync(path) : Buffer.from('{"n":1,"item":{"kind":"draft"}}\n');
  const outcomes: string[] = [];
  for (let at = 0; at < damages; at += 1) {
    const [kind, damage] = kinds[at % kinds.length] ?? ['whole', (bytes: Buffer) => bytes];
    outcomes.push(`${kind}: ${await startDamaged(file, damage(whole, next))}`);
  }
  expect(outcomes.filter((outcome) => !/: (served|said)$/.test(outcome))).toEqual([]);
});
