import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { topicRequest } from '@ringdesk/shared/live';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { bearerOf, type Member, may } from '../auth/index.ts';
import { Refusal } from '../errors.ts';
import { createBucket } from '../limits/bucket.ts';
import type { Log } from '../log.ts';
import type { Subscriber, Topics } from './topics.ts';

export const feedPath = '/api/feed';
/** The protocol that a browser names beside its token, since it can set no head. */
const protocol = 'ringdesk';
/** Feeds of one token at once. */
const mostOfToken = 10;
const words = { burst: 100, perMs: 10 / 1000 };
/** What may wait for a slow line, bytes; above that it is behind, and gets a snapshot later. */
const mostWaiting = 1_000_000;
const beatMs = 20_000;
/** How often it is asked whether a token is still good, ms. */
const askAgainEveryMs = 2000;
/** Codes of our own for the end of a feed (RFC 6455, 7.4.2). */
const ended = { notGood: 4401, tooMuch: 4429 } as const;

export interface FeedOptions {
  httpServer: HttpServer;
  tokens: {
    memberOf(secret: string, address: string): Promise<Member>;
    isGood(id: string): Promise<boolean>;
  };
  topics: Topics;
  log: Log;
}

interface Link {
  socket: WebSocket;
  member: Member;
  /** Something was heard since the last beat. */
  alive: boolean;
}

/** The live topics over a plain WebSocket, for programs with a token: each message is one JSON of `shared/live.ts`. */
export function openFeed({ httpServer, tokens, topics, log }: FeedOptions): { close(): void } {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: 4096,
    handleProtocols: (protocols) => (protocols.has(protocol) ? protocol : false),
  });
  const links = new Set<Link>();
  const said = createBucket(words);

  async function upgrade(request: IncomingMessage, line: Duplex, head: Buffer): Promise<void> {
    if (pathOf(request) !== feedPath) return;
    // A line that breaks while it is asked whose it is, breaks nothing else.
    line.on('error', () => line.destroy());
    try {
      const member = await tokens.memberOf(secretOf(request), request.socket.remoteAddress ?? '');
      const open = [...links].filter(({ member: { id } }) => id === member.id).length;
      if (open >= mostOfToken) throw new Refusal('too-many-attempts', 'This token has too many feeds.');
      server.handleUpgrade(request, line, head, (socket) => welcome(socket, member));
    } catch (error) {
      if (!(error instanceof Refusal)) log.warn({ err: error }, 'A feed could not be opened');
      refuse(line, error instanceof Refusal ? error : new Refusal('internal', 'It could not be opened.'));
    }
  }

  function welcome(socket: WebSocket, member: Member): void {
    const link: Link = { socket, member, alive: true };
    links.add(link);
    const subscriber: Subscriber = {
      may: (permission) => may(member, permission),
      send(message) {
        if (socket.readyState !== socket.OPEN || socket.bufferedAmount > mostWaiting) return false;
        socket.send(JSON.stringify(message));
        return true;
      },
    };
    socket.on('pong', () => {
      link.alive = true;
    });
    socket.on('message', (data) => {
      link.alive = true;
      if (said.take(member.id) > 0) return socket.close(ended.tooMuch, 'too many messages');
      const request = topicRequest.safeParse(readJson(data));
      if (request.success) topics.handle(subscriber, request.data);
      else socket.send(JSON.stringify({ kind: 'refused', topic: '', why: 'unknown' }));
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      links.delete(link);
      topics.forget(subscriber);
    });
  }

  /** A token that was revoked, or is over, ends its feeds; while the database is away nothing is known against it. */
  async function askAgain(): Promise<void> {
    for (const id of new Set([...links].map(({ member }) => member.id))) {
      if (await tokens.isGood(id).catch(() => true)) continue;
      for (const { socket, member } of links)
        if (member.id === id) socket.close(ended.notGood, 'the token is not good any more');
    }
  }

  const beat = setInterval(() => {
    for (const link of links) {
      if (!link.alive) link.socket.terminate();
      link.alive = false;
      link.socket.ping();
    }
  }, beatMs);
  const asking = setInterval(() => void askAgain(), askAgainEveryMs);
  for (const timer of [beat, asking]) timer.unref();
  const onUpgrade = (...given: Parameters<typeof upgrade>) => void upgrade(...given);
  httpServer.on('upgrade', onUpgrade);

  return {
    close() {
      clearInterval(beat);
      clearInterval(asking);
      httpServer.off('upgrade', onUpgrade);
      for (const { socket } of links) socket.terminate();
    },
  };
}

/** @returns the empty string when there is none, which is nobody's */
function secretOf(request: IncomingMessage): string {
  const named = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
  return bearerOf(request) ?? named.find((one) => one.startsWith('rd_')) ?? '';
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?')[0] ?? '';
}

function refuse(line: Duplex, { status, message }: Refusal): void {
  line.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: ${message.length}\r\n\r\n${message}`,
  );
}

function readJson(data: RawData): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return null;
  }
}
