import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { eventually } from '../house/eventually.ts';
import { callsFor, type House, hirePeople, openHouse, password } from '../house/house.ts';
import { type Server, startServer } from '../house/server.ts';
import { ask, logIn } from '../house/session.ts';
import { crewAt, popsSince } from './crew.ts';

jest.setTimeout(400_000);

const token = 'a token for the tests';
let house: House;
beforeEach(async () => {
  house = await openHouse({ METRICS_TOKEN: token });
  await callsFor(house, { agents: 8, callsPerSecond: 1 });
});
afterEach(() => house.close());

/** The journal as whoever watches over the server is told of it. */
async function journalState(url: string): Promise<string> {
  const { body } = await ask(url, '/readyz', { headers: { Authorization: `Bearer ${token}` } });
  const [, state = 'not told'] = /"journal[^"]*":\{"state":"(\w+)"/.exec(JSON.stringify(body)) ?? [];
  return state;
}

/** Resolves when another card came up after now. */
async function aCardComesUp(crew: Awaited<ReturnType<typeof crewAt>>): Promise<void> {
  const since = Date.now();
  await eventually('another card', async () => (popsSince(crew, since) > 0 ? true : null), 120_000);
}

/** Ways to a full disk; what a server writes fails from `fill` on, until `free`. */
interface Disk {
  fill(server: Server): void;
  free(server: Server): void;
}

/** A file system of its own in memory, for the data; null where this user may mount nothing. */
function tmpfs(dir: string): Disk | null {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m,mode=0700', 'tmpfs', dir], { stdio: 'ignore' });
  } catch {
    return null;
  }
  house.atEnd(() => execFileSync('umount', ['-l', dir], { stdio: 'ignore' }));
  const filler = join(dir, 'filler');
  return {
    fill() {
      try {
        writeFileSync(filler, Buffer.alloc(80 * 1024 * 1024));
      } catch {
        // To the last byte, as wanted.
      }
    },
    free: () => rmSync(filler, { force: true }),
  };
}

/** No file of the server's process may become longer (EFBIG): https://man7.org/linux/man-pages/man1/prlimit.1.html */
function noLongerFiles(): Disk {
  const limit = ({ program }: Server, bytes: string) =>
    execFileSync('prlimit', ['--pid', String(program.pid), `--fsize=${bytes}:`]);
  return { fill: (server) => limit(server, '4096'), free: (server) => limit(server, 'unlimited') };
}

test.each([
  ['a full file system', (dir: string) => tmpfs(dir) ?? noLongerFiles()],
  ['files that may grow no further', () => noLongerFiles()],
])('%s: cards come up, it is told, and when there is room again all is written', async (_, diskIn) => {
  const disk = diskIn(house.env['DATA_DIR'] ?? '');
  await hirePeople(house);
  const server = await house.start();
  const crew = await crewAt(house, server.url, { wrapsUp: true });
  await aCardComesUp(crew);
  disk.fill(server);
  await server.logged(/The journal cannot be written: calls go on/, 120_000);
  expect(await journalState(server.url)).toBe('down');
  await aCardComesUp(crew);
  disk.free(server);
  await server.logged(/The journal is being written again/, 120_000);
  expect(await journalState(server.url)).toBe('up');
  await aCardComesUp(crew);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});

test('a server that may open few files serves those who are there, whoever else holds connections', async () => {
  await hirePeople(house);
  const server = await startServer({ env: house.env, cwd: house.dir, limits: '-n 160' });
  house.atEnd(async () => {
    server.program.signal('SIGKILL');
    await server.program.ended().catch(() => undefined);
  });
  const crew = await crewAt(house, server.url, { wrapsUp: true });
  await aCardComesUp(crew);
  const { hostname, port } = new URL(server.url);
  const unfinished: Socket[] = Array.from({ length: 400 }, () =>
    connect({ host: hostname, port: Number(port) })
      .on('error', () => undefined)
      .on('connect', function (this: Socket) {
        this.write('GET / HTTP/1.1\r\nHost: here\r\nX-');
      }),
  );
  try {
    await aCardComesUp(crew);
    await aCardComesUp(crew);
  } finally {
    for (const socket of unfinished) socket.destroy();
  }
  await eventually('a log-in', async () => logIn(server.url, 'vera', password), 60_000);
  expect(server.program.stderr()).not.toMatch(/EMFILE/);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});
