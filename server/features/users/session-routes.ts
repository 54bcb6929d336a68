import { type Session, sessionApi, type User } from '@ringdesk/shared/user';
import { implement, type Route } from '../../platform/api/index.ts';
import { grantsOf, type KnownUser, type Member, type Sessions } from '../../platform/auth/index.ts';
import { Refusal } from '../../platform/errors.ts';
import { createPasswordCheck, type PasswordCheckOptions } from './password-check.ts';

export interface LoginRoutesOptions extends PasswordCheckOptions {
  setPassword(login: string, password: string): Promise<KnownUser>;
  /** Of a role of the house's own; null for a built-in one. */
  roleName(role: string): Promise<string | null>;
  /** Told of each login, when the session has begun. */
  onLogin?(user: User): void;
}

/** Log in, log out, who is logged in; the own password and the own sessions. */
export function loginRoutes(options: LoginRoutesOptions): Route[] {
  const { sessions, audit, log, onLogin, setPassword, roleName } = options;
  const sessionOf = async (user: Member): Promise<Session> => ({
    user,
    may: grantsOf(user),
    roleName: await roleName(user.role),
  });
  const check = createPasswordCheck(options);

  return [
    implement(sessionApi.login, async ({ body, request, response }) => {
      requireHttps(sessions, request.secure);
      const user = await check(body, request, response);
      if (user === null) throw new Refusal('wrong-login', 'The login or the password is wrong.');
      await sessions.begin(request, user);
      log.info({ user: user.id, role: user.role }, 'Logged in');
      audit({ who: user.id, what: 'login', from: request.ip ?? null });
      const answer = await sessionOf(user);
      onLogin?.(answer.user);
      return answer;
    }),
    implement(sessionApi.logout, async ({ request, response }) => {
      const { userId } = request.session;
      await sessions.end(request);
      if (userId !== undefined) audit({ who: userId, what: 'logout', from: request.ip ?? null });
      response.clearCookie(sessions.cookieName, { path: '/', secure: sessions.secure });
    }),
    implement(sessionApi.me, ({ user }) => sessionOf(user)),
    implement(sessionApi.changePassword, async ({ body: { current, next }, user: me, request, response }) => {
      const user = await check({ login: me.login, password: current }, request, response);
      // Not `wrong-login`, nor 401: who asks is logged in, and stays so.
      if (user === null || user.id !== me.id)
        throw new Refusal('bad-input', 'The present password is wrong.', {
          fields: [{ path: 'current', message: 'is wrong' }],
        });
      const changed = await setPassword(me.login, next);
      await sessions.endOthers(request, me.id);
      await sessions.begin(request, changed);
      log.info({ user: me.id }, 'A user changed the own password');
      audit({ who: me.id, what: 'password-changed', to: me.login, from: request.ip ?? null });
    }),
    implement(sessionApi.list, async ({ user, request }) => ({
      sessions: await sessions.listOf(request, user.id),
    })),
    implement(sessionApi.end, async ({ user, params: { id }, request }) => {
      if (!(await sessions.endOf(user.id, id)))
        throw new Refusal('not-found', 'This session is over already.');
      audit({ who: user.id, what: 'session-ended', to: id, from: request.ip ?? null });
    }),
  ];
}

/** A cookie for https alone would not come back over http, and the login would be lost without a word. */
function requireHttps(sessions: Sessions, isHttps: boolean): void {
  if (!sessions.secure || isHttps) return;
  throw new Refusal(
    'forbidden',
    'The proxy says that this page was opened over http, and TRUST_PROXY is for https. Open it over https, or let the proxy set X-Forwarded-Proto.',
  );
}
