import { z } from 'zod';

export const role = z.enum(['agent', 'supervisor', 'manager', 'admin']);
export type Role = z.infer<typeof role>;

/** A user as the page sees it. `agent` is the agent's id in calls (the phone's number), null for who takes no calls. */
export const user = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  role,
  agent: z.string().nullable(),
  /** The queue member's interface, e.g. `PJSIP/1001`. */
  device: z.string().nullable(),
  locale: z.enum(['ru', 'en']).nullable(),
});
export type User = z.infer<typeof user>;

export const loginInput = z.object({
  login: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(200),
});
