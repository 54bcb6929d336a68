import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Permission } from '@ringdesk/shared/permission';
import type { OwnSession } from '@ringdesk/shared/user';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import onHeaders from 'on-headers';
import { Refusal } from '../errors.ts';
import type { Store } from '../store/index.ts';
import { type KnownUser, longestSessionMs, stillAllowed } from './model.ts';
import { type Member, may } from './roles.ts';
import { type SessionDocument, SessionDocuments } from './session-documents.ts';
import { RememberingSessionStore } from './session-store.ts';
import { bearerOf, type Tokens } from './tokens.ts';

declare module 'express-session' {
  interface SessionData {
    userId?: string;
    /** Of the password that the user logged in with. */
    credentials?: number;
    /** When it began, ms since the epoch. */
    begunAt?: number;
    /** From where and with which browser it began, so that its user knows it again. */
    from?: { address: string; browser: string };
  }
}

const ttlMs = 12 * 3_600_000;

/** Who a request is from; filled by `requireUser`. */
const users = new WeakMap<IncomingMessage, Member>();

/** Says who a request is from; `requireUser` does. */
export function signedIn(request: IncomingMessage, user: Member): void {
  users.set(request, user);
}

/** The user of a request. @throws Refusal `not-logged-in` */
export function currentUser(request: IncomingMessage): Member {
  const user = users.get(request);
  if (user === undefined) throw notLoggedIn();
  return user;
}

/** Lets only those through who hold the permission. To be used after `requireUser`. */
export function requirePermission(permission: Permission): RequestHandler {
  return (request, _response, next) => {
    if (may(currentUser(request), permission)) return next();
    throw new Refusal(
      'forbidden',
      `You may not do this: your role lacks '${permission}'. Ask an administrator.`,
    );
  };
}

export interface Sessions {
  /** Reads the cookie; for express, and for Socket.IO by `io.engine.use(middleware)`. */
  middleware: RequestHandler;
  /** Refuses whoever is not logged in. */
  requireUser: RequestHandler;
  /** The user of a request that went through `middleware`, e.g. `socket.request`; null when nobody is logged in. */
  userOf(request: IncomingMessage): Promise<Member | null>;
  /** Begins a session under a new id, so that an id known from before is worth nothing. */
  begin(request: Request, user: KnownUser): Promise<void>;
  /** Has `run` after the session's cookie was put into the head of the answer. */
  afterCookie(response: ServerResponse, run: () => void): void;
  /** Ends the session of the request. */
  end(request: Request): Promise<void>;
  /** Those of these requests whose session is over by now, or whose user may no longer be in. Never fails. */
  endedAmong(requests: readonly IncomingMessage[]): Promise<IncomingMessage[]>;
  /** The sessions of a user, the newest first. `current` is the one of the request. */
  listOf(request: Request, userId: string): Promise<OwnSession[]>;
  /** Ends one session of a user. @param id as `listOf` gives it @returns whether there was one */
  endOf(userId: string, id: string): Promise<boolean>;
  /** Ends all sessions of a user but that of the request. */
  endOthers(request: Request, userId: string): Promise<void>;
  /** Told when a session ends here, with its id. Returns the function that ends it. */
  onEnded(told: (ended: { userId: string; sessionId: string }) => void): () => void;
  readonly cookieName: string;
  /** Whether the cookie is sent over https alone. */
  readonly secure: boolean;
}

export interface SessionOptions {
  store: Store;
  secret: string;
  findUser(id: string): Promise<KnownUser | null>;
  /** Programs with a token; absent: there are none. */
  tokens?: Pick<Tokens, 'memberOf'>;
  /** A proxy before us speaks https: the cookie goes over https alone, and to this host alone. */
  https?: boolean;
  /** ms since the epoch */
  now?: () => number;
  /** The monotonic clock, ms */
  elapsed?: () => number;
}

export function createSessions(options: SessionOptions): Sessions {
  const {
    store,
    secret,
    findUser,
    https = false,
    now = Date.now,
    elapsed = () => performance.now(),
  } = options;
  const cookieName = https ? '__Host-ringdesk' : 'ringdesk';
  const documents = new SessionDocuments(store, ttlMs, now);
  const ended = new Set<(ended: { userId: string; sessionId: string }) => void>();

  const sessionStore = new RememberingSessionStore({
    now: elapsed,
    stillThere: (ids) => documents.living(ids),
    ttlMs,
    inner: () => documents.sessions(),
  });
  store.onState((state) => {
    if (state === 'up') void sessionStore.flush();
  });

  const remembered = session({
    name: cookieName,
    secret,
    store: sessionStore,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure: https ? true : 'auto', maxAge: ttlMs, path: '/' },
  });

  /** What is to be done when the head of an answer goes out, after the session's cookie was put into it: that one stands first. */
  const afterCookie = new WeakMap<ServerResponse, () => void>();
  const middleware: RequestHandler = (request, response, next) => {
    // Listeners run in reverse: the session's, which comes later, is the first.
    onHeaders(response, () => afterCookie.get(response)?.());
    remembered(request, response, next);
  };

  async function userOf(request: IncomingMessage): Promise<Member | null> {
    const data = sessionOf(request);
    if (data?.userId === undefined) return null;
    const facts = { credentials: data.credentials ?? 0, begunAt: data.begunAt ?? null };
    return stillAllowed(await findUser(data.userId), facts, now());
  }

  const requireUser: RequestHandler = async (request, _response, next) => {
    const secret = options.tokens === undefined ? null : bearerOf(request);
    // Whoever brings a token is that program, whatever cookies come with it.
    const user =
      secret === null ? await userOf(request) : await options.tokens?.memberOf(secret, request.ip ?? '');
    if (user === null || user === undefined) throw notLoggedIn();
    signedIn(request, user);
    next();
  };

  async function begin(request: Request, user: KnownUser): Promise<void> {
    await completed((done) => request.session.regenerate(done));
    Object.assign(request.session, {
      userId: user.id,
      credentials: user.credentials,
      begunAt: now(),
      from: { address: request.ip ?? '', browser: (request.get('user-agent') ?? '').slice(0, 200) },
    });
    await completed((done) => request.session.save(done));
  }

  async function end(request: Request): Promise<void> {
    const { userId } = request.session;
    const sessionId = request.sessionID;
    await completed((done) => request.session.destroy(done));
    if (userId !== undefined) for (const told of ended) told({ userId, sessionId });
  }

  async function endedAmong(requests: readonly IncomingMessage[]): Promise<IncomingMessage[]> {
    const gone = await sessionStore.endedAmong([...new Set(requests.map(sessionIdOf))]);
    const over: IncomingMessage[] = [];
    for (const request of requests) {
      // Who cannot be asked for stays: the database is away, and nothing is known against them.
      const isOver =
        gone.has(sessionIdOf(request)) || (await userOf(request).catch(() => undefined)) === null;
      if (isOver) over.push(request);
    }
    return over;
  }

  async function destroy(userId: string, sessionId: string): Promise<void> {
    await completed((done) => sessionStore.destroy(sessionId, done));
    for (const told of ended) told({ userId, sessionId });
  }

  return {
    middleware,
    requireUser,
    userOf,
    begin,
    afterCookie: (response, run) => void afterCookie.set(response, run),
    end,
    endedAmong,
    ...ownSessions(documents, destroy, now),
    onEnded(told) {
      ended.add(told);
      return () => ended.delete(told);
    },
    cookieName,
    secure: https,
  };
}

type OwnSessions = Pick<Sessions, 'listOf' | 'endOf' | 'endOthers'>;

/** What a user sees of the own sessions and may do to them. */
function ownSessions(
  documents: SessionDocuments,
  destroy: (userId: string, sessionId: string) => Promise<void>,
  now: () => number,
): OwnSessions {
  async function listOf(request: Request, userId: string): Promise<OwnSession[]> {
    return (await documents.livingOf(userId))
      .flatMap((document) => ownSession(document, request, now()) ?? [])
      .sort((one, other) => (one.begunAt < other.begunAt ? 1 : -1));
  }

  async function endOf(userId: string, id: string): Promise<boolean> {
    const found = (await documents.livingOf(userId)).find(({ _id }) => shownId(_id) === id);
    if (found !== undefined) await destroy(userId, found._id);
    return found !== undefined;
  }

  async function endOthers(request: Request, userId: string): Promise<void> {
    for (const { _id } of await documents.livingOf(userId))
      if (_id !== request.sessionID) await destroy(userId, _id);
  }

  return { listOf, endOf, endOthers };
}

/** A session as its user sees it; null when it is over, or of another password than the one of the request. */
function ownSession(document: SessionDocument, request: Request, now: number): OwnSession | null {
  const { begunAt, credentials, from } = document.session;
  if (begunAt === undefined || credentials !== request.session.credentials) return null;
  if (now - begunAt > longestSessionMs) return null;
  return {
    id: shownId(document._id),
    begunAt: new Date(begunAt).toISOString(),
    seenAt: new Date(document.expires.getTime() - ttlMs).toISOString(),
    endsAt: new Date(Math.min(document.expires.getTime(), begunAt + longestSessionMs)).toISOString(),
    address: from?.address ?? '',
    browser: from?.browser ?? '',
    current: document._id === request.sessionID,
  };
}

/** Set by express-session; empty when the request did not go through it. */
export function sessionIdOf(request: IncomingMessage): string {
  return 'sessionID' in request && typeof request.sessionID === 'string' ? request.sessionID : '';
}

/** A name for a session that is worth nothing as its id. */
function shownId(sessionId: string): string {
  return createHash('sha256').update(`shown ${sessionId}`).digest('base64url').slice(0, 22);
}

function sessionOf(request: IncomingMessage): Partial<session.SessionData> | null {
  if (!('session' in request)) return null;
  const { session: data } = request;
  return typeof data === 'object' ? data : null;
}

function notLoggedIn(): Refusal {
  return new Refusal('not-logged-in', 'You are not logged in, or your session has ended. Log in again.');
}

function completed(start: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error ? reject(error) : resolve()));
  });
}
