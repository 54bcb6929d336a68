import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { retryDelayMs } from '@ringdesk/shared/backoff';
import type { Log } from '../../platform/log.ts';
import { checkDataFile, damagedStore } from './data-file.ts';
import { fromChild, type ToChild } from './messages.ts';

export type EmbeddedStore = {
  /** Connection string, the same for as long as the store runs, restarts of its process included. */
  readonly url: string;
  readonly stop: () => Promise<void>;
  /** Of the process that runs now. */
  readonly pid: number;
  /** Called each time the process ends without having been asked to. */
  readonly onExit: (listener: (exit: { code: number | null; signal: string | null }) => void) => void;
};

export type EmbeddedStoreOptions = {
  /** Directory of its data; made when it is not there. */
  readonly dir: string;
  readonly log: Log;
  /** TCP port on 127.0.0.1 (0: any free one), open to all users of this machine. By default a socket that only this user can open. */
  readonly port?: number;
  /** How long one operation may hold up all others, ms. Nobody waits for its answer any longer: drivers give up before. @defaultValue 70000 */
  readonly longestHoldMs?: number;
};

/** How long the process may take to open its data. */
const startMs = 90_000;
/** Pause before it is started again; it doubles for one that ends again at once, up to the longest. */
const restartMs = 200;
const longestRestartMs = 30_000;
/** One that lived longer did not die of its data. */
const shortLifeMs = 60_000;
/** So often it is asked whether it is held up, within `longestHoldMs`. */
const pings = 10;
/** After this the process is killed: its data are as safe then as after any crash. */
const stopMs = 5_000;

type Running = { readonly child: ChildProcess; readonly url: string };

const restAfter = (failures: number): number => retryDelayMs(failures + 1, restartMs, longestRestartMs);

/** Longer paths do not fit into a socket's address. https://man7.org/linux/man-pages/man7/unix.7.html */
const longestPath = 100;

function childCommand(dir: string, at: string): string[] {
  const here = import.meta.dirname;
  const loader = createRequire(path.join(here, 'index.ts')).resolve('tsx');
  return ['--import', pathToFileURL(loader).href, path.join(here, 'child.ts'), dir, at];
}

/** Starts the process and waits until it listens. Rejects with its own reason when it cannot. */
function launch(dir: string, at: string): Promise<Running> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, childCommand(dir, at), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The embedded store in ${dir} did not start within ${startMs / 1000} s`));
    }, startMs);
    child.on('message', (message) => {
      clearTimeout(timer);
      const said = fromChild.safeParse(message);
      if (!said.success) return;
      if (said.data.kind === 'ready') resolve({ child, url: said.data.url });
      else if (said.data.kind === 'failed') reject(new Error(said.data.reason));
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(damagedStore(dir, `its process ended at once, ${signal ?? `code ${code}`}`)));
    });
  });
}

/** A socket in the store's folder, which is its owner's alone; where that path is too long, in a folder of its own for temporary files. */
function socketFor(dir: string): { path: string; remove(): void } {
  const near = path.join(dir, 'store.sock');
  if (near.length <= longestPath) return { path: near, remove: () => rmSync(near, { force: true }) };
  const folder = mkdtempSync(path.join(tmpdir(), 'ringdesk-'));
  return {
    path: path.join(folder, 'store.sock'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * Runs the embedded store in a process of its own and starts it again when it dies, at the same address, so that drivers find
 * it again. Rejects when the directory is in use or cannot be opened.
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const dir = path.resolve(options.dir);
  const { log } = options;
  const listeners: ((exit: { code: number | null; signal: string | null }) => void)[] = [];
  checkDataFile(dir);
  const door = options.port === undefined ? socketFor(dir) : null;
  let running = await launch(dir, door?.path ?? String(options.port)).catch((error: unknown) => {
    door?.remove();
    throw error;
  });
  const { url } = running;
  const at = door?.path ?? new URL(url).port;
  let stopping = false;
  let restarting: Promise<void> = Promise.resolve();
  let shortLives = 0;

  function watch({ child }: Running): void {
    const startedAt = performance.now();
    const rest = killWhenHeldUp(child, options.longestHoldMs ?? 70_000, log);
    child.once('exit', (code, signal) => {
      rest();
      if (stopping) return;
      shortLives = performance.now() - startedAt < shortLifeMs ? shortLives + 1 : 0;
      const how = signal ?? `code ${code}`;
      log.error(
        { code, signal },
        shortLives > 2
          ? damagedStore(dir, `its process ended ${shortLives} times, each within a minute (${how})`)
          : 'The embedded store ended unexpectedly and is started again',
      );
      for (const listener of listeners) listener({ code, signal });
      restarting = restart();
    });
  }

  /** The first time at once, then with pauses that double. */
  async function restart(): Promise<void> {
    if (shortLives > 2) await pause(restAfter(shortLives));
    for (let failures = 0; !stopping && !(await isStartedAgain()); failures += 1)
      await pause(restAfter(failures));
  }

  async function isStartedAgain(): Promise<boolean> {
    try {
      checkDataFile(dir);
      running = await launch(dir, at);
      if (!stopping) watch(running);
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error({ reason }, 'The embedded store could not be started again; it is tried once more');
      return false;
    }
  }

  let wake: (() => void) | null = null;
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  watch(running);
  return {
    url,
    get pid() {
      return running.child.pid ?? 0;
    },
    onExit: (listener) => {
      listeners.push(listener);
    },
    async stop() {
      stopping = true;
      wake?.();
      await restarting;
      const { child } = running;
      if (child.exitCode !== null || child.signalCode !== null) {
        door?.remove();
        return;
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
        child.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        const stop: ToChild = { kind: 'stop' };
        if (child.connected) child.send(stop);
        else child.kill('SIGKILL');
      });
      door?.remove();
    },
  };
}

/**
 * One operation may hold up all others, e.g. an expression that never ends: nobody can interrupt it, but its process can be ended. What was acknowledged is on the disk.
 * @returns ends the watch
 */
function killWhenHeldUp(child: ChildProcess, longestHoldMs: number, log: Log): () => void {
  let unanswered = 0;
  const heard = (message: unknown) => {
    if (fromChild.safeParse(message).data?.kind === 'pong') unanswered = 0;
  };
  child.on('message', heard);
  // Counted, not timed: when this process slept, the other one did too.
  const timer = setInterval(() => {
    unanswered += 1;
    if (unanswered > pings) {
      log.error('The embedded store was held up by one operation for too long, and is ended');
      child.kill('SIGKILL');
    } else if (child.connected) {
      const ping: ToChild = { kind: 'ping' };
      child.send(ping);
    }
  }, longestHoldMs / pings);
  timer.unref();
  return () => clearInterval(timer);
}
