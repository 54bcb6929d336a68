import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { timelineQuery, timelineResult } from './interaction.ts';
import { plainText } from './plain-text.ts';

/** A customer is a person or a company with any number of phones. Phones are E.164; `raw` keeps what was typed. */
/** What people read: without letters that cannot be seen. */
const text = () => z.string().overwrite(plainText).trim();

/** `number` is E.164 or an extension's digits, and found by; `raw` is as somebody wrote it, and shown while it is edited. */
export const customerPhone = z.object({
  number: z.string(),
  raw: z.string(),
  label: z.string().max(60).nullable(),
});

export const customer = z
  .object({
    id: z.string(),
    kind: z.enum(['person', 'company']),
    name: z.string(),
    /** For a person: the company's name, as text. */
    company: z.string().nullable(),
    phones: z.array(customerPhone),
    emails: z.array(z.string()),
    tier: z.enum(['standard', 'silver', 'gold', 'vip']),
    segment: z.string().nullable(),
    tags: z.array(z.string()),
    note: z.string().nullable(),
    createdAt: z.iso.datetime(),
    /** Rises with every change: it is the customer's version as well. */
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Customer' });
export type Customer = z.infer<typeof customer>;
export type CustomerPhone = z.infer<typeof customerPhone>;

/** `a@b.example`, in any script: «второй@пример.рф» is an address. At most 200 letters. */
export const emailAddress = z
  .email({
    pattern:
      /^(?!\.)(?!.*\.[.@])[^\s@"<>(),:;[\]\\]{1,64}@(?:[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,62}\.)+\p{L}[\p{L}\p{M}\p{N}-]{1,62}$/u,
  })
  .max(200);

/** What a page or an integration sends to create a customer. Phones are given as typed; the server normalises them. */
export const customerInput = z
  .object({
    kind: z.enum(['person', 'company']).default('person'),
    name: text().min(1).max(200),
    company: text().max(200).nullable().default(null),
    phones: z
      .array(
        z.object({
          raw: z.string().trim().min(2).max(40),
          label: text().max(60).nullable().default(null),
        }),
      )
      .max(30)
      .default([]),
    emails: z.array(emailAddress).max(30).default([]),
    tier: z.enum(['standard', 'silver', 'gold', 'vip']).default('standard'),
    segment: text().max(100).nullable().default(null),
    tags: z.array(text().min(1).max(60)).max(50).default([]),
    note: text().max(4000).nullable().default(null),
  })
  .meta({ id: 'CustomerInput' });
export type CustomerInput = z.infer<typeof customerInput>;

/** PUT /api/customers/:id replaces all fields. */
export const customerUpdate = customerInput.extend({
  /**
   * `updatedAt` of the customer as it was read before it was changed. When somebody else changed it meanwhile, the answer is 409
   * `changed-meanwhile` and nothing is written. Without it the last write wins.
   */
  basedOn: z.iso.datetime().optional(),
});
export type CustomerUpdate = z.infer<typeof customerUpdate>;

export const customerSummary = customer.pick({
  id: true,
  kind: true,
  name: true,
  company: true,
  tier: true,
  phones: true,
});
export type CustomerSummary = z.infer<typeof customerSummary>;

/** Who is calling: the answer of `identify(number)`. `learned` is the candidate that agents picked before for this number. */
export type Identification =
  | { kind: 'one'; customer: Customer }
  | { kind: 'several'; candidates: CustomerSummary[]; learned: string | null }
  | { kind: 'none' }
  | { kind: 'withheld' };

/** What a list says of each: by what somebody is told from others. The rest is there for who opens one. */
export const customerListed = customer
  .pick({
    id: true,
    kind: true,
    name: true,
    company: true,
    tier: true,
    segment: true,
    tags: true,
    updatedAt: true,
  })
  .extend({ phones: z.array(customerPhone.pick({ number: true, label: true })).max(2) })
  .meta({ id: 'CustomerListed' });
export type CustomerListed = z.infer<typeof customerListed>;

/** Best matches first; without `q` the ones changed last. */
export const customerSearchResult = z.object({ customers: z.array(customerListed) });
export type CustomerSearchResult = z.infer<typeof customerSearchResult>;

const one = z.object({ id: z.string().min(1).max(60) });
const example = { name: 'Vera Orlova', phones: [{ raw: '8 495 955-01-01' }], tags: ['wholesale'] };

export const customersApi = {
  search: endpoint({
    id: 'customers.search',
    method: 'GET',
    path: '/customers',
    permission: 'customers.read',
    summary: 'Finds customers by name, company, phone, e-mail or tag.',
    query: z.object({
      q: z.string().max(200).default(''),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    answer: customerSearchResult,
  }),
  create: endpoint({
    id: 'customers.create',
    method: 'POST',
    path: '/customers',
    permission: 'customers.write',
    summary: 'Creates a customer. Phones are given as typed.',
    body: customerInput,
    answer: customer,
    status: 201,
    example,
  }),
  read: endpoint({
    id: 'customers.read',
    method: 'GET',
    path: '/customers/:id',
    permission: 'customers.read',
    summary: 'Reads one customer.',
    params: one,
    answer: customer,
  }),
  update: endpoint({
    id: 'customers.update',
    method: 'PUT',
    path: '/customers/:id',
    permission: 'customers.write',
    summary: 'Replaces all fields of a customer, unless somebody else changed them meanwhile.',
    params: one,
    body: customerUpdate,
    answer: customer,
    example,
  }),
  timeline: endpoint({
    id: 'customers.timeline',
    method: 'GET',
    path: '/customers/:id/timeline',
    permission: 'customers.read',
    summary: 'Lists the contacts of one customer over all of their numbers, newest first.',
    params: one,
    query: timelineQuery,
    answer: timelineResult,
  }),
};
