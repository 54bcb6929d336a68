import { type Session, sessionApi, type User } from '@ringdesk/shared/user';
import { implement, type Route } from '../../platform/api/index.ts';
import {
  createThrottle,
  grantsOf,
  type KnownUser,
  loginKey,
  type Sessions,
  userOf,
} from '../../platform/auth/index.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';

export interface LoginRoutesOptions {
  verify(login: string, password: string): Promise<KnownUser | null>;
  sessions: Sessions;
  log: Log;
  /** Told of each login, when the session has begun. */
  onLogin?(user: User): void;
  /** ms since the epoch */
  now?: () => number;
}

/** Log in, log out, and who is logged in. */
export function loginRoutes({ verify, sessions, log, onLogin, now = Date.now }: LoginRoutesOptions): Route[] {
  const perLogin = createThrottle({ free: 5, now });
  // A whole call centre may share one address.
  const perAddress = createThrottle({ free: 100, now });

  return [
    implement(sessionApi.login, async ({ body: { login, password }, request, response }) => {
      const address = request.ip ?? '';
      const key = `${loginKey(login)}|${address}`;
      const waitMs = perLogin.attempt(key) || perAddress.attempt(address);
      if (waitMs > 0) {
        const seconds = Math.ceil(waitMs / 1000);
        response.set('Retry-After', String(seconds));
        throw new Refusal('too-many-attempts', `Too many failed attempts: wait ${seconds} s and try again.`);
      }
      const user = await verify(login, password);
      if (user === null) {
        log.info('A login failed');
        throw new Refusal('wrong-login', 'The login or the password is wrong.');
      }
      perLogin.succeeded(key);
      perAddress.succeeded(address);
      await sessions.begin(request, user);
      log.info({ user: user.id, role: user.role }, 'Logged in');
      const answer = sessionOf(userOf(user));
      onLogin?.(answer.user);
      return answer;
    }),
    implement(sessionApi.logout, async ({ request, response }) => {
      await sessions.end(request);
      response.clearCookie(sessions.cookieName, { path: '/' });
    }),
    implement(sessionApi.me, ({ user }) => sessionOf(user)),
  ];
}

function sessionOf(user: User): Session {
  return { user, may: grantsOf(user.role) };
}
