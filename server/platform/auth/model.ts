import type { Role, User } from '@ringdesk/shared/user';

/** A user as the rest of the server knows it: never with the password. */
export interface KnownUser extends User {
  /** Rises with each new password: sessions from before it end. */
  credentials: number;
  disabled: boolean;
}

export interface NewUser {
  login: string;
  password: string;
  name: string;
  role: Role;
  /** The agent's id in calls (the phone's number). */
  agent?: string | null;
  /** The queue member's interface, e.g. `PJSIP/1001`. */
  device?: string | null;
  locale?: 'ru' | 'en' | null;
  /** Of the demo, with a password that everybody knows: let in only while the simulator serves. */
  demo?: boolean;
}

const shortestPassword = 8;

/** Logins are the same whatever their case. */
export function loginKey(login: string): string {
  return login.trim().normalize('NFKC').toLowerCase();
}

/** What is wrong with a new user, by field; empty when nothing is. */
export function mistakesOf(user: NewUser): { path: string; message: string }[] {
  const mistakes: { path: string; message: string }[] = [];
  if (!/^[\p{L}\p{N}._@+-]{1,100}$/u.test(user.login.trim()))
    mistakes.push({ path: 'login', message: 'must be 1 to 100 letters, digits and . _ @ + -' });
  if (user.name.trim() === '' || user.name.length > 200)
    mistakes.push({ path: 'name', message: 'must be 1 to 200 letters' });
  mistakes.push(...passwordMistakes(user.password));
  return mistakes;
}

export function passwordMistakes(password: string): { path: string; message: string }[] {
  if (password.length >= shortestPassword && password.length <= 200) return [];
  return [{ path: 'password', message: `must have ${shortestPassword} to 200 characters` }];
}

/** A user as the page sees it. */
export function userOf(known: KnownUser): User {
  const { id, login, name, role, agent, device, locale } = known;
  return { id, login, name, role, agent, device, locale };
}

/** The user of a session, as long as it may go on. */
export function stillAllowed(known: KnownUser | null, credentials: number): User | null {
  return known === null || known.disabled || known.credentials !== credentials ? null : userOf(known);
}
