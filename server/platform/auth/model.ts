import { plainText } from '@ringdesk/shared/plain-text';
import { deviceAt, type User } from '@ringdesk/shared/user';
import type { Member } from './roles.ts';

/** A user as the rest of the server knows it: never with the password. */
export interface KnownUser extends Member {
  /** Rises with each new password, role, agent, and when the user is shut out: sessions from before it end. */
  credentials: number;
  disabled: boolean;
}

export interface NewUser {
  login: string;
  password: string;
  name: string;
  /** A built-in role, or the id of one of the house's own. */
  role: string;
  /** The agent's id in calls (the phone's number). */
  agent?: string | null;
  /** The queue member's interface, e.g. `PJSIP/1001`. */
  device?: string | null;
  locale?: 'ru' | 'en' | null;
  /** Of the demo, with a password that everybody knows: let in only while the simulator serves. */
  demo?: boolean;
}

/** Logins are the same whatever their case. */
export function loginKey(login: string): string {
  return login.trim().normalize('NFKC').toLowerCase();
}

export interface FieldMistake {
  path: string;
  message: string;
}

/** What is wrong with a new user but for the password, by field; empty when nothing is. */
export function mistakesOf(user: NewUser): FieldMistake[] {
  const mistakes: FieldMistake[] = [];
  if (!/^[\p{L}\p{N}._@+-]{1,100}$/u.test(user.login.trim()))
    mistakes.push({ path: 'login', message: 'must be 1 to 100 letters, digits and . _ @ + -' });
  if (user.name.trim() === '' || user.name.length > 200 || plainText(user.name) !== user.name)
    mistakes.push({ path: 'name', message: 'must be 1 to 200 letters, all of which can be seen' });
  mistakes.push(...seatMistakes(user));
  return mistakes;
}

/** What is wrong with the phone of a user, by field. Both are sent to the PBX. */
export function seatMistakes(seat: {
  agent?: string | null | undefined;
  device?: string | null | undefined;
}): FieldMistake[] {
  const mistakes: FieldMistake[] = [];
  if (!isAgentNumber(seat.agent ?? null)) mistakes.push({ path: 'agent', message: 'must be 1 to 8 digits' });
  if (!(seat.device ?? '').split(',').every((device) => device === '' || isDevice(device.trim())))
    mistakes.push({
      path: 'device',
      message: 'must be phones, e.g. PJSIP/1001,PJSIP/991001, Local/1001@agents/n or a mobile +79161234567',
    });
  return mistakes;
}

/** An agent's number becomes a value of the dialplan: nothing but digits. */
function isAgentNumber(agent: string | null): boolean {
  return agent === null || agent === '' || /^\d{1,8}$/.test(agent);
}

/** A queue member's interface is rung as it stands: a technology and a name, and for Local a context. A mobile is its number in E.164. A PBX may be named before. */
function isDevice(named: string): boolean {
  const device = deviceAt(named, null) ?? named;
  return (
    /^\+[1-9]\d{6,14}$/.test(named) ||
    /^(PJSIP|SIP|IAX2|DAHDI|SCCP)\/[\p{L}\p{N}._-]{1,80}$/u.test(device) ||
    /^Local\/[\p{L}\p{N}._-]{1,80}@[A-Za-z0-9._-]{1,80}(\/[a-z]{1,4})?$/u.test(device)
  );
}

/** A user with what the user may. */
export function memberOf(known: KnownUser): Member {
  const { grants, team } = known;
  return {
    ...userOf(known),
    ...(grants === undefined ? {} : { grants }),
    ...(team === undefined ? {} : { team }),
  };
}

/** A user as the page sees it. */
export function userOf(known: KnownUser): User {
  const { id, login, name, role, agent, device, locale } = known;
  return { id, login, name, role, agent, device, locale };
}

/** No session lives longer than this after its log-in, however busy it is (ASVS 3.3.2). */
export const longestSessionMs = 24 * 3_600_000;
/** Servers of one house whose clocks differ by this do not end each other's sessions, ms. */
const clocksDifferMs = 60_000;

/** What a session says of itself. */
export interface SessionFacts {
  /** Of the user when the session began. */
  credentials: number;
  /** ms since the epoch; null in sessions from before it was noted */
  begunAt: number | null;
}

/**
 * The user of a session, as long as it may go on. A session that seems to begin later than now is old: somebody set the clock back.
 * @param now ms since the epoch
 */
export function stillAllowed(known: KnownUser | null, facts: SessionFacts, now: number): Member | null {
  if (known === null || known.disabled || known.credentials !== facts.credentials) return null;
  const age = facts.begunAt === null ? Number.POSITIVE_INFINITY : now - facts.begunAt;
  return age < -clocksDifferMs || age > longestSessionMs ? null : memberOf(known);
}
