import { createHash, randomBytes } from 'node:crypto';
import type { StaffChange, StaffMember } from '@ringdesk/shared/staff';
import { type KnownUser, mistakesOf, type NewUser, passwordMistakes } from '../../platform/auth/index.ts';
import { Refusal } from '../../platform/errors.ts';
import { isDuplicate, type Store } from '../../platform/store/index.ts';
import { type createUserStore, refused, taken } from './store.ts';
import { type UserDocument, userEvent } from './user-document.ts';

const invitationMs = 7 * 24 * 3_600_000;

export interface StaffOptions {
  store: Store;
  users: ReturnType<typeof createUserStore>;
  now(): Date;
}
export interface Invitation {
  user: StaffMember;
  /** The secret of the link; only its hash is kept. */
  token: string;
  until: string;
}

/** Users as an administrator keeps them, by id. All of it throws Refusal; `store-unavailable` while the database is away. */
export type Staff = ReturnType<typeof createStaff>;

export function createStaff({ store, users, now }: StaffOptions) {
  const collection = () => store.collection<UserDocument>('users');

  async function existing(id: string): Promise<UserDocument> {
    const document = await collection().findOne({ _id: id });
    if (document === null) throw new Refusal('not-found', 'There is no such user.');
    return document;
  }

  async function list(): Promise<StaffMember[]> {
    const documents = await collection().find().sort({ loginKey: 1 }).toArray();
    return documents.map(shown);
  }

  /** Creates a user whom nobody can be until the password is set. @throws Refusal `bad-input`, `conflict` */
  async function invite(person: Omit<NewUser, 'password'>): Promise<Invitation> {
    const { id } = await users.createUser({ ...person, password: randomBytes(24).toString('base64url') });
    return reinvite(id);
  }

  /** @throws Refusal `not-found` */
  async function reinvite(id: string): Promise<Invitation> {
    const document = await existing(id);
    const token = randomBytes(32).toString('base64url');
    const until = new Date(now().getTime() + invitationMs);
    const invitation = { hash: hashOf(token), until };
    await collection().updateOne(
      { _id: id },
      { $set: { invitation }, $push: { events: userEvent('invited', document, document) } },
    );
    return { user: shown({ ...document, invitation }), token, until: until.toISOString() };
  }

  /** @throws Refusal `not-found`: there is no such invitation, or it is over */
  async function invited(token: string): Promise<UserDocument> {
    const found = await collection().findOne({
      'invitation.hash': hashOf(token),
      'invitation.until': { $gt: now() },
    });
    if (found === null || found.disabled) throw usedUp();
    return found;
  }

  /** Sets the password and uses the link up. @throws Refusal `not-found`, `bad-input` (the password is too weak) */
  async function accept(token: string, password: string): Promise<KnownUser> {
    const { _id, login, name } = await invited(token);
    const mistakes = await passwordMistakes(password, [login, name]);
    if (mistakes.length > 0) throw refused(mistakes);
    // Of two at once one finds it used.
    const { modifiedCount } = await collection().updateOne(
      { _id, 'invitation.hash': hashOf(token) },
      { $unset: { invitation: '' } },
    );
    if (modifiedCount === 0) throw usedUp();
    return users.setPassword(login, password);
  }

  /**
   * Changes a user; what is left out stays. Another role, phone, or being shut out ends the sessions.
   * @throws Refusal `not-found`, `bad-input`, `conflict` (the agent is another user's)
   */
  async function change(id: string, wanted: StaffChange): Promise<StaffMember> {
    const before = await existing(id);
    const { next, seat } = wantedOf(before, wanted);
    const { role, device, disabled } = next;
    const mistakes = mistakesOf({ ...next, login: before.login, agent: seat, password: '' });
    if (mistakes.length > 0) throw refused(mistakes);
    const { agent: _seat, ...rest } = before;
    const after = { ...rest, ...next, ...seatOf(seat) };
    const ends =
      role !== before.role ||
      seat !== (before.agent ?? null) ||
      device !== before.device ||
      disabled !== before.disabled;
    try {
      await collection().updateOne(
        { _id: id },
        {
          $set: { ...next, ...seatOf(seat) },
          ...(seat === null ? { $unset: { agent: '' } } : {}),
          $inc: { credentials: ends ? 1 : 0 },
          $push: { events: userEvent('changed', before, after) },
        },
      );
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw taken('agent', error);
    }
    users.forget();
    return shown(await existing(id));
  }

  return { list, invite, reinvite, invited, accept, change, existing };
}

/** A user with what is wanted otherwise; the seat apart, since nobody's is left out of the document. */
function wantedOf(before: UserDocument, wanted: StaffChange) {
  const next = {
    name: wanted.name ?? before.name,
    role: wanted.role ?? before.role,
    device: wanted.device === undefined ? before.device : wanted.device,
    locale: wanted.locale === undefined ? before.locale : wanted.locale,
    disabled: wanted.disabled ?? before.disabled,
  };
  const asked = wanted.agent === undefined ? before.agent : wanted.agent;
  return { next, seat: asked === undefined || asked === '' ? null : asked };
}

const seatOf = (agent: string | null): { agent?: string } => (agent === null ? {} : { agent });

const usedUp = () =>
  new Refusal('not-found', 'This link was used already, or is too old. Ask for a new one.');

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

function shown(document: UserDocument): StaffMember {
  const { _id: id, login, name, role, agent = null, device, locale, disabled, invitation } = document;
  const invitedUntil = invitation?.until.toISOString() ?? null;
  return { id, login, name, role, agent, device, locale, disabled, invitedUntil };
}
