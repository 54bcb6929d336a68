import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from './line.ts';

const child = join(import.meta.dirname, '../../server/stand-ins/embedded-store/child.ts');

/** A database of somebody else's, as MONGODB_URL names it: nobody starts it again when it is killed, but the test. */
export interface Database {
  readonly url: string;
  start(): Promise<void>;
  /** kill -9 */
  kill(): Promise<void>;
}

export async function databaseIn(dir: string): Promise<Database> {
  const port = await freePort();
  let running: ChildProcess | null = null;
  return {
    url: `mongodb://127.0.0.1:${port}/ringdesk`,
    async start() {
      const loader = pathToFileURL(createRequire(child).resolve('tsx')).href;
      const next = spawn(process.execPath, ['--import', loader, child, dir, String(port)], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      running = next;
      await new Promise<void>((resolve, reject) => {
        next.once('message', () => resolve());
        next.once('exit', () => reject(new Error('The database did not start')));
      });
    },
    async kill() {
      const dying = running;
      running = null;
      if (dying === null) return;
      await new Promise((resolve) => {
        dying.once('exit', resolve);
        dying.kill('SIGKILL');
      });
    },
  };
}
