import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serialize } from 'bson';
import { MongoClient, MongoServerError } from 'mongodb';
import pino from 'pino';
import { type EmbeddedStore, startEmbeddedStore } from './index.ts';

const log = pino({ level: 'silent' });

// Each test starts processes.
jest.setTimeout(60_000);

describe('the process of the embedded store', () => {
  let dir: string;
  const running: EmbeddedStore[] = [];
  const clients: MongoClient[] = [];

  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'ringdesk-life-'));
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await Promise.all(running.splice(0).map((store) => store.stop()));
    await rm(dir, { recursive: true, force: true });
  });

  async function start(options: { port?: number; longestHoldMs?: number } = {}): Promise<EmbeddedStore> {
    const store = await startEmbeddedStore({ dir, log, ...options });
    running.push(store);
    return store;
  }

  function client(url: string): MongoClient {
    const made = new MongoClient(url);
    clients.push(made);
    return made;
  }

  const exit = (store: EmbeddedStore) =>
    new Promise<{ code: number | null; signal: string | null }>((resolve) => store.onExit(resolve));

  it('keeps what it was given, from one start to the next', async () => {
    const first = await start();
    await client(first.url).db().collection('c').insertOne({ a: 1 });
    await first.stop();
    const second = await start();
    expect(
      await client(second.url)
        .db()
        .collection('c')
        .findOne({}, { projection: { _id: 0 } }),
    ).toEqual({ a: 1 });
  });

  it('is ended by the one that started it when an expression holds everybody up, and goes on without it', async () => {
    const store = await start({ longestHoldMs: 3000 });
    const collection = client(`${store.url}?retryReads=false`).db().collection('c');
    await collection.insertOne({ text: `${'a'.repeat(60)}!` });
    const ended = exit(store);
    const forEver = collection.findOne({ text: { $regex: '^(a+)+$' } }).catch((error: Error) => error.name);
    expect(await ended).toEqual({ code: null, signal: 'SIGKILL' });
    expect(await forEver).toMatch(/^Mongo/);
    expect(await client(store.url).db().collection('c').countDocuments()).toBe(1);
  });

  it('keeps no heap of answers for who does not read them', async () => {
    const store = await start();
    const collection = client(store.url).db().collection('c');
    await collection.insertOne({ text: 'x'.repeat(8_000_000) });
    const path = decodeURIComponent(new URL(store.url).host);
    const body = Buffer.from(serialize({ find: 'c', $db: 'ringdesk' }));
    const header = Buffer.alloc(21);
    header.writeInt32LE(header.length + body.length, 0);
    header.writeInt32LE(2013, 12);
    const request = Buffer.concat([header, body]);
    const deaf = Array.from({ length: 10 }, () => {
      const socket = connect({ path }).on('error', () => undefined);
      for (let at = 0; at < 100; at += 1) socket.write(request);
      return socket;
    });
    try {
      for (let at = 0; at < 20; at += 1) expect(await collection.countDocuments()).toBe(1);
      const status = await readFile(`/proc/${store.pid}/status`, 'utf8');
      expect(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1])).toBeLessThan(700_000);
    } finally {
      for (const socket of deaf) socket.destroy();
    }
  });

  it('has every acknowledged write after kill -9 in the middle of writing, and indexes that agree', async () => {
    const store = await start();
    const { url } = store;
    const collection = client(`${url}?retryWrites=false`)
      .db()
      .collection<{ _id: number; key: string; n: number }>('c');
    await collection.createIndex({ key: 1 }, { unique: true });
    const acknowledged: number[] = [];
    let next = 0;
    let killed = false;
    const write = async (): Promise<void> => {
      while (!killed) {
        const id = next;
        next += 1;
        try {
          await collection.updateOne({ _id: id }, { $set: { key: `k${id}`, n: id } }, { upsert: true });
          acknowledged.push(id);
        } catch {
          return;
        }
      }
    };
    const writers = Promise.all(Array.from({ length: 8 }, write));
    let ended = false;
    writers.then(() => {
      ended = true;
    });
    while (acknowledged.length < 300 && !ended) await collection.findOne({ _id: 0 });
    expect(acknowledged.length).toBeGreaterThanOrEqual(300);
    const died = exit(store);
    process.kill(store.pid, 'SIGKILL');
    expect((await died).signal).toBe('SIGKILL');
    killed = true;
    await writers;

    const after = client(url).db().collection<{ _id: number; key: string; n: number }>('c');
    const stored = await after.find({}).hint({ $natural: 1 }).toArray();
    const ids = new Set(stored.map((doc) => doc._id));
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    // A write that was not acknowledged is there as a whole or not at all.
    expect(stored.filter((doc) => doc.key !== `k${doc._id}` || doc.n !== doc._id)).toEqual([]);
    const byKey = await after.find({}).hint('key_1').toArray();
    const byId = await after.find({}).hint('_id_').toArray();
    const sorted = (docs: typeof stored) => docs.map((doc) => doc._id).sort((left, right) => left - right);
    expect(sorted(byKey)).toEqual(sorted(stored));
    expect(sorted(byId)).toEqual(sorted(stored));
    expect(await after.countDocuments({})).toBe(stored.length);
    await expect(after.insertOne({ _id: -1, key: `k${acknowledged[0]}`, n: 0 })).rejects.toMatchObject({
      code: 11000,
    });
  });

  it('is started again at the same address, and a driver finds it', async () => {
    const store = await start();
    const { url, pid } = store;
    const db = client(url).db();
    await db.collection('c').insertOne({ a: 1 });
    const died = exit(store);
    process.kill(pid, 'SIGKILL');
    await died;
    // As with a database that restarts, an operation or two may fail before the driver has found it again.
    let counted: number | undefined;
    while (counted === undefined)
      counted = await db
        .collection('c')
        .countDocuments({})
        .catch(() => undefined);
    expect(counted).toBe(1);
    expect(store.url).toBe(url);
    expect(store.pid).not.toBe(pid);
  });

  it('has its directory for itself', async () => {
    const store = await start();
    await expect(startEmbeddedStore({ dir, log })).rejects.toThrow(
      `The store in ${dir} is in use by process ${store.pid}`,
    );
  });

  it('takes over the lock of a process that is gone', async () => {
    await writeFile(path.join(dir, 'owner.pid'), '999999999 1\n');
    const store = await start();
    expect(await client(store.url).db().command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('takes over the lock of an earlier process whose number another one has now', async () => {
    await writeFile(path.join(dir, 'owner.pid'), `${process.pid} 1\n`);
    const store = await start();
    expect(store.pid).toBeGreaterThan(0);
  });

  it('lets go of the lock when it is stopped', async () => {
    const store = await start();
    await store.stop();
    (await start()).stop();
    const late = client(`${store.url}?serverSelectionTimeoutMS=200`);
    await expect(late.db().command({ ping: 1 })).rejects.toThrow();
  });

  it('says what is wrong with a port that is taken', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(startEmbeddedStore({ dir, log, port })).rejects.toThrow(/EADDRINUSE/);
    server.close();
  });

  it('has no users and says so to who brings a password', async () => {
    const store = await start();
    const url = store.url.replace('mongodb://', 'mongodb://someone:secret@');
    const error = await client(url)
      .db()
      .command({ ping: 1 })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MongoServerError);
    expect(error).toMatchObject({ code: 18, message: expect.stringContaining('no users') });
  });

  it('closes a connection that does not speak the protocol, and serves on', async () => {
    const store = await start();
    const socket = connect(path.join(dir, 'store.sock'));
    await once(socket, 'connect');
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    expect(await client(store.url).db().command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('is reached by its own user alone: no port, and a socket that is closed to others', async () => {
    const store = await start();
    expect(store.url).toBe(`mongodb://${encodeURIComponent(path.join(dir, 'store.sock'))}/ringdesk`);
    expect((await stat(path.join(dir, 'store.sock'))).mode & 0o777).toBe(0o600);
    expect((await stat(path.join(dir, 'data.mdb'))).mode & 0o077).toBe(0);
  });

  it('is reached in a folder whose path is too long for a socket, too', async () => {
    const deep = path.join(dir, 'a'.repeat(90));
    await mkdir(deep);
    const store = await startEmbeddedStore({ dir: deep, log });
    running.push(store);
    expect(await client(store.url).db().command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('serves on when a signal is sent to it with the whole group, and stops when it is told to', async () => {
    const store = await start();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.kill(store.pid, signal);
    expect(await client(store.url).db().command({ ping: 1 })).toMatchObject({ ok: 1 });
    await store.stop();
    expect(() => process.kill(store.pid, 0)).toThrow();
  });

  it('is not made anew in place of one that is broken, and says how a backup is brought back', async () => {
    const first = await start();
    await client(first.url).db().collection('c').insertOne({ a: 1 });
    await first.stop();
    const file = path.join(dir, 'data.mdb');
    for (const breakIt of [
      () => writeFile(file, 'no store'),
      () => truncate(file, 0),
      () => writeFile(file, Buffer.alloc(65_536)),
    ]) {
      await breakIt();
      await expect(start()).rejects.toThrow(/cannot be opened: .*ringdesk restore FOLDER --replace/);
    }
    await chmod(file, 0o600);
  });
});
