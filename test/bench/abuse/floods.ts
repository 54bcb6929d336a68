import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** What a flooder's process is told in its first argument. */
export interface FloodOrder {
  kind: FloodKind;
  url: string;
  /** The session of an agent who means ill; the other floods have none. */
  cookie: string;
  customerId: string;
}

/**
 * `links`: frames of strangers and of one agent; `bodies`: huge, deep and wide JSON of strangers; `logins`: wrong passwords, sixty at once;
 * `connections`: requests that never end, and one agent who opens and changes everything at once.
 */
export const floodKinds = ['links', 'bodies', 'logins', 'connections'] as const;
export type FloodKind = (typeof floodKinds)[number];

/** How often something was sent, opened or answered, by its name. */
export type Tally = Record<string, number>;

export interface Flood {
  /** Ends it, and tells what became of it. */
  stop(): Promise<Tally>;
}

const script = join(import.meta.dirname, 'flood/main.ts');

/** Starts a flood in a process of its own, so that it takes its time from a core and not from who measures. Resolves when it begins. */
export async function startFlood(order: FloodOrder): Promise<Flood> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(order)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let tally: Tally = {};
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`The flood of ${order.kind} ended at its start (${code})`)),
    );
    child.on('message', (message: 'begun' | Tally) => {
      if (message === 'begun') resolve();
      else tally = message;
    });
  });
  return {
    async stop() {
      if (child.connected) child.send('stop');
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(late);
      return tally;
    },
  };
}
