import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log } from '../../platform/log.ts';
import { fromChild } from './messages.ts';

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
  /** TCP port on 127.0.0.1; any free one by default. */
  readonly port?: number;
};

const database = 'ringdesk';
/** How long the process may take to open its data. */
const startMs = 30_000;
/** Pause before it is started again, so that one that dies at once does not spin. */
const restartMs = 200;
/** After this the process is killed: its data are as safe then as after any crash. */
const stopMs = 5_000;

type Running = { readonly child: ChildProcess; readonly port: number };

function childCommand(dir: string, port: number): string[] {
  const here = import.meta.dirname;
  const loader = createRequire(path.join(here, 'index.ts')).resolve('tsx');
  return ['--import', pathToFileURL(loader).href, path.join(here, 'child.ts'), dir, String(port)];
}

/** Starts the process and waits until it listens. Rejects with its own reason when it cannot. */
function launch(dir: string, port: number): Promise<Running> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, childCommand(dir, port), {
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
      if (said.data.kind === 'ready') resolve({ child, port: said.data.port });
      else reject(new Error(said.data.reason));
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`The embedded store in ${dir} ended at its start (${signal ?? `code ${code}`})`));
    });
  });
}

/**
 * Runs the embedded store in a process of its own and starts it again when it dies, on the same port, so that drivers find
 * it again. Rejects when the directory is in use or cannot be opened.
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const dir = path.resolve(options.dir);
  const { log } = options;
  const listeners: ((exit: { code: number | null; signal: string | null }) => void)[] = [];
  let running = await launch(dir, options.port ?? 0);
  const { port } = running;
  let stopping = false;
  let restarting: Promise<void> = Promise.resolve();

  function watch({ child }: Running): void {
    child.once('exit', (code, signal) => {
      if (stopping) return;
      log.error({ code, signal }, 'The embedded store ended unexpectedly and is started again');
      for (const listener of listeners) listener({ code, signal });
      restarting = restart();
    });
  }

  async function restart(): Promise<void> {
    while (!stopping) {
      try {
        running = await launch(dir, port);
        if (stopping) running.child.kill('SIGTERM');
        else watch(running);
        return;
      } catch (error) {
        log.error(
          { reason: String(error) },
          'The embedded store could not be started again; trying once more',
        );
        await new Promise((resolve) => setTimeout(resolve, restartMs));
      }
    }
  }

  watch(running);
  return {
    url: `mongodb://127.0.0.1:${port}/${database}`,
    get pid() {
      return running.child.pid ?? 0;
    },
    onExit: (listener) => {
      listeners.push(listener);
    },
    async stop() {
      stopping = true;
      await restarting;
      const { child } = running;
      if (child.exitCode !== null || child.signalCode !== null) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
        child.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        child.kill('SIGTERM');
      });
    },
  };
}
