import { z } from 'zod';

/** What the store's process tells the one that started it. */
export const fromChild = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), port: z.number().int() }),
  z.object({ kind: z.literal('failed'), reason: z.string(), retry: z.boolean() }),
]);

export type FromChild = z.infer<typeof fromChild>;
