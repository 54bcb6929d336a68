import { loginInput, type User } from '@ringdesk/shared/user';
import { Router } from 'express';
import { Refusal } from '../errors.ts';
import { parseInput } from '../http/input.ts';
import type { Log } from '../log.ts';
import { type KnownUser, loginKey, userOf } from './model.ts';
import type { Sessions } from './session.ts';
import { createThrottle } from './throttle.ts';

export interface LoginRoutesOptions {
  verify(login: string, password: string): Promise<KnownUser | null>;
  sessions: Sessions;
  log: Log;
  /** Told of each login, when the session has begun. */
  onLogin?(user: User): void;
  /** ms since the epoch */
  now?: () => number;
}

/** /api/login, /api/logout and /api/me. They stand before the guard: /api/me says itself that nobody is logged in. */
export function loginRoutes({ verify, sessions, log, onLogin, now = Date.now }: LoginRoutesOptions): Router {
  const router = Router();
  const perLogin = createThrottle({ free: 5, now });
  // A whole call centre may share one address.
  const perAddress = createThrottle({ free: 100, now });

  router.post('/login', async (request, response) => {
    const { login, password } = parseInput(loginInput, request.body);
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
    const answer: { user: User } = { user: userOf(user) };
    onLogin?.(answer.user);
    response.json(answer);
  });

  router.post('/logout', async (request, response) => {
    await sessions.end(request);
    response.clearCookie(sessions.cookieName, { path: '/' }).status(204).end();
  });

  router.get('/me', async (request, response) => {
    const user = await sessions.userOf(request);
    if (user === null) throw new Refusal('not-logged-in', 'Nobody is logged in here. Log in first.');
    response.json({ user });
  });

  return router;
}
