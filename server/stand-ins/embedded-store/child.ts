import { createLog } from '../../platform/log.ts';
import { createCursors } from './cursors.ts';
import { damagedStore } from './data-file.ts';
import { DirectoryInUse, lockDirectory } from './directory-lock.ts';
import { type FromChild, toChild } from './messages.ts';
import { listen, type StoreAddress } from './server.ts';
import { openEnvironment } from './storage/environment.ts';
import { createStore } from './storage/store.ts';
import { sweepExpired } from './ttl.ts';

/** MongoDB looks for expired documents once a minute too. */
const sweepMs = 60_000;

/** A stop that takes longer than this is cut short. */
const stopMs = 3000;

function tell(message: FromChild): void {
  process.send?.(message);
}

/** @throws Error that says what to do */
function openData(dir: string) {
  try {
    const env = openEnvironment(dir);
    return { env, store: createStore(env) };
  } catch (error) {
    throw new Error(damagedStore(dir, error instanceof Error ? error.message : String(error)), {
      cause: error,
    });
  }
}

async function run(dir: string, at: StoreAddress): Promise<void> {
  const log = createLog({ level: process.env['RINGDESK_LOG_LEVEL'] ?? 'info', showPersonal: false });
  const lock = lockDirectory(dir);
  const { env, store } = openData(dir);
  const cursors = createCursors(Date.now);
  const services = { store, cursors, now: () => new Date(), startedAt: new Date() };
  const server = await listen({ at, services, log });

  const sweep = () => {
    cursors.sweep(Date.now());
    sweepExpired(store, new Date()).catch((error: unknown) =>
      log.error({ reason: String(error) }, 'Expired documents could not be removed'),
    );
  };
  const timer = setInterval(sweep, sweepMs);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    clearInterval(timer);
    // What is acknowledged is on disk: to go at once is no worse than to go in order, and better than to stay.
    setTimeout(() => process.exit(1), stopMs).unref();
    await server.close();
    // A write that was under way is a transaction of its own turn: after this one none is left.
    await store.write(() => undefined);
    await env.close();
    lock.release();
    process.exit(0);
  };
  process.on('message', (message) => {
    const asked = toChild.safeParse(message);
    if (!asked.success) return;
    if (asked.data.kind === 'ping') tell({ kind: 'pong' });
    else void stop();
  });
  process.on('disconnect', stop);
  tell({ kind: 'ready', url: server.url });
}

function addressOf(text: string): StoreAddress {
  return /^\d+$/.test(text) ? { port: Number(text) } : { path: text };
}

// A signal to the whole group stops the server, which stops this process as its last: what it still writes must find its store.
process.on('SIGTERM', () => undefined);
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
process.umask(0o077);

const [dir, at] = process.argv.slice(2);
if (dir === undefined) {
  process.stderr.write('Usage: child.ts DIRECTORY [PORT | SOCKET]\n');
  process.exit(2);
} else {
  run(dir, addressOf(at ?? '0')).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    tell({ kind: 'failed', reason, retry: !(error instanceof DirectoryInUse) });
    process.stderr.write(`${reason}\n`);
    process.exitCode = 1;
    process.disconnect?.();
  });
}
