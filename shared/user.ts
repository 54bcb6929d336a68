import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { grants } from './permission.ts';

/** The built-in roles. */
export const role = z.enum(['agent', 'supervisor', 'manager', 'admin', 'integration']);
export type Role = z.infer<typeof role>;

/** A user as the page sees it. `agent` is the agent's id in calls (the phone's number), null for who takes no calls. */
export const user = z
  .object({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    /** A built-in role, or the id of one of the house's own. */
    role: z.string(),
    agent: z.string().nullable(),
    /**
     * The agent's phones as Asterisk names them, the one to dial from first, with commas between: `PJSIP/1001,PJSIP/991001`. A number is a phone outside
     * the house, such as a mobile: `PJSIP/1001,+79161234567`. The name of a PBX before it says that it is the user's on that PBX alone:
     * `kazan:PJSIP/1001`.
     */
    device: z.string().nullable(),
    locale: z.enum(['ru', 'en']).nullable(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof user>;

/**
 * An agent's phones, one by one, those of the house first; without any of those, the one that its extension is called. Empty for who takes no calls.
 */
export function devicesOf({ agent, device }: Pick<User, 'agent' | 'device'>): string[] {
  const named = (device ?? '').split(',').map((one) => one.trim());
  const devices = named.filter((one) => one !== '');
  const inside = devices.filter(isOfHouse);
  const first = inside.length > 0 || agent === null ? inside : [`PJSIP/${agent}`];
  return [...first, ...devices.filter((one) => !isOfHouse(one))];
}

/**
 * A phone as one PBX knows it; null when it is a phone of another PBX.
 * @param pbx null while it is not known on which PBX the user's phones are
 */
export function deviceAt(device: string, pbx: string | null): string | null {
  const [, of, name] = /^([a-z0-9-]+):(.+)$/.exec(device) ?? [];
  if (of === undefined || name === undefined) return device;
  return pbx === null || of === pbx ? name : null;
}

/** A phone that the PBX knows by name: it can be paused and dialled from. A number is rung through a trunk, and that is all. */
export function isOfHouse(device: string): boolean {
  return !device.startsWith('+');
}

export const loginInput = z.object({
  login: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(200),
});

/** A session of one's own, as its user sees it. Times are ISO 8601. */
export const ownSession = z.object({
  id: z.string(),
  begunAt: z.string(),
  /** Of the last request, to some minutes. */
  seenAt: z.string(),
  /** When it ends if nothing comes from it any more. */
  endsAt: z.string(),
  address: z.string(),
  /** What the browser calls itself. */
  browser: z.string(),
  /** The one that asks. */
  current: z.boolean(),
});
export type OwnSession = z.infer<typeof ownSession>;
export const ownSessions = z.object({ sessions: z.array(ownSession) }).meta({ id: 'OwnSessions' });

export const passwordChange = z.object({
  current: z.string().min(1).max(200),
  next: z.string().min(1).max(200),
});
/** Who is logged in, and what they may: the page asks for a permission, never for a role. */
export const session = z
  .object({
    user,
    may: grants,
    /** The name of the user's role when it is one of the house's own. */
    roleName: z.string().nullable(),
  })
  .meta({ id: 'Session' });
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
  changePassword: endpoint({
    id: 'session.changePassword',
    method: 'POST',
    path: '/me/password',
    permission: 'session',
    summary: 'Sets a new password of one’s own, ends all other sessions, and begins this one anew.',
    body: passwordChange,
    example: { current: 'the password until now', next: 'kettle and lamp' },
  }),
  list: endpoint({
    id: 'session.list',
    method: 'GET',
    path: '/me/sessions',
    permission: 'session',
    summary: 'Lists one’s own sessions, the newest first.',
    answer: ownSessions,
  }),
  end: endpoint({
    id: 'session.end',
    method: 'DELETE',
    path: '/me/sessions/:id',
    permission: 'session',
    summary: 'Ends one of one’s own sessions, and closes its pages.',
    params: z.object({ id: z.string().min(1).max(100) }),
  }),
};
