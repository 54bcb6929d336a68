import type { Feature } from '../../platform/feature.ts';
import type { Platform } from '../../platform/platform.ts';
import { type CorrectionDeps, createCustomerCorrection } from './correct-customer.ts';
import { interactionJobs, type ReadNumber } from './renumber.ts';
import { type InteractionRoutesOptions, interactionRoutes, maySee } from './routes.ts';

export type { Countable, Uncounted } from './countable.ts';
export { createInteractions, type Interactions } from './store.ts';

/** All contacts as they were, and whose each was. */
export function interactionsFeature(
  options: Omit<InteractionRoutesOptions, 'correctCustomer'> &
    CorrectionDeps &
    Pick<Platform, 'store' | 'jobs'> & { toE164: ReadNumber },
): Feature {
  const { interactions } = options;
  interactionJobs(options);
  return {
    sources: ['interactions'],
    routes: interactionRoutes({ ...options, correctCustomer: createCustomerCorrection(options) }),
    history: {
      interaction: async (user, id) => {
        const found = await interactions.get(id);
        return found !== null && maySee(user, found, options);
      },
    },
  };
}
