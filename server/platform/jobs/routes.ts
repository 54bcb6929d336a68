import { jobState, jobsApi } from '@ringdesk/shared/job';
import { implement, type Route } from '../api/index.ts';
import { Refusal } from '../errors.ts';
import type { Jobs } from './job.ts';

/** What an administrator sees of the jobs, and may do about them. */
export function jobRoutes({ jobs }: { jobs: Jobs }): Route[] {
  return [
    implement(jobsApi.list, async ({ query: { state, limit } }) => ({
      jobs: await jobs.list({ states: state === undefined ? jobState.options : [state], limit }),
    })),
    implement(jobsApi.retry, async ({ params: { id } }) => {
      if (!(await jobs.retry(id))) throw await unfit(id, 'Only a job that failed can be tried again.');
    }),
    implement(jobsApi.cancel, async ({ params: { id } }) => {
      if (!(await jobs.cancel(id))) throw await unfit(id, 'The job has ended already.');
    }),
  ];

  async function unfit(id: string, why: string): Promise<Refusal> {
    return (await jobs.get(id)) === null
      ? new Refusal('not-found', `There is no job ${id}: it ended more than a week ago, or never was.`)
      : new Refusal('conflict', why);
  }
}
