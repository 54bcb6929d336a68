import { type CustomerSearchResult, customerInput, type ImportReport } from '@ringdesk/shared/customer';
import type { InteractionSummary, TimelineResult } from '@ringdesk/shared/interaction';
import { Router, raw } from 'express';
import { z } from 'zod';
import { requireMay } from '../agents/index.ts';
import { Refusal } from '../errors.ts';
import { parseInput } from '../input.ts';
import type { Customers } from './customers.ts';

const searchQuery = z.object({
  q: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
const timelineQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(20) });
const importQuery = z.object({ dryRun: z.enum(['0', '1', 'false', 'true']).default('0') });

const importLimit = '20mb';

export interface CustomerRoutesOptions {
  customers: Customers;
  /** The contacts of a customer over all of their numbers, newest first. */
  recent(query: { customerId: string; numbers: string[]; limit: number }): Promise<InteractionSummary[]>;
}

/** /api/customers */
export function customerRoutes({ customers, recent }: CustomerRoutesOptions): Router {
  const router = Router();

  router.get('/customers', async (request, response) => {
    const { q, limit } = parseInput(searchQuery, request.query);
    const result: CustomerSearchResult = { customers: await customers.search(q, limit) };
    response.json(result);
  });

  router.post('/customers', async (request, response) => {
    const input = parseInput(customerInput, request.body);
    response.status(201).json(await customers.create(input));
  });

  router.post(
    '/customers/import',
    requireMay('customers.import'),
    raw({
      type: ['text/csv', 'text/plain', 'application/vnd.ms-excel', 'application/octet-stream'],
      limit: importLimit,
    }),
    async (request, response) => {
      const { dryRun } = parseInput(importQuery, request.query);
      const body: unknown = request.body;
      if (!Buffer.isBuffer(body))
        throw new Refusal(
          'bad-input',
          'The file is missing: send the CSV itself as the body, with the type text/csv.',
        );
      const report: ImportReport = await customers.importCsv(body, {
        dryRun: dryRun === '1' || dryRun === 'true',
      });
      response.json(report);
    },
  );

  async function existing(id: string) {
    const found = await customers.get(id);
    if (found === null)
      throw new Refusal('not-found', `There is no customer ${id}: it may have been removed.`);
    return found;
  }

  router.get('/customers/:id', async (request, response) => {
    response.json(await existing(request.params.id));
  });

  router.put('/customers/:id', async (request, response) => {
    const input = parseInput(customerInput, request.body);
    response.json(await customers.update(request.params.id, input));
  });

  router.get('/customers/:id/timeline', async (request, response) => {
    const { limit } = parseInput(timelineQuery, request.query);
    const { id, phones } = await existing(request.params.id);
    const result: TimelineResult = {
      interactions: await recent({ customerId: id, numbers: phones.map((phone) => phone.number), limit }),
    };
    response.json(result);
  });

  return router;
}
