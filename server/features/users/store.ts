import type { RoleInput, TeamInput } from '@ringdesk/shared/team';
import type { User } from '@ringdesk/shared/user';
import type { UpdateFilter } from 'mongodb';
import {
  type FieldMistake,
  hashPassword,
  type KnownUser,
  loginKey,
  mistakesOf,
  type NewUser,
  passwordMistakes,
  seatMistakes,
  userOf,
} from '../../platform/auth/index.ts';
import { Refusal } from '../../platform/errors.ts';
import { createTurns } from '../../platform/limits/turns.ts';
import type { Register } from '../../platform/register/index.ts';
import { isDuplicate, type Store } from '../../platform/store/index.ts';
import { KnownUsers } from './known-users.ts';
import { PasswordLine, type VerifyTurn } from './password-line.ts';
import { newUserDocument, seatOf, type UserDocument, userEvent } from './user-document.ts';

/** What may be changed of a user; what is left out stays. */
export interface UserChange {
  role?: string;
  agent?: string | null;
  device?: string | null;
}

export interface UserStoreOptions {
  store: Store;
  now(): Date;
  /** The monotonic clock, ms */
  elapsed(): number;
  houseRoles: Pick<Register<RoleInput>, 'list'>;
  teams: Pick<Register<TeamInput>, 'list'>;
}

export function createUserStore({ store, now, elapsed, houseRoles, teams }: UserStoreOptions) {
  store.index('users', [
    { key: { loginKey: 1 }, name: 'login', unique: true },
    { key: { agent: 1 }, name: 'agent', unique: true, sparse: true },
  ]);
  const collection = () => store.collection<UserDocument>('users');

  const memory = new KnownUsers({ collection, elapsed, houseRoles, teams });
  /**
   * As many at a time as there are threads for it. A morning at which a whole call centre logs in from one address fits into the line; what comes beyond is
   * refused at once. Devices that were let in before have a line of their own.
   */
  const hashing = createTurns({ atOnce: 2, waiting: 300, waitingOfOne: 220, patienceMs: 15_000 });
  const passwords = new PasswordLine(hashing);

  /** @throws Refusal `bad-input`, `conflict` (the login or the agent is another user's), `store-unavailable` */
  async function createUser(user: NewUser): Promise<User> {
    const mistakes = mistakesOf(user);
    // The demo's password is told to everybody, and lets nobody in where no simulator serves.
    if (user.demo !== true)
      mistakes.push(...(await passwordMistakes(user.password, [user.login, user.name])));
    if (mistakes.length > 0) throw refused(mistakes);
    const passwordHash = await hashing.take('', () => hashPassword(user.password));
    const document = newUserDocument(user, passwordHash, now());
    // Somebody real takes the place of somebody of the demo.
    if (user.demo !== true)
      await collection().deleteMany({ demo: true, $or: [{ loginKey: document.loginKey }, ...seatOf(user)] });
    try {
      const events = user.demo === true ? [] : [userEvent('created', null, document)];
      await collection().insertOne({ ...document, events });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const field =
        (await collection().findOne({ loginKey: document.loginKey })) === null ? 'agent' : 'login';
      throw taken(field, error);
    }
    memory.forget();
    return userOf(memory.knownOf(document));
  }

  /** Changes one user, and ends the sessions of that user. @throws Refusal `not-found` */
  async function change(login: string, update: UpdateFilter<UserDocument>): Promise<KnownUser> {
    const before = await collection().findOne({ loginKey: loginKey(login) });
    if (before === null) throw new Refusal('not-found', 'There is no user with this login.');
    const { agent, ...rest } = before;
    const kept = update.$unset?.agent === true || agent === undefined ? rest : before;
    const after = { ...kept, ...update.$set };
    const what = update.$set?.passwordHash === undefined ? 'changed' : 'password-set';
    const changed = await collection().findOneAndUpdate(
      { loginKey: loginKey(login) },
      { ...update, $inc: { credentials: 1 }, $push: { events: userEvent(what, before, after) } },
      { returnDocument: 'after' },
    );
    memory.forget();
    if (changed === null) throw new Refusal('not-found', 'There is no user with this login.');
    return memory.knownOf(changed);
  }

  /** Also ends the user's sessions, and makes a user of the demo a real one. @throws Refusal `not-found`, `bad-input`, `store-unavailable` */
  async function setPassword(login: string, password: string): Promise<KnownUser> {
    const user = await collection().findOne({ loginKey: loginKey(login) });
    const mistakes = await passwordMistakes(password, user === null ? [] : [user.login, user.name]);
    if (mistakes.length > 0) throw refused(mistakes);
    const passwordHash = await hashing.take('', () => hashPassword(password), { first: true });
    return change(login, { $set: { passwordHash }, $unset: { demo: true } });
  }

  /** Lets a user in again, or no more; open sessions end within seconds. @throws Refusal `not-found`, `store-unavailable` */
  async function setDisabled(login: string, disabled: boolean): Promise<void> {
    await change(login, { $set: { disabled } });
  }

  /**
   * Gives a user another role or seat; sessions end, so that nothing goes on under what was before.
   * @throws Refusal `not-found`, `bad-input`, `conflict` (the agent is another user's), `store-unavailable`
   */
  async function changeUser(login: string, { role, agent, device }: UserChange): Promise<void> {
    const mistakes = seatMistakes({ agent, device });
    if (mistakes.length > 0) throw refused(mistakes);
    const isSeat = agent !== undefined && agent !== null && agent !== '';
    const set = {
      ...(role === undefined ? {} : { role }),
      ...(isSeat ? { agent } : {}),
      ...(device === undefined ? {} : { device }),
    };
    try {
      await change(login, {
        ...(Object.keys(set).length === 0 ? {} : { $set: set }),
        ...(agent === undefined || isSeat ? {} : { $unset: { agent: true } }),
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw taken('agent', error);
    }
  }

  /** Takes a user away for good; what was done stays under the agent's number. @throws Refusal `not-found`, `store-unavailable` */
  async function remove(login: string): Promise<void> {
    const { deletedCount } = await collection().deleteOne({ loginKey: loginKey(login) });
    memory.forget();
    if (deletedCount === 0) throw new Refusal('not-found', 'There is no user with this login.');
  }

  /**
   * The user, or null when login or password is wrong or the user is disabled: all take the same time.
   * @throws Refusal `too-many-attempts` when too many passwords wait to be looked at, `store-unavailable`, and what `judge` throws
   */
  async function verify(login: string, password: string, turn: VerifyTurn = {}): Promise<KnownUser | null> {
    const document = await collection().findOne({ loginKey: loginKey(login) });
    const right = await passwords.isRight(document?.passwordHash ?? null, password, turn);
    const user = document === null ? null : memory.knownOf(document);
    return user !== null && right && !user.disabled ? user : null;
  }

  return {
    forget: () => memory.forget(),
    allowDemo: () => memory.allowDemo(),
    createUser,
    setPassword,
    setDisabled,
    changeUser,
    remove,
    list: () => memory.list(),
    find: (id: string) => memory.find(id),
    verify,
    agentNames: () => memory.agentNames(),
    actorOf: (agent: string) => memory.actorOf(agent),
  };
}

export function taken(field: 'login' | 'agent', cause: unknown): Refusal {
  return new Refusal('conflict', `Another user has this ${field} already; choose another one.`, {
    fields: [{ path: field, message: 'is taken' }],
    cause,
  });
}

export function refused(fields: FieldMistake[]): Refusal {
  const what = fields.map((field) => `${field.path} ${field.message}`).join('; ');
  return new Refusal('bad-input', `The user was not saved: ${what}.`, { fields });
}
