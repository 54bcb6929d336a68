import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { DeskView } from '@ringdesk/shared/desk';
import type { ClientToServer, ServerToClient } from '@ringdesk/shared/live-socket';
import type { User } from '@ringdesk/shared/user';
import type { RequestHandler } from 'express';
import { Registry } from 'prom-client';
import { io, type Socket } from 'socket.io-client';
import WebSocket from 'ws';
import { createLog } from '../../log.ts';
import { createLive, type Live, Topics } from '../index.ts';

export type Page = Socket<ServerToClient, ClientToServer>;

/** The server's clock. */
export const now = Date.UTC(2026, 0, 12, 9, 0, 0);

function user(id: string, agent: string | null): User {
  return { id, login: id, name: id, role: 'agent', agent, device: null, locale: null };
}
const users = new Map([
  ['a', user('anna', '1001')],
  ['b', user('boris', '1002')],
  ['s', user('chief', null)],
]);

export function aView(agent: string, version: number, ringing: string[] = []): DeskView {
  return {
    epoch: 'e1',
    version,
    now,
    agent: {
      id: agent,
      name: agent,
      devices: [`PJSIP/${agent}`],
      state: 'available',
      reason: null,
      since: '2026-01-12T08:00:00.000Z',
    },
    queues: [],
    phone: 'idle',
    pbx: { state: 'up', since: '2026-01-12T08:00:00.000Z', message: null },
    cards: ringing.map((callId) => ({
      callId,
      leg: 0,
      phase: 'ringing',
      direction: 'inbound',
      queue: 'sales',
      did: null,
      number: '+74955550101',
      numberRaw: null,
      presentation: 'allowed',
      callerName: null,
      enteredQueueAt: null,
      offeredAt: new Date(now - 20).toISOString(),
      answeredAt: null,
      endedAt: null,
      outcome: null,
      consultation: false,
      match: { kind: 'none' },
      timeline: [],
      repeat: null,
      transferredFrom: null,
      wrapUp: { disposition: null, reason: null, note: '', revision: 0 },
      wrapUpEndsAt: null,
      can: { hangUp: true, transfer: false },
      consulting: null,
    })),
  };
}

let server: Server;
export let live: Live;
export let metrics: Registry;
/** Where it listens. */
export let origin = '';
export let views: Map<string, DeskView>;
let pages: Page[] = [];

/** The cookie `sid=a1` is the session `a1` of the user `a`. */
const sessionMiddleware: RequestHandler = (req, _res, next) => {
  const sessionID = /sid=(\w+)/.exec(req.headers.cookie ?? '')?.[1];
  Object.assign(req, { sessionID });
  next();
};
async function userOf(request: IncomingMessage): Promise<User | null> {
  const sessionId = 'sessionID' in request ? String(request.sessionID) : '';
  if (sessionId.startsWith('x')) throw new Error('the database is away');
  return users.get(sessionId.charAt(0)) ?? null;
}

export let topics: Topics;
let sockets: WebSocket[] = [];

/** Sessions that ended after their pages were let in. */
export const over = new Set<string>();

async function endedAmong(requests: readonly IncomingMessage[]): Promise<IncomingMessage[]> {
  return requests.filter((request) => 'sessionID' in request && over.has(String(request.sessionID)));
}

/** A live link before each test, on a port of its own; what a test opened is closed after it. */
export function useLiveServer(): void {
  beforeEach(async () => {
    over.clear();
    server = createServer();
    metrics = new Registry();
    views = new Map([
      ['1001', aView('1001', 7)],
      ['1002', aView('1002', 3)],
    ]);
    topics = new Topics({ log: createLog({ level: 'silent', showPersonal: false }) });
    live = createLive({
      httpServer: server,
      sessionMiddleware,
      userOf,
      endedAmong,
      viewOf: (agent) => views.get(agent) ?? null,
      topics,
      log: createLog({ level: 'silent', showPersonal: false }),
      metrics,
      now: () => now,
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    origin = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
  });

  afterEach(async () => {
    for (const socket of sockets) socket.terminate();
    sockets = [];
    for (const page of pages) page.disconnect();
    pages = [];
    live.close();
    topics.close();
    await new Promise((resolve) => server.close(resolve));
  });
}

export function aPage(
  session: string,
  headers: Record<string, string> = {},
): { page: Page; views: DeskView[] } {
  const page: Page = io(origin, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { cookie: `sid=${session}`, ...headers },
  });
  pages.push(page);
  const received: DeskView[] = [];
  page.on('desk', (view) => received.push(view));
  return { page, views: received };
}

/** A page that has its first view. */
export async function shown(session: string) {
  const opened = aPage(session);
  await new Promise((resolve) => opened.page.once('desk', resolve));
  return opened;
}

export function next(page: Page): Promise<DeskView> {
  return new Promise((resolve) => page.once('desk', resolve));
}

/** Whatever was sent to the page before is there when this has come back. */
export async function echo(page: Page): Promise<void> {
  const view = next(page);
  page.emit('resync');
  await view;
}

/** An upgrade asked for by hand: the status that it is answered with, and the line if it was opened. */
export async function upgrade(session: string): Promise<{ status: string; line: WebSocket | null }> {
  const line = new WebSocket(`${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers: { cookie: `sid=${session}` },
  });
  sockets.push(line);
  return new Promise((resolve) => {
    line.once('open', () => resolve({ status: '101', line }));
    line.once('error', (error) => resolve({ status: /\d{3}/.exec(error.message)?.[0] ?? '', line: null }));
  });
}
