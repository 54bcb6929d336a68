import { z } from 'zod';

/** What the store's process tells the one that started it. */
export const fromChild = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), url: z.string() }),
  /** It is there, and not held up by anything. */
  z.object({ kind: z.literal('pong') }),
  z.object({ kind: z.literal('failed'), reason: z.string(), retry: z.boolean() }),
]);

export type FromChild = z.infer<typeof fromChild>;

/** What the one that started it tells the store's process. A signal would reach it too when it was meant for the whole group, and too soon. */
export const toChild = z.object({ kind: z.enum(['stop', 'ping']) });

export type ToChild = z.infer<typeof toChild>;
