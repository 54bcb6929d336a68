import type { IncomingMessage } from 'node:http';
import type { Permission } from '@ringdesk/shared/permission';
import type { User } from '@ringdesk/shared/user';
import { MongoStore } from 'connect-mongo';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import type { MongoClient } from 'mongodb';
import { Refusal } from '../errors.ts';
import type { Store } from '../store/index.ts';
import { type KnownUser, stillAllowed } from './model.ts';
import { may } from './roles.ts';
import { RememberingSessionStore } from './session-store.ts';

declare module 'express-session' {
  interface SessionData {
    userId?: string;
    /** Of the password that the user logged in with. */
    credentials?: number;
  }
}

const ttlMs = 12 * 3_600_000;
const collectionName = 'sessions';
const cookieName = 'ringdesk';

/** Who a request is from; filled by `requireUser`. */
const users = new WeakMap<IncomingMessage, User>();

/** Says who a request is from; `requireUser` does. */
export function signedIn(request: IncomingMessage, user: User): void {
  users.set(request, user);
}

/** The user of a request. @throws Refusal `not-logged-in` */
export function currentUser(request: IncomingMessage): User {
  const user = users.get(request);
  if (user === undefined) throw notLoggedIn();
  return user;
}

/** Lets only those through who hold the permission. To be used after `requireUser`. */
export function requirePermission(permission: Permission): RequestHandler {
  return (request, _response, next) => {
    if (may(currentUser(request).role, permission)) return next();
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
  userOf(request: IncomingMessage): Promise<User | null>;
  /** Begins a session under a new id, so that an id known from before is worth nothing. */
  begin(request: Request, user: KnownUser): Promise<void>;
  /** Ends the session of the request. */
  end(request: Request): Promise<void>;
  /** Told when a user logs out, with the session's id. Returns the function that ends it. */
  onEnded(told: (ended: { userId: string; sessionId: string }) => void): () => void;
  readonly cookieName: string;
}

export interface SessionOptions {
  store: Store;
  secret: string;
  findUser(id: string): Promise<KnownUser | null>;
  /** ms since the epoch */
  now(): number;
}

export function createSessions({ store, secret, findUser, now }: SessionOptions): Sessions {
  store.index(collectionName, [{ key: { expires: 1 }, name: 'expires', expireAfterSeconds: 0 }]);
  const ended = new Set<(ended: { userId: string; sessionId: string }) => void>();

  let inner: { client: MongoClient; sessions: session.Store } | null = null;
  const sessionStore = new RememberingSessionStore({
    now,
    ttlMs,
    inner() {
      if (store.state() !== 'up') return null;
      const client = store.connection.getClient();
      if (inner?.client !== client) {
        const sessions = MongoStore.create({
          client,
          dbName: store.connection.name,
          collectionName,
          ttl: ttlMs / 1000,
          // The index that removes old sessions is declared above: made here it would fail for ever after a first failure.
          autoRemove: 'disabled',
        });
        inner = { client, sessions };
      }
      return inner.sessions;
    },
  });
  store.onState((state) => {
    if (state === 'up') void sessionStore.flush();
  });

  const middleware = session({
    name: cookieName,
    secret,
    store: sessionStore,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: ttlMs, path: '/' },
  });

  async function userOf(request: IncomingMessage): Promise<User | null> {
    const data = sessionOf(request);
    if (data?.userId === undefined) return null;
    return stillAllowed(await findUser(data.userId), data.credentials ?? 0);
  }

  const requireUser: RequestHandler = async (request, _response, next) => {
    const user = await userOf(request);
    if (user === null) throw notLoggedIn();
    signedIn(request, user);
    next();
  };

  async function begin(request: Request, user: KnownUser): Promise<void> {
    await settled((done) => request.session.regenerate(done));
    request.session.userId = user.id;
    request.session.credentials = user.credentials;
    await settled((done) => request.session.save(done));
  }

  async function end(request: Request): Promise<void> {
    const { userId } = request.session;
    const sessionId = request.sessionID;
    await settled((done) => request.session.destroy(done));
    if (userId !== undefined) for (const told of ended) told({ userId, sessionId });
  }

  return {
    middleware,
    requireUser,
    userOf,
    begin,
    end,
    onEnded(told) {
      ended.add(told);
      return () => ended.delete(told);
    },
    cookieName,
  };
}

function sessionOf(request: IncomingMessage): Partial<session.SessionData> | null {
  if (!('session' in request)) return null;
  const { session: data } = request;
  return typeof data === 'object' ? data : null;
}

function notLoggedIn(): Refusal {
  return new Refusal('not-logged-in', 'You are not logged in, or your session has ended. Log in again.');
}

function settled(start: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error ? reject(error) : resolve()));
  });
}
