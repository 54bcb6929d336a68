import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import type { Member } from '../auth/index.ts';
import { createBucket } from '../limits/bucket.ts';
import type { Log } from '../log.ts';
import { createThinLog } from '../log-thinly.ts';
import { isOwnOrigin } from './origin.ts';

/** Live links of one user at once: every tab of every device. */
const mostOfUser = 25;
/** What a user's pages may open and say. A page says some words a minute; whoever says hundreds a second is no page of ours. */
const openings = { burst: 40, perMs: 2 / 1000 };
const words = { burst: 200, perMs: 50 / 1000 };
/** Bytes: what is no word (pings, pieces of messages) costs the server as much. */
const bytes = { burst: 128 * 1024, perMs: 16 };

/** Answers no pings: browsers send none, and a flood of them would be a flood of our answers. */
export class QuietWebSocketServer extends WebSocketServer {
  constructor(options: ConstructorParameters<typeof WebSocketServer>[0]) {
    super({ ...options, autoPong: false });
  }
}

export interface GuardOptions {
  userOf(request: IncomingMessage): Promise<Member | null> | Member | null;
  /** Whether a connection comes from a proxy of ours: its X-Forwarded-Host is believed. */
  isProxy(socket: Socket): boolean;
  log: Log;
  /** The monotonic clock, ms */
  elapsed?: () => number;
}

export interface Guard {
  /** Who a request for a live link is from; filled for those that `mayOpen` let through. */
  userOf(request: IncomingMessage): Member | null;
  /** Whether a live link may be opened. @returns null, or why not, for the log of who asks */
  mayOpen(request: IncomingMessage): Promise<string | null>;
  /** Counts the links and what comes over them. */
  watch(engine: Server['engine']): void;
}

/**
 * Stands before the live link: strangers are sent away before the upgrade, and whoever says more than a page says is cut off, before the words are
 * worked off. One socket's flood must not keep anybody else waiting.
 */
export function createGuard({ userOf, isProxy, log, elapsed }: GuardOptions): Guard {
  const clock = elapsed === undefined ? {} : { elapsed };
  const thinLog = createThinLog(log, clock);
  const opened = createBucket({ ...openings, ...clock });
  const said = createBucket({ ...words, ...clock });
  const sent = createBucket({ ...bytes, ...clock });
  const users = new WeakMap<IncomingMessage, Member>();
  const open = new Map<string, number>();

  function count(user: Member, by: 1 | -1): void {
    const now = (open.get(user.id) ?? 0) + by;
    if (now === 0) open.delete(user.id);
    else open.set(user.id, now);
  }

  return {
    userOf: (request) => users.get(request) ?? null,

    async mayOpen(request) {
      if (!isOwnOrigin(request, isProxy(request.socket))) {
        const message =
          'A page of another site wanted a live link and was refused. Behind a proxy, let it pass the Host header on.';
        thinLog.warn('origin', {}, message);
        return 'origin';
      }
      let user: Member | null;
      try {
        user = await userOf(request);
      } catch (error) {
        thinLog.warn('store', { err: error }, 'A live link was refused: the session could not be read');
        return 'store-unavailable';
      }
      if (user === null) return 'not-logged-in';
      if ((open.get(user.id) ?? 0) >= mostOfUser || opened.take(user.id) > 0) {
        thinLog.warn('many', { user: user.id }, 'A user has too many live links, or opens them too fast');
        return 'too-many-attempts';
      }
      users.set(request, user);
      return null;
    },

    watch(engine) {
      engine.on('connection', (link: EngineLink) => {
        const user = users.get(link.request);
        if (user === undefined) return;
        const { socket } = link.request;
        const cut = () => {
          // What waits in the line is not looked at any more, and nothing more is read.
          link.removeAllListeners('packet').removeAllListeners('data').removeAllListeners('message');
          socket.destroy();
          thinLog.warn('words', { user: user.id }, 'A live link says more than a page says, and was cut');
        };
        count(user, 1);
        link.on('close', () => {
          count(user, -1);
          // A page closes its end too, at once; whoever does not would be read for another half a minute.
          socket.destroySoon();
        });
        link.on('packet', () => {
          if (said.take(user.id) > 0) cut();
        });
        socket.on('data', (chunk: Buffer) => {
          if (sent.take(user.id, chunk.length) > 0) cut();
        });
      });
    },
  };
}

/** A link of Engine.IO, as far as it is used here. */
interface EngineLink {
  readonly request: IncomingMessage;
  on(event: 'packet' | 'close', listener: () => void): unknown;
  removeAllListeners(event: string): this;
}
