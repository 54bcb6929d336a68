import { z } from 'zod';

/** A customer is a person or a company with any number of phones. Phones are E.164; `raw` keeps what was typed. */
export const customerPhone = z.object({
  number: z.string(),
  raw: z.string(),
  label: z.string().max(60).nullable(),
});

export const customer = z.object({
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
});
export type Customer = z.infer<typeof customer>;
export type CustomerPhone = z.infer<typeof customerPhone>;

/** What a page or an integration sends to create a customer. Phones are given as typed; the server normalises them. */
export const customerInput = z.object({
  kind: z.enum(['person', 'company']).default('person'),
  name: z.string().trim().min(1).max(200),
  company: z.string().trim().max(200).nullable().default(null),
  phones: z
    .array(
      z.object({
        raw: z.string().trim().min(2).max(40),
        label: z.string().trim().max(60).nullable().default(null),
      }),
    )
    .max(30)
    .default([]),
  emails: z.array(z.email().max(200)).max(30).default([]),
  tier: z.enum(['standard', 'silver', 'gold', 'vip']).default('standard'),
  segment: z.string().trim().max(100).nullable().default(null),
  tags: z.array(z.string().trim().min(1).max(60)).max(50).default([]),
  note: z.string().trim().max(4000).nullable().default(null),
});
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

/** GET /api/customers?q=&limit= : best matches first; without `q` the ones changed last. */
export interface CustomerSearchResult {
  customers: Customer[];
}
