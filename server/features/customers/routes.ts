import { type Customer, type CustomerListed, customersApi } from '@ringdesk/shared/customer';
import { customerImportApi, type ImportField, importField } from '@ringdesk/shared/customer-import';
import type { TimelineResult } from '@ringdesk/shared/interaction';
import { implement, type Route } from '../../platform/api/index.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Reading } from '../../platform/limits/reading.ts';
import type { Turns } from '../../platform/limits/turns.ts';
import type { Customers } from './customers.ts';

export interface CustomerRoutesOptions {
  customers: Customers;
  /** How much of the people one may read. */
  reading: Reading;
  /** The line in which searches wait: they leave the database's connections to the calls. */
  browsing: Turns;
  /** The contacts of a customer over all of their numbers, newest first, page by page. */
  timeline(query: {
    customerId: string;
    numbers: string[];
    limit: number;
    cursor?: string | undefined;
  }): Promise<TimelineResult>;
}

export function customerRoutes({ customers, reading, browsing, timeline }: CustomerRoutesOptions): Route[] {
  async function existing(id: string) {
    const found = await customers.get(id);
    if (found === null)
      throw new Refusal('not-found', `There is no customer ${id}: it may have been removed.`);
    return found;
  }

  return [
    implement(customersApi.search, async ({ query: { q, limit }, user, request }) => {
      const reader = { user, from: request.ip ?? null };
      reading.search(reader);
      const found = await browsing.take(user.id, () => customers.search(q, limit));
      reading.found(
        reader,
        found.map(({ id }) => id),
      );
      return { customers: found.map(listed) };
    }),
    implement(customersApi.create, ({ body }) => customers.create(body)),
    implement(customersApi.read, ({ params: { id }, user, request }) => {
      reading.open({ user, from: request.ip ?? null }, id);
      return existing(id);
    }),
    implement(customersApi.update, ({ params: { id }, body }) => customers.update(id, body)),
    implement(customersApi.timeline, async ({ params, query, user, request }) => {
      reading.open({ user, from: request.ip ?? null }, params.id);
      const { id, phones } = await existing(params.id);
      const numbers = phones.map((phone) => phone.number);
      return browsing.take(user.id, () => timeline({ customerId: id, numbers, ...query }));
    }),
    ...importRoutes(customers),
  ];
}

function listed({
  id,
  kind,
  name,
  company,
  tier,
  segment,
  tags,
  updatedAt,
  phones,
}: Customer): CustomerListed {
  const first = phones.slice(0, 2).map(({ number, label }) => ({ number, label }));
  return { id, kind, name, company, tier, segment, tags, updatedAt, phones: first };
}

function importRoutes({ imports }: Customers): Route[] {
  return [
    implement(customerImportApi.start, async ({ body, query: { dryRun, columns, byHand }, response }) => {
      const state = await imports.start(Buffer.from(body), {
        dryRun: dryRun === '1' || dryRun === 'true',
        columns: columnsSaid(columns),
        byHand: byHand === '1',
      });
      if (state.state === 'running') response.status(202);
      return state;
    }),
    implement(customerImportApi.latest, () => ({ latest: imports.latest() })),
    implement(customerImportApi.read, ({ params: { id } }) => {
      const state = imports.get(id);
      if (state === null)
        throw new Refusal(
          'not-found',
          'This import is not remembered: the server was restarted since. Import the same file again: what is in already stays as it is.',
        );
      return state;
    }),
    implement(customerImportApi.rejected, ({ params: { id } }) => {
      const rejected = imports.rejected(id);
      if (rejected === null)
        throw new Refusal(
          'not-found',
          'The lines of this import are not remembered any more. Check the file again.',
        );
      return rejected;
    }),
  ];
}

/** `lastName,firstName,,phone`: what each column holds, nothing for one that is left out. */
function columnsSaid(text: string | undefined): (ImportField | null)[] | 'auto' | null {
  if (text === undefined) return null;
  if (text === 'auto') return text;
  return text.split(',').map((name) => {
    if (name === '') return null;
    const field = importField.safeParse(name);
    if (field.success) return field.data;
    throw new Refusal(
      'bad-input',
      `A column cannot be '${name.slice(0, 40)}'. It is one of ${importField.options.join(', ')}, or empty.`,
      { fields: [{ path: 'columns', message: 'is no field of a customer' }] },
    );
  });
}
