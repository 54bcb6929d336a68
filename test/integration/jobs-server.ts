import { z } from 'zod';
import { defineJob } from '../../server/platform/jobs/index.ts';
import { RedisJobs } from '../../server/platform/jobs/redis-jobs.ts';
import { StoreJobs } from '../../server/platform/jobs/store-jobs.ts';
import { createLog } from '../../server/platform/log.ts';
import { createMetrics } from '../../server/platform/metrics.ts';
import { openStore } from '../../server/platform/store/index.ts';

/** A server that begins a job and never ends it: to be killed. */
const { JOBS_MONGO, JOBS_REDIS, JOBS_PREFIX = '', JOBS_NAME = '', JOBS_LEASE_MS } = process.env;
const log = createLog({ level: 'silent', showPersonal: false });
const leaseMs = Number(JOBS_LEASE_MS);

async function open() {
  if (JOBS_REDIS !== undefined)
    return new RedisJobs({ redisUrl: JOBS_REDIS, prefix: JOBS_PREFIX, log, leaseMs });
  const store = await openStore({ mongoUrl: JOBS_MONGO ?? '', dataDir: '', log, metrics: createMetrics() });
  return new StoreJobs({ store, log, leaseMs, pollMs: 50 });
}

const jobs = await open();
jobs.register(
  defineJob({
    name: JOBS_NAME,
    payload: z.object({ n: z.number() }),
    run({ n }) {
      console.log(`began ${n}`);
      return new Promise(() => undefined);
    },
  }),
);
await jobs.start();
console.log('ready');
setTimeout(() => process.exit(1), 120_000);
