import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { plainText } from './plain-text.ts';
import { user } from './user.ts';

const name = z.string().overwrite(plainText).trim().min(1).max(200);
const id = z.string().min(1).max(100);
const one = z.object({ id });
/** A built-in role, or the id of one of the house's own. */
const role = z.string().min(1).max(100);

/** A user with what only administration asks for. */
export const staffMember = user
  .extend({
    disabled: z.boolean(),
    /** Until when the link of the invitation is good; null when there is none. */
    invitedUntil: z.iso.datetime().nullable(),
  })
  .meta({ id: 'StaffMember' });
export type StaffMember = z.infer<typeof staffMember>;

const seat = {
  /** The extension: 1 to 8 digits. */
  agent: z.string().max(8).nullable(),
  /** Phones with commas between, the one to dial from first. */
  device: z.string().max(500).nullable(),
  locale: z.enum(['ru', 'en']).nullable(),
};
export const invitationInput = z.object({
  login: z.string().trim().min(1).max(100),
  name,
  role,
  agent: seat.agent.default(null),
  device: seat.device.default(null),
  locale: seat.locale.default(null),
});
export const staffChange = z.object({ name, role, ...seat, disabled: z.boolean() }).partial();
export type StaffChange = z.output<typeof staffChange>;

/** The secret of the link `/invitation#<token>`; it is told once, here. */
const invitation = z.object({ user: staffMember, token: z.string(), until: z.iso.datetime() });
const token = z.string().min(20).max(200);

/** A device of a PBX, and whose it is taken for: what `ringdesk doctor` sees, of the running server. */
export const knownPhone = z
  .object({
    pbx: z.string(),
    device: z.string(),
    /** The agent's id in calls; null for a line to the outside. */
    agent: z.string().nullable(),
    /** Whether a user has it by the users' list; else it is the best guess, and no desk has it. */
    isUsers: z.boolean(),
    /** What says so. */
    why: z.string(),
    doubt: z.enum(['guess', 'no-user', 'unknown']).nullable(),
  })
  .meta({ id: 'KnownPhone' });
export type KnownPhone = z.infer<typeof knownPhone>;

export const staffApi = {
  phones: endpoint({
    id: 'users.phones',
    method: 'GET',
    path: '/phones',
    permission: 'users.write',
    summary: 'Lists the devices of the PBXs, and whose each is taken for, and why.',
    answer: z.object({ phones: z.array(knownPhone) }),
  }),
  list: endpoint({
    id: 'users.list',
    method: 'GET',
    path: '/users',
    permission: 'users.read',
    summary: 'Lists all users, by login.',
    answer: z.object({ users: z.array(staffMember) }),
  }),
  invite: endpoint({
    id: 'users.invite',
    method: 'POST',
    path: '/users',
    permission: 'users.write',
    summary: 'Creates a user, who sets the password by a link that is good once, for 7 days.',
    body: invitationInput,
    answer: invitation,
    status: 201,
    example: { login: 'vera', name: 'Vera Orlova', role: 'agent', agent: '1017' },
  }),
  change: endpoint({
    id: 'users.change',
    method: 'PATCH',
    path: '/users/:id',
    permission: 'users.write',
    summary: 'Changes name, role, phone or language, or shuts a user out; what is left out stays.',
    params: one,
    body: staffChange,
    answer: staffMember,
    example: { role: 'supervisor' },
  }),
  reinvite: endpoint({
    id: 'users.reinvite',
    method: 'POST',
    path: '/users/:id/invitation',
    permission: 'users.write',
    summary: 'Makes a new link by which a user sets a password; the one before is worth nothing.',
    params: one,
    answer: invitation,
  }),
  endSessions: endpoint({
    id: 'users.endSessions',
    method: 'DELETE',
    path: '/users/:id/sessions',
    permission: 'users.write',
    summary: 'Ends all sessions of a user, and closes the pages.',
    params: one,
  }),
  look: endpoint({
    id: 'invitation.look',
    method: 'POST',
    path: '/invitation',
    permission: 'public',
    summary: 'Says whom an invitation is for.',
    body: z.object({ token }),
    answer: z.object({ login: z.string(), name: z.string() }),
    example: { token: 'the-part-of-the-link-after-the-hash' },
  }),
  accept: endpoint({
    id: 'invitation.accept',
    method: 'POST',
    path: '/invitation/accept',
    permission: 'public',
    summary: 'Sets the password of who was invited; the link is used up.',
    body: z.object({ token, password: z.string().min(1).max(200) }),
    example: { token: 'the-part-of-the-link-after-the-hash', password: 'kettle and lamp' },
  }),
};
