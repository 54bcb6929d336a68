import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { grants } from './permission.ts';

export const role = z.enum(['agent', 'supervisor', 'manager', 'admin']);
export type Role = z.infer<typeof role>;

/** A user as the page sees it. `agent` is the agent's id in calls (the phone's number), null for who takes no calls. */
export const user = z
  .object({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    role,
    agent: z.string().nullable(),
    /** The queue member's interface, e.g. `PJSIP/1001`. */
    device: z.string().nullable(),
    locale: z.enum(['ru', 'en']).nullable(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof user>;

export const loginInput = z.object({
  login: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(200),
});

/** Who is logged in, and what they may: the page asks for a permission, never for a role. */
export const session = z.object({ user, may: grants }).meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

export const sessionApi = {
  login: endpoint({
    id: 'session.login',
    method: 'POST',
    path: '/login',
    permission: 'public',
    summary: 'Begins a session. Failed attempts have to wait longer and longer.',
    body: loginInput,
    answer: session,
    example: { login: 'anna', password: 'a long enough password' },
  }),
  logout: endpoint({
    id: 'session.logout',
    method: 'POST',
    path: '/logout',
    permission: 'public',
    summary: 'Ends the session, and closes its pages.',
  }),
  me: endpoint({
    id: 'session.me',
    method: 'GET',
    path: '/me',
    permission: 'session',
    summary: 'Says who is logged in, and what they may do.',
    answer: session,
  }),
};
