import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deserialize, serialize } from 'bson';
import pino from 'pino';
import { createCursors } from '../cursors.ts';
import { type Environment, openEnvironment } from '../storage/environment.ts';
import { createStore, type Store } from '../storage/store.ts';
import { sweepExpired } from '../ttl.ts';
import { type Doc, docOf } from '../values/document.ts';
import { answer } from './dispatch.ts';

const log = pino({ level: 'silent' });

describe('commands', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'ringdesk-commands-'));
  let env: Environment;
  let store: Store;
  let now = Date.UTC(2026, 0, 1);
  const cursors = createCursors(() => now);

  beforeAll(() => {
    env = openEnvironment(dir);
    store = createStore(env);
  });
  afterAll(async () => {
    await env.close();
    rmSync(dir, { recursive: true, force: true });
  });

  async function run(command: Doc): Promise<Doc> {
    const request = {
      id: 1,
      legacy: false,
      body: Buffer.from(serialize({ ...command, $db: 'd' })),
      sequences: new Map<string, Buffer[]>(),
      wantsReply: true,
      db: undefined,
    };
    const services = {
      store,
      cursors,
      now: () => new Date(now),
      startedAt: new Date(now),
      connections: () => 1,
    };
    return deserialize(await answer(request, 1, services, log));
  }

  it.each([
    ['a collation', { find: 'c', collation: { locale: 'ru' } }, 238],
    ['text search', { find: 'c', filter: { $text: { $search: 'x' } } }, 238],
    ['JavaScript in a filter', { find: 'c', filter: { $where: 'true' } }, 238],
    ['places on a map', { find: 'c', filter: { at: { $near: [0, 0] } } }, 238],
    [
      'JavaScript in a pipeline',
      {
        aggregate: 'c',
        pipeline: [{ $set: { a: { $function: { body: 'x', args: [], lang: 'js' } } } }],
        cursor: {},
      },
      238,
    ],
    ['writing a pipeline into a collection', { aggregate: 'c', pipeline: [{ $out: 'd' }], cursor: {} }, 238],
    ['watching for changes', { aggregate: 'c', pipeline: [{ $changeStream: {} }], cursor: {} }, 238],
    ['a text index', { createIndexes: 'c', indexes: [{ key: { a: 'text' }, name: 'x' }] }, 238],
    ['a wildcard index', { createIndexes: 'c', indexes: [{ key: { '$**': 1 }, name: 'x' }] }, 238],
    ['a capped collection', { create: 'capped', capped: true, size: 1000 }, 238],
    [
      'a transaction',
      { insert: 'c', documents: [{ a: 1 }], txnNumber: 1, startTransaction: true, autocommit: false },
      20,
    ],
    ['a command that it has not', { mapReduce: 'c' }, 59],
  ])('%s is refused by name', async (_, command, code) => {
    const said = await run(command);
    expect(said).toMatchObject({ ok: 0, code });
    expect(String(said['errmsg'])).not.toBe('');
  });

  it('explain the index that a query goes by', async () => {
    await run({ createIndexes: 'e', indexes: [{ key: { a: 1, b: -1 }, name: 'ab' }] });
    await run({
      insert: 'e',
      documents: [
        { a: 1, b: 1 },
        { a: 1, b: 2 },
      ],
    });
    const explained = async (command: Doc) =>
      docOf((await run({ explain: command }))['queryPlanner'])['winningPlan'];
    expect(await explained({ find: 'e', filter: { a: 1 }, sort: { b: 1 } })).toMatchObject({
      stage: 'FETCH',
      inputStage: { stage: 'IXSCAN', indexName: 'ab', direction: 'backward', boundedFields: 1 },
    });
    expect(await explained({ find: 'e', filter: { b: 1 } })).toMatchObject({ stage: 'COLLSCAN' });
    expect(await explained({ find: 'e', filter: { a: 1 }, sort: { c: 1 } })).toMatchObject({
      stage: 'SORT',
      inputStage: { stage: 'FETCH' },
    });
    expect(await explained({ count: 'e', query: { a: 1 } })).toMatchObject({
      inputStage: { indexName: 'ab' },
    });
  });

  it('remove documents that have expired, by the earliest date of an array', async () => {
    const at = (seconds: number) => new Date(now + seconds * 1000);
    await run({ createIndexes: 't', indexes: [{ key: { at: 1 }, name: 'ttl', expireAfterSeconds: 60 }] });
    await run({
      insert: 't',
      documents: [
        { _id: 'old', at: at(-61) },
        { _id: 'fresh', at: at(-59) },
        { _id: 'one of them old', at: [at(5), at(-100)] },
        { _id: 'no date', at: 'x' },
        { _id: 'none' },
      ],
    });
    expect(await sweepExpired(store, new Date(now))).toBe(2);
    const left = await run({ distinct: 't', key: '_id' });
    expect(left['values']).toEqual(['fresh', 'no date', 'none']);
    expect(await sweepExpired(store, new Date(now + 10_000))).toBe(1);
  });

  it('close cursors that nobody uses for ten minutes', async () => {
    await run({ insert: 'k', documents: [{ a: 1 }, { a: 2 }, { a: 3 }] });
    const open = async () => docOf((await run({ find: 'k', batchSize: 1 }))['cursor'])['id'];
    const [used, unused] = [await open(), await open()];
    now += 9 * 60_000;
    await run({ getMore: used, collection: 'k', batchSize: 1 });
    now += 2 * 60_000;
    cursors.sweep(now);
    expect(await run({ getMore: unused, collection: 'k' })).toMatchObject({ ok: 0, code: 43 });
    expect(await run({ getMore: used, collection: 'k' })).toMatchObject({ ok: 1 });
  });

  it('undo everything of a turn whose transaction fails, and stay in step with the disk', async () => {
    await run({ insert: 'u', documents: [{ _id: 1 }] });
    const lost = run({ insert: 'u', documents: [{ _id: 2 }] });
    const broken = store.write(() => {
      throw new Error('the disk is full');
    });
    await expect(broken).rejects.toThrow('the disk is full');
    expect(await lost).toMatchObject({ ok: 0, code: 1 });
    expect(await run({ count: 'u' })).toMatchObject({ n: 1 });
    expect(await run({ insert: 'u', documents: [{ _id: 2 }] })).toMatchObject({ ok: 1, n: 1 });
    expect(await run({ find: 'u' })).toMatchObject({ cursor: { firstBatch: [{ _id: 1 }, { _id: 2 }] } });
  });

  it('find by an index with far less work than by looking at all documents', async () => {
    const documents = Array.from({ length: 4000 }, (_, n) => ({
      _id: n,
      phone: `+7${n}`,
      other: `+7${n}`,
      text: 'x'.repeat(200),
    }));
    await run({ createIndexes: 'p', indexes: [{ key: { phone: 1 }, name: 'phone' }] });
    await run({ insert: 'p', documents });
    const cpu = async (filter: Doc) => {
      const before = process.cpuUsage();
      for (let at = 0; at < 5; at += 1)
        expect(docOf((await run({ find: 'p', filter }))['cursor'])['firstBatch']).toHaveLength(1);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    await cpu({ phone: '+77' });
    expect((await cpu({ other: '+73999' })) / (await cpu({ phone: '+73999' }))).toBeGreaterThan(5);
  });
});
