import { type Interaction, interactionsApi } from '@ringdesk/shared/interaction';
import { implement, type Route } from '../../platform/api/index.ts';
import { agentsWithin, type Member, scopeOf } from '../../platform/auth/index.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Reading } from '../../platform/limits/reading.ts';
import type { Turns } from '../../platform/limits/turns.ts';
import type { CustomersWith } from './contacts.ts';
import type { CorrectCustomer } from './correct-customer.ts';
import type { Interactions } from './store.ts';

export interface InteractionRoutesOptions {
  interactions: Interactions;
  customers: { withNumbers: CustomersWith };
  /** How much of the people one may read. */
  reading: Reading;
  /** The line in which lists wait: they leave the database's connections to the calls. */
  browsing: Turns;
  correctCustomer: CorrectCustomer;
}

export function interactionRoutes(options: InteractionRoutesOptions): Route[] {
  const { interactions, reading, browsing, correctCustomer } = options;

  async function visible(id: string, user: Member): Promise<Interaction> {
    const found = await interactions.get(id);
    if (found !== null && (await maySee(user, found, options))) return found;
    throw new Refusal(
      'not-found',
      `There is no interaction ${id}: a call is there when it has ended and was written.`,
    );
  }

  return [
    implement(interactionsApi.list, ({ query, user, request }) => {
      const one = query.customerId !== undefined || query.number !== undefined;
      const within = agentsWithin(user, 'interactions.read');
      const own = user.agent !== null && query.agent === user.agent;
      if (!one && !own && scopeOf(user, 'interactions.read') === 'own') {
        throw new Refusal(
          'forbidden',
          'Your role may list the contacts of one customer, one number, or your own: name it in the query.',
        );
      }
      if (!own && one)
        for (const person of [query.customerId, query.number])
          if (person !== undefined) reading.open({ user, from: request.ip ?? null }, person);
      return browsing.take(user.id, () => interactions.list(query, one ? 'all' : within));
    }),
    implement(interactionsApi.read, ({ params: { id }, user }) => visible(id, user)),
    implement(interactionsApi.setCustomer, async ({ params: { id }, body, user }) =>
      correctCustomer(await visible(id, user), body.customerId, user.agent ?? user.login),
    ),
  ];
}

/**
 * The contacts of those whom the scope reaches, and those of people whom one has before oneself; to others a contact is not there, so that ids tell
 * nothing. A contact of nobody's stands in the history of each who has its number.
 */
export async function maySee(
  user: Member,
  { legs, customerId, number }: Interaction,
  { reading, customers }: Pick<InteractionRoutesOptions, 'reading' | 'customers'>,
): Promise<boolean> {
  const within = agentsWithin(user, 'interactions.read');
  if (within === 'all' || legs.some(({ agent }) => within.includes(agent))) return true;
  if ([customerId, number].some((person) => person !== null && reading.hasSeen(user, person))) return true;
  if (customerId !== null || number === null) return false;
  const owners = (await customers.withNumbers([number])).get(number) ?? [];
  return owners.some(({ id }) => reading.hasSeen(user, id));
}
