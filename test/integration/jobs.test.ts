import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Job } from '@ringdesk/shared/job';
import { z } from 'zod';
import { onBehalfOf, origin } from '../../server/platform/events/index.ts';
import { defineJob, type JobContext, type Jobs } from '../../server/platform/jobs/index.ts';
import { RedisJobs } from '../../server/platform/jobs/redis-jobs.ts';
import { StoreJobs } from '../../server/platform/jobs/store-jobs.ts';
import { eventually } from '../house/eventually.ts';
import { log, openTestStore } from './database.ts';

/** One suite for both kinds of jobs: a feature must not see which one serves. */
const leaseMs = 1500;

interface Engine {
  /** One server's jobs; not begun. */
  open(): Jobs;
  /** What another process needs to join in. */
  env: Record<string, string>;
  close(): Promise<void>;
}

async function onStore(): Promise<Engine> {
  const database = await openTestStore();
  await database.store.prepared();
  return {
    open: () => new StoreJobs({ store: database.store, log, leaseMs, pollMs: 50 }),
    env: { JOBS_MONGO: database.url },
    close: database.close,
  };
}

async function onRedis(): Promise<Engine> {
  const port = await freePort();
  const redis = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    {
      stdio: 'ignore',
    },
  );
  const redisUrl = `redis://127.0.0.1:${port}`;
  const prefix = randomUUID();
  return {
    open: () => new RedisJobs({ redisUrl, log, leaseMs, prefix }),
    env: { JOBS_REDIS: redisUrl, JOBS_PREFIX: prefix },
    close: () => ended(redis, 'SIGTERM'),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

describe.each([
  ['the store', onStore],
  ['Redis', onRedis],
])('on %s', (_, openEngine) => {
  let engine: Engine;
  const opened: Jobs[] = [];
  beforeAll(async () => {
    engine = await openEngine();
  });
  afterEach(async () => {
    for (const jobs of opened.splice(0)) await jobs.stop(2000);
  });
  afterAll(() => engine.close());

  /** A job of a name of its own, so that tests do not meet; and what it was given. */
  function counted(work: (context: JobContext) => Promise<void> | void = () => undefined) {
    const runs: { payload: { n: number }; attempt: number; by: string }[] = [];
    const definition = defineJob({
      name: `test-${randomUUID()}`,
      payload: z.object({ n: z.number() }),
      attempts: 3,
      backoffMs: 20,
      async run(payload, context) {
        runs.push({ payload, attempt: context.attempt, by: origin().actor.name });
        await work(context);
      },
    });
    return { definition, runs };
  }

  async function begun(...definitions: ReturnType<typeof counted>['definition'][]): Promise<Jobs> {
    const jobs = engine.open();
    opened.push(jobs);
    for (const definition of definitions) jobs.register(definition);
    await jobs.start();
    return jobs;
  }

  const reaches = (jobs: Jobs, id: string, state: Job['state']) =>
    eventually(`the job is ${state}`, async () => {
      const job = await jobs.get(id);
      expect(job?.state).toBe(state);
      return job;
    });

  test('it is done once, with its payload, in the name of who wanted it', async () => {
    const { definition, runs } = counted();
    const jobs = await begun(definition);
    const actor = { kind: 'user', id: 'u1', name: 'Anna' } as const;
    const id = await onBehalfOf({ actor, requestId: null, address: null }, () =>
      jobs.later(definition, { n: 1 }),
    );
    await reaches(jobs, id, 'done');
    expect(runs).toEqual([{ payload: { n: 1 }, attempt: 1, by: 'Anna' }]);
  });

  test('a payload that is none is refused at once', async () => {
    const { definition } = counted();
    const jobs = await begun(definition);
    const wrong: { n: number } = JSON.parse('{"n":"one"}');
    await expect(jobs.later(definition, wrong)).rejects.toThrow();
  });

  test('later is not now', async () => {
    const { definition, runs } = counted();
    const jobs = await begun(definition);
    const id = await jobs.later(definition, { n: 1 }, { delayMs: 600 });
    expect((await jobs.get(id))?.state).toBe('waiting');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(runs).toEqual([]);
    await reaches(jobs, id, 'done');
  });

  test('what fails is tried again, and then left to a person, who may try it once more', async () => {
    let broken = true;
    const { definition, runs } = counted(() => {
      if (broken) throw new Error('The printer is out of paper');
    });
    const jobs = await begun(definition);
    const id = await jobs.later(definition, { n: 1 });
    expect(await reaches(jobs, id, 'failed')).toMatchObject({ error: 'The printer is out of paper' });
    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect((await jobs.list({ states: ['failed'], limit: 50 })).map((job) => job.id)).toContain(id);
    broken = false;
    expect(await jobs.retry(id)).toBe(true);
    await reaches(jobs, id, 'done');
    expect(await jobs.retry(id)).toBe(false);
  });

  test('of one key only one is there at a time', async () => {
    const { definition, runs } = counted();
    const jobs = await begun(definition);
    const add = () => jobs.later(definition, { n: 1 }, { key: 'a', delayMs: 300 });
    const ids = await Promise.all([add(), add(), add()]);
    expect(new Set(ids).size).toBe(1);
    await reaches(jobs, ids[0] ?? '', 'done');
    expect(runs).toHaveLength(1);
    const again = await jobs.later(definition, { n: 2 }, { key: 'a' });
    await reaches(jobs, again, 'done');
    expect(runs).toHaveLength(2);
  });

  test('its progress is told', async () => {
    const { definition } = counted((context) => context.progress({ lines: 7 }));
    const jobs = await begun(definition);
    const id = await jobs.later(definition, { n: 1 });
    expect(await reaches(jobs, id, 'done')).toMatchObject({ progress: { lines: 7 } });
  });

  test('a waiting one that is cancelled is not begun, a running one is told', async () => {
    const { definition, runs } = counted(
      ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('stopped')));
        }),
    );
    const jobs = await begun(definition);
    const waiting = await jobs.later(definition, { n: 1 }, { delayMs: 60_000 });
    expect(await jobs.cancel(waiting)).toBe(true);
    await reaches(jobs, waiting, 'cancelled');
    expect(runs).toEqual([]);
    const running = await jobs.later(definition, { n: 2 });
    await reaches(jobs, running, 'running');
    expect(await jobs.cancel(running)).toBe(true);
    await reaches(jobs, running, 'cancelled');
    expect(runs).toHaveLength(1);
    expect(await jobs.cancel(running)).toBe(false);
  });

  test('two servers: each job is done by one', async () => {
    const { definition, runs } = counted();
    const [one] = await Promise.all([begun(definition), begun(definition)]);
    const ids = await Promise.all(Array.from({ length: 30 }, (_unused, n) => one.later(definition, { n })));
    for (const id of ids) await reaches(one, id, 'done');
    expect(runs.map(({ payload }) => payload.n).sort((a, b) => a - b)).toEqual(ids.map((_id, n) => n));
  });

  test('repeated work is done again and again, once for all servers', async () => {
    const { definition, runs } = counted();
    const servers = [engine.open(), engine.open()];
    opened.push(...servers);
    for (const jobs of servers) {
      jobs.register(definition);
      jobs.every(definition, { everyMs: 700 }, { n: 1 });
      await jobs.start();
    }
    const startedAt = performance.now();
    await eventually('three runs', async () => (runs.length >= 3 ? true : null));
    expect(runs.length).toBeLessThanOrEqual(Math.ceil((performance.now() - startedAt) / 700) + 1);
  });

  test('a server that is killed in the middle: another one does it', async () => {
    const { definition, runs } = counted();
    const script = join(__dirname, 'jobs-server.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      env: { ...process.env, ...engine.env, JOBS_NAME: definition.name, JOBS_LEASE_MS: String(leaseMs) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const said = (word: string) => async () => (output.includes(word) ? true : null);
    await eventually('the server is ready', said('ready'), 60_000);
    const jobs = engine.open();
    const id = await jobs.later(definition, { n: 5 });
    await eventually('the job is begun', said('began 5'));
    await ended(child, 'SIGKILL');
    opened.push(jobs);
    jobs.register(definition);
    await jobs.start();
    await reaches(jobs, id, 'done');
    expect(runs).toMatchObject([{ payload: { n: 5 } }]);
  });
});
