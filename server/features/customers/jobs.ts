import { z } from 'zod';
import { defineJob, type Jobs } from '../../platform/jobs/index.ts';
import type { Store } from '../../platform/store/index.ts';
import { rekey } from './store.ts';

/** Work on customers that may wait. */
export function customerJobs({ store, jobs }: { store: Store; jobs: Jobs }): void {
  const rekeyed = defineJob({
    name: 'customers.rekey',
    payload: z.object({}),
    run: (_payload, { signal }) => rekey(store, signal),
  });
  jobs.register(rekeyed);
  // After an update of the program there may be records of older rules; else it has nothing to do.
  store.prepare({
    name: 'keys of customers',
    run: async () => {
      await jobs.later(rekeyed, {}, { key: 'keys' });
    },
  });
}
