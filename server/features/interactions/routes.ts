import { interactionsApi } from '@ringdesk/shared/interaction';
import { implement, type Route } from '../../platform/api/index.ts';
import { scopeOf } from '../../platform/auth/index.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Interactions } from './store.ts';

export function interactionRoutes({ interactions }: { interactions: Interactions }): Route[] {
  return [
    implement(interactionsApi.list, ({ query, user: { role, agent } }) => {
      const one = query.customerId !== undefined || query.number !== undefined;
      const own = agent !== null && query.agent === agent;
      if (!one && !own && scopeOf(role, 'interactions.read') === 'own') {
        throw new Refusal(
          'forbidden',
          'Your role may list the contacts of one customer, one number, or your own: name it in the query.',
        );
      }
      return interactions.list(query);
    }),
    implement(interactionsApi.read, async ({ params: { id } }) => {
      const found = await interactions.get(id);
      if (found === null) {
        throw new Refusal(
          'not-found',
          `There is no interaction ${id}: a call is there when it has ended and was written.`,
        );
      }
      return found;
    }),
  ];
}
