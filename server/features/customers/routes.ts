import { type CustomerSearchResult, customerInput, customerUpdate } from '@ringdesk/shared/customer';
import type { InteractionSummary, TimelineResult } from '@ringdesk/shared/interaction';
import { type NextFunction, type Request, type Response, Router, raw } from 'express';
import { z } from 'zod';
import { requireMay } from '../../platform/auth/index.ts';
import { Refusal } from '../../platform/errors.ts';
import { parseInput } from '../../platform/http/input.ts';
import type { Customers } from './customers.ts';

const searchQuery = z.object({
  q: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
const timelineQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(20) });
const importQuery = z.object({ dryRun: z.enum(['0', '1', 'false', 'true']).default('0') });

/** Half a million lines of name and phone. */
const readFile = raw({
  type: ['text/csv', 'text/plain', 'application/vnd.ms-excel', 'application/octet-stream'],
  limit: '20mb',
});

const importPath = z.object({ id: z.string() });

/** The file as the body. @throws Refusal `too-large` that says how large it may be */
function fileBody(request: Request, response: Response, next: NextFunction): void {
  readFile(request, response, (error?: unknown) => {
    const isTooLarge = error instanceof Error && 'type' in error && error.type === 'entity.too.large';
    next(
      isTooLarge
        ? new Refusal('too-large', 'The file has more than 20 MB: cut it in two, each with the first line.', {
            cause: error,
          })
        : error,
    );
  });
}

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

  const mayImport = requireMay('customers.import');
  router.post('/customers/import', mayImport, fileBody, async (request, response) => {
    const { dryRun } = parseInput(importQuery, request.query);
    const body: unknown = request.body;
    if (!Buffer.isBuffer(body))
      throw new Refusal(
        'bad-input',
        'The file is missing: send the CSV itself as the body, with the type text/csv.',
      );
    const state = await customers.imports.start(body, { dryRun: dryRun === '1' || dryRun === 'true' });
    response.status(state.state === 'running' ? 202 : 200).json(state);
  });

  router.get('/customers/import', mayImport, (_request, response) => {
    response.json({ latest: customers.imports.latest() });
  });

  router.get('/customers/import/:id', mayImport, (request, response) => {
    const state = customers.imports.get(parseInput(importPath, request.params).id);
    if (state === null)
      throw new Refusal(
        'not-found',
        'This import is not remembered: the server was restarted since. Import the same file again: what is in already stays as it is.',
      );
    response.json(state);
  });

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
    const input = parseInput(customerUpdate, request.body);
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
