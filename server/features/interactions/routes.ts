import { type InteractionPage, interactionOutcome } from '@ringdesk/shared/interaction';
import { Router } from 'express';
import { z } from 'zod';
import { currentUser, may } from '../../platform/auth/index.ts';
import { Refusal } from '../../platform/errors.ts';
import { parseInput } from '../../platform/http/input.ts';
import type { Interactions } from './store.ts';

const text = z.string().min(1).max(100).optional();
const time = z.iso.datetime({ offset: true }).optional();
const listQuery = z.object({
  customerId: text,
  number: text,
  agent: text,
  queue: text,
  outcome: interactionOutcome.optional(),
  from: time,
  to: time,
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** /api/interactions */
export function interactionRoutes({ interactions }: { interactions: Interactions }): Router {
  const router = Router();

  router.get('/interactions', async (request, response) => {
    const query = parseInput(listQuery, request.query);
    const { role, agent } = currentUser(request);
    const one = query.customerId !== undefined || query.number !== undefined;
    const own = agent !== null && query.agent === agent;
    if (!one && !own && !may(role, 'interactions.list-all')) {
      throw new Refusal(
        'forbidden',
        'Your role may list the contacts of one customer, one number, or your own: name it in the query.',
      );
    }
    const page: InteractionPage = await interactions.list(query);
    response.json(page);
  });

  router.get('/interactions/:id', async (request, response) => {
    const found = await interactions.get(request.params.id);
    if (found === null) {
      throw new Refusal(
        'not-found',
        `There is no interaction ${request.params.id}: a call is there when it has ended and was written.`,
      );
    }
    response.json(found);
  });

  return router;
}
