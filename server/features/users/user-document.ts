import { randomUUID } from 'node:crypto';
import { loginKey, type NewUser } from '../../platform/auth/index.ts';
import { changesBetween, eventOf, type WithEvents } from '../../platform/events/index.ts';

export interface UserDocument extends WithEvents {
  _id: string;
  login: string;
  loginKey: string;
  name: string;
  role: string;
  /** Left out for who takes no calls: the index on it is sparse. */
  agent?: string;
  device: string | null;
  locale: 'ru' | 'en' | null;
  /** argon2id, with its salt and costs. */
  passwordHash: string;
  credentials: number;
  disabled: boolean;
  demo?: true;
  /** Of the link by which the password is set: its secret's SHA-256. */
  invitation?: { hash: string; until: Date };
  createdAt: Date;
}

/** @param passwordHash argon2id, with its salt and costs */
export function newUserDocument(user: NewUser, passwordHash: string, createdAt: Date): UserDocument {
  return {
    _id: randomUUID(),
    login: user.login.trim(),
    loginKey: loginKey(user.login),
    name: user.name.trim(),
    role: user.role,
    ...seatOf(user)[0],
    device: user.device ?? null,
    locale: user.locale ?? null,
    passwordHash,
    credentials: 1,
    disabled: false,
    ...(user.demo === true ? { demo: true } : {}),
    createdAt,
  };
}

/** The user's seat as a condition of a query: none without a seat. */
export function seatOf(user: NewUser): { agent: string }[] {
  return user.agent == null || user.agent === '' ? [] : [{ agent: user.agent }];
}

/** What is told of a change: never a password, nor its hash. */
export function userEvent(
  happened: string,
  before: Partial<UserDocument> | null,
  after: Partial<UserDocument> & Pick<UserDocument, '_id' | 'credentials'>,
) {
  const at = new Date();
  return eventOf({
    type: `user.${happened}`,
    entity: { kind: 'user', id: after._id },
    at,
    version: at.getTime(),
    changes: changesBetween(before === null ? null : toldOf(before), toldOf(after)),
  });
}

function toldOf({ login, name, role, agent, device, locale, disabled }: Partial<UserDocument>) {
  return { login, name, role, agent: agent ?? null, device, locale, disabled };
}
