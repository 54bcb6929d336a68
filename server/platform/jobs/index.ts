import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';
import type { Jobs } from './job.ts';
import { StoreJobs } from './store-jobs.ts';

export { defineJob, type JobContext, type JobDefinition, type Jobs } from './job.ts';

export { jobRoutes } from './routes.ts';

/** Jobs on Redis where one is named, on the store else. */
export async function openJobs(options: { redisUrl: string | null; store: Store; log: Log }): Promise<Jobs> {
  const { redisUrl, store, log } = options;
  if (redisUrl === null) return new StoreJobs({ store, log });
  const { RedisJobs } = await import('./redis-jobs.ts');
  return new RedisJobs({ redisUrl, log });
}
