import type { Feature } from '../../platform/feature.ts';
import { type CorrectionDeps, createCustomerCorrection } from './correct-customer.ts';
import { type InteractionRoutesOptions, interactionRoutes, maySee } from './routes.ts';

export { createInteractions, type Interactions } from './store.ts';

/** All contacts as they were, and whose each was. */
export function interactionsFeature(
  options: Omit<InteractionRoutesOptions, 'correctCustomer'> & Omit<CorrectionDeps, 'setCustomer'>,
): Feature {
  const { interactions, reading } = options;
  const { setCustomer } = interactions;
  return {
    sources: ['interactions'],
    routes: interactionRoutes({
      ...options,
      correctCustomer: createCustomerCorrection({ ...options, setCustomer }),
    }),
    history: {
      interaction: async (user, id) => {
        const found = await interactions.get(id);
        return found !== null && maySee(user, found, reading);
      },
    },
  };
}
