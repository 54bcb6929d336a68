import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** `failed`: all attempts are used up, somebody has to look. `cancelled` and `done` are kept for a week. */
export const jobState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']);
export type JobState = z.infer<typeof jobState>;

/** A piece of work that may wait, as the administrator sees it. */
export const job = z
  .object({
    id: z.string(),
    name: z.string(),
    state: jobState,
    /** Attempts begun so far. */
    attempt: z.int(),
    /** What the job says of how far it is; its shape is the job's own. */
    progress: z.unknown(),
    /** Of the last attempt that failed. */
    error: z.string().nullable(),
    createdAt: z.iso.datetime(),
    /** When it is due, or was begun. */
    runAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof job>;

const one = z.object({ id: z.string().min(1).max(100) });

export const jobsApi = {
  list: endpoint({
    id: 'jobs.list',
    method: 'GET',
    path: '/jobs',
    permission: 'jobs.manage',
    summary: 'Lists work that may wait: what is waiting, what runs, what failed. Newest first.',
    query: z.object({
      state: jobState.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    answer: z.object({ jobs: z.array(job) }),
  }),
  retry: endpoint({
    id: 'jobs.retry',
    method: 'POST',
    path: '/jobs/:id/retry',
    permission: 'jobs.manage',
    summary: 'Tries a failed job again.',
    params: one,
  }),
  cancel: endpoint({
    id: 'jobs.cancel',
    method: 'POST',
    path: '/jobs/:id/cancel',
    permission: 'jobs.manage',
    summary: 'Does not begin a waiting job, and tells a running one to stop.',
    params: one,
  }),
};
