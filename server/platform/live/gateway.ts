import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Socket as NetSocket } from 'node:net';
import type { DeskView } from '@ringdesk/shared/desk';
import { type TopicMessage, topicRequest } from '@ringdesk/shared/live';
import type { ClientToServer, ServerToClient } from '@ringdesk/shared/live-socket';
import type { RequestHandler } from 'express';
import { Gauge, type Registry } from 'prom-client';
import { type DefaultEventsMap, Server, type Socket } from 'socket.io';
import { z } from 'zod';
import { type Member, may } from '../auth/roles.ts';
import type { Log } from '../log.ts';
import { createGuard, QuietWebSocketServer } from './guard.ts';
import { createPopLatency } from './pop-latency.ts';
import { createLane, createNewestOnly, type NewestOnly } from './slow-socket.ts';
import type { Subscriber, Topics } from './topics.ts';

export interface LiveOptions {
  httpServer: HttpServer;
  /** Reads the session's cookie, as for HTTP requests. */
  sessionMiddleware: RequestHandler;
  /** The user of a request that went through `sessionMiddleware`; null when nobody is logged in. */
  userOf(request: IncomingMessage): Promise<Member | null> | Member | null;
  /** Those of these requests whose session is over by now. Never fails. */
  endedAmong(requests: readonly IncomingMessage[]): Promise<readonly IncomingMessage[]>;
  /** The current view of an agent; null when there is no desk. */
  viewOf(agent: string): DeskView | null;
  /** The first device of an agent is connected, or the last one went. */
  onPresence?(agent: string, present: boolean): void;
  /** Whether a connection comes from a proxy of ours: its X-Forwarded-Host is believed. */
  isProxy?(socket: NetSocket): boolean;
  topics: Topics;
  log: Log;
  metrics: Registry;
  /** ms since the epoch. */
  now?: () => number;
}

/** The live link to the pages. */
export interface Live {
  /** Sends the view to all devices of this agent, and to nobody else. Never throws and never waits. */
  pushDesk(agent: string, view: DeskView): void;
  /** Tells the pages of a session, or all of a user, that they have to log in again, and closes their links. */
  bye(who: { sessionId: string } | { userId: string }): void;
  /** Closes all links; the pages come back by themselves. The HTTP server stays. */
  close(): void;
}

interface SocketData {
  user: Member;
  newest: NewestOnly<DeskView>;
  painted: Set<string>;
}
type LiveSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>;

const agentRoom = (agent: string) => `agent:${agent}`;
const userRoom = (userId: string) => `user:${userId}`;
const sessionRoom = (sessionId: string) => `session:${sessionId}`;

const painted = z.object({ callId: z.string().max(200), shownAfterMs: z.number().min(0).max(60_000) });
const paintedKept = 200;
/** Messages of topics that may wait for a slow link; above that it is behind, and gets a snapshot later. */
const mostWaiting = 32;
/** How often it is asked whether those who were let in may still be, ms. */
const askAgainEveryMs = 2000;

export function createLive(options: LiveOptions): Live {
  return new SocketLive(options);
}

class SocketLive implements Live {
  private readonly options: LiveOptions;
  private readonly viewOf: LiveOptions['viewOf'];
  private readonly latency: ReturnType<typeof createPopLatency>;
  private readonly io: Server<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>;
  private readonly askingAgain: NodeJS.Timeout;

  constructor(options: LiveOptions) {
    const { httpServer, sessionMiddleware, userOf, isProxy = () => false, log, metrics } = options;
    this.options = options;
    this.viewOf = options.viewOf;
    this.latency = createPopLatency(metrics, options.now ?? Date.now);
    const guard = createGuard({ userOf, isProxy, log });
    this.io = new Server<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>(httpServer, {
      transports: ['websocket'],
      serveClient: false,
      // Pages say little; whoever says much is no page of ours.
      maxHttpBufferSize: 16_384,
      // A dead line is known after 18 s at most, on both sides.
      pingInterval: 10_000,
      pingTimeout: 8000,
      connectTimeout: 10_000,
      wsEngine: QuietWebSocketServer,
      allowRequest: (request, decide) => {
        void guard.mayOpen(request).then((why) => decide(why, why === null));
      },
    });
    guard.watch(this.io.engine);
    this.io.engine.use(sessionMiddleware);
    const { engine } = this.io;
    new Gauge({
      name: 'ringdesk_live_sockets',
      help: 'Open live links of pages',
      registers: [metrics],
      collect() {
        this.set(engine.clientsCount);
      },
    });
    this.io.use((socket, next) => {
      const user = guard.userOf(socket.request);
      if (user === null) return next(new Error('not-logged-in'));
      socket.data.user = user;
      next();
    });
    this.io.on('connection', (socket) => this.welcome(socket));
    let isAsking = false;
    this.askingAgain = setInterval(() => {
      // A database that answers slowly is not asked twice.
      if (isAsking) return;
      isAsking = true;
      void this.askAgain([...this.io.sockets.sockets.values()]).finally(() => {
        isAsking = false;
      });
    }, askAgainEveryMs);
    this.askingAgain.unref();
  }

  pushDesk(agent: string, view: DeskView): void {
    const room = agentRoom(agent);
    const ids = this.io.sockets.adapter.rooms.get(room);
    if (ids !== undefined) {
      const slow = [...ids].filter(
        (id) => this.io.sockets.sockets.get(id)?.data.newest.offer(view) === false,
      );
      // To the whole room at once: the view is encoded once for all devices.
      if (slow.length < ids.size) this.io.to(room).except(slow).emit('desk', view);
    }
    this.latency.pushed(agent, view);
  }

  bye(who: { sessionId: string } | { userId: string }): void {
    const room = 'sessionId' in who ? sessionRoom(who.sessionId) : userRoom(who.userId);
    this.io.to(room).emit('bye');
    this.io.in(room).disconnectSockets(true);
  }

  close(): void {
    clearInterval(this.askingAgain);
    this.io.engine.close();
  }

  /** Who was let in once is asked again and again: a session ends here or elsewhere, a user is shut out or gets another role. */
  private async askAgain(sockets: readonly LiveSocket[]): Promise<void> {
    const ended = new Set(await this.options.endedAmong(sockets.map((socket) => socket.request)));
    for (const socket of sockets) {
      if (!ended.has(socket.request)) continue;
      socket.emit('bye');
      socket.disconnect(true);
    }
  }

  private welcome(socket: LiveSocket): void {
    const { user } = socket.data;
    const send = (view: DeskView) => void socket.emit('desk', view);
    const newest = createNewestOnly<DeskView>(socket.conn.transport, send);
    socket.data.newest = newest;
    socket.data.painted = new Set();
    const rooms = [userRoom(user.id)];
    const sessionId = sessionIdOf(socket.request);
    if (sessionId !== null) rooms.push(sessionRoom(sessionId));
    if (user.agent !== null) rooms.push(agentRoom(user.agent));
    void socket.join(rooms);
    takeSubscriptions(socket, this.options.topics);
    const { agent } = user;
    if (agent === null) return;

    const sendWhole = () => {
      const view = this.viewOf(agent);
      if (view !== null && newest.offer(view)) send(view);
    };
    socket.on('resync', () => void this.askAgain([socket]).then(() => socket.connected && sendWhole()));
    socket.on('painted', (card) => this.onPainted(socket, agent, card));
    const room = agentRoom(agent);
    const devices = () => this.io.sockets.adapter.rooms.get(room)?.size ?? 0;
    if (devices() === 1) this.options.onPresence?.(agent, true);
    // By then the socket has left its rooms.
    socket.on('disconnect', () => {
      if (devices() === 0) this.options.onPresence?.(agent, false);
    });
    sendWhole();
  }

  private onPainted(socket: LiveSocket, agent: string, card: unknown): void {
    const parsed = painted.safeParse(card);
    const { painted: seen } = socket.data;
    if (!parsed.success || seen.has(parsed.data.callId)) return;
    if (seen.size >= paintedKept) seen.clear();
    seen.add(parsed.data.callId);
    this.latency.painted(this.viewOf(agent), parsed.data.callId, parsed.data.shownAfterMs);
  }
}

/** A page's subscriptions go with its link. */
function takeSubscriptions(socket: LiveSocket, topics: Topics): void {
  const send = (message: TopicMessage) => void socket.emit('topic', message);
  const lane = createLane(socket.conn.transport, send, mostWaiting);
  const subscriber: Subscriber = {
    may: (permission) => may(socket.data.user, permission),
    send: (message) => lane.offer(message),
  };
  socket.on('topic', (said) => {
    const request = topicRequest.safeParse(said);
    if (request.success) topics.handle(subscriber, request.data);
  });
  socket.on('disconnect', () => topics.forget(subscriber));
}

/** Set by express-session. */
function sessionIdOf(request: IncomingMessage): string | null {
  return 'sessionID' in request && typeof request.sessionID === 'string' ? request.sessionID : null;
}
