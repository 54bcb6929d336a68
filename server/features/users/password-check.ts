import type { Request, Response } from 'express';
import { Counter, type Registry } from 'prom-client';
import type { Audit } from '../../platform/audit/index.ts';
import {
  type Attempt,
  cookieOf,
  createDevices,
  createGuessing,
  deviceCookieAgeMs,
  type KnownUser,
  loginKey,
  type Sessions,
} from '../../platform/auth/index.ts';
import { Refusal } from '../../platform/errors.ts';
import { createBucket } from '../../platform/limits/bucket.ts';
import { networkOf } from '../../platform/limits/network.ts';
import type { Log } from '../../platform/log.ts';
import { createThinLog } from '../../platform/log-thinly.ts';
import type { VerifyTurn } from './password-line.ts';

export interface PasswordCheckOptions {
  verify(login: string, password: string, turn: VerifyTurn): Promise<KnownUser | null>;
  sessions: Sessions;
  /** Signs the cookie by which a device is known again. */
  secret: string;
  audit: Audit;
  log: Log;
  metrics: Registry;
  /** The monotonic clock, ms */
  elapsed?: () => number;
}

/** Right passwords cost as much as wrong ones: so often may one account be looked at from one place, 60 times at once and 20 a minute. */
const looks = { burst: 60, perMs: 20 / 60_000 };

const cookieOptions = {
  httpOnly: true,
  sameSite: 'lax',
  maxAge: deviceCookieAgeMs,
  path: '/',
  // Its letters need no escaping.
  encode: (value: string) => value,
} as const;

/**
 * Looks at a password, not more often than is fit, and notes what fails.
 * @returns the function that gives the user, or null when login or password is wrong; it throws Refusal `too-many-attempts`
 */
export function createPasswordCheck(options: PasswordCheckOptions) {
  const { verify, sessions, secret, audit, log, metrics, elapsed = () => performance.now() } = options;
  const guessing = createGuessing({ elapsed });
  const devices = createDevices(secret);
  const looked = createBucket({ ...looks, elapsed });
  const thinLog = createThinLog(log, { burst: 50, perSecond: 5, elapsed });
  const deviceCookie = `${sessions.cookieName}-device`;
  const failures = new Counter({
    name: 'ringdesk_login_failures_total',
    help: 'Passwords that were wrong, and attempts that were refused before a look at the password',
    labelNames: ['why'],
    registers: [metrics],
  });

  function note(why: 'wrong' | 'throttled', account: string, address: string): void {
    failures.inc({ why });
    const message = why === 'wrong' ? 'A login failed' : 'A login was refused: too many failed before';
    // What a flood is not told of line by line, the audit need not keep one by one either.
    if (!thinLog.warn(why, { account, address }, message)) return;
    audit({
      who: null,
      what: why === 'wrong' ? 'login-failed' : 'login-throttled',
      to: account,
      from: address,
    });
  }

  return async (given: { login: string; password: string }, request: Request, response: Response) => {
    const account = loginKey(given.login);
    const address = request.ip ?? '';
    const carried = cookieOf(request.headers.cookie, deviceCookie);
    const device = devices.knownOf(account, carried);
    const attempt: Attempt = { account, network: networkOf(address), device };

    function refuseFor(waitMs: number): void {
      if (waitMs === 0) return;
      note('throttled', account, address);
      const seconds = Math.ceil(waitMs / 1000);
      response.set('Retry-After', String(seconds));
      throw new Refusal('too-many-attempts', `Too many attempts: wait ${seconds} s and try again.`);
    }
    const judge = () => refuseFor(guessing.waitFor(attempt));

    judge();
    refuseFor(looked.take(`${account} ${device ?? attempt.network}`));
    // Judged again when its turn has come: a hundred guesses at once are no way around.
    const turn = { from: attempt.network, first: device !== null, judge };
    const user = await verify(given.login, given.password, turn);
    if (user === null) {
      guessing.failed(attempt);
      note('wrong', account, address);
      return null;
    }
    guessing.succeeded(attempt);
    if (device === null) {
      const pass = devices.issue(account, carried);
      const secure = sessions.secure || request.secure;
      sessions.afterCookie(response, () => response.cookie(deviceCookie, pass, { ...cookieOptions, secure }));
    }
    return user;
  };
}
