import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../server/platform/log.ts';
import { createMetrics } from '../../server/platform/metrics.ts';
import { openStore, type Store } from '../../server/platform/store/index.ts';
import { startEmbeddedStore } from '../../server/stand-ins/embedded-store/index.ts';

export const log = createLog({ level: 'silent', showPersonal: false });

/** A database of its own for one test file: on the server that MONGODB_URL names, else on an embedded store. */
export async function startDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const name = `ringdesk_test_${randomBytes(6).toString('hex')}`;
  const named = process.env['MONGODB_URL'];
  if (named !== undefined && named !== '') return { url: withDatabase(named, name), stop: async () => {} };
  const dir = await mkdtemp(join(tmpdir(), 'ringdesk-store-'));
  const embedded = await startEmbeddedStore({ dir, log, port: 0 });
  return {
    url: withDatabase(embedded.url, name),
    async stop() {
      await embedded.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function withDatabase(url: string, name: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(url);
  if (parts === null) throw new Error('MONGODB_URL is no database URL');
  return `${parts[1]}/${name}${parts[2] ?? ''}`;
}

/** A store on a database of its own, prepared; `close` leaves nothing behind. */
export async function openTestStore(): Promise<{ store: Store; url: string; close(): Promise<void> }> {
  const database = await startDatabase();
  const store = await openStore({ mongoUrl: database.url, dataDir: '', log, metrics: createMetrics() });
  return {
    store,
    url: database.url,
    async close() {
      if (store.state() === 'up') await store.connection.dropDatabase();
      await store.close();
      await database.stop();
    },
  };
}

/** A line to a database that can be cut and mended: what a network outage or a restart looks like from here. */
export async function cuttable(
  url: string,
): Promise<{ url: string; cut(): void; stall(): void; mend(): void; close(): Promise<void> }> {
  const parts = /^mongodb:\/\/([^:/?]+)(?::(\d+))?(.*)$/.exec(url);
  if (parts === null) throw new Error('Only a plain mongodb://host:port can be cut');
  const [, host = '', port = '27017', rest = ''] = parts;
  const open = new Set<Socket>();
  let isCut = false;
  const line = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    const server = createConnection({ host, port: Number(port) });
    for (const socket of [client, server]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.pipe(server).pipe(client);
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const address = line.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    url: `mongodb://127.0.0.1:${address.port}${rest}`,
    cut() {
      isCut = true;
      for (const socket of open) socket.destroy();
    },
    /** What is open now carries nothing any more; what is opened later does. */
    stall() {
      for (const socket of open) socket.pause();
    },
    mend() {
      isCut = false;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => line.close(resolve));
    },
  };
}

/** Resolves when the store is in this state. */
export function reached(store: Store, wanted: 'up' | 'down'): Promise<void> {
  if (store.state() === wanted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = store.onState((state) => {
      if (state !== wanted) return;
      end();
      resolve();
    });
  });
}
