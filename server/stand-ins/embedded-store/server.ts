import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Log } from '../../platform/log.ts';
import type { Services } from './commands/command.ts';
import { answer } from './commands/dispatch.ts';
import { createMessageSplitter, parseMessage, replyTo } from './wire.ts';

/** Where it is asked: at a socket in a folder of the owner's, or, for tests and tools, at a port of 127.0.0.1 (0: any free one). */
export type StoreAddress = { readonly path: string } | { readonly port: number };

const database = 'ringdesk';
/** How long an answer may wait for who asked for it, ms. */
const unreadMs = 30_000;
/** Requests of one connection that wait; beyond it no more is read. A driver sends one and waits for its answer. */
const mostWaiting = 20;
/** Bytes of all answers that nobody has read yet; whoever asks for more then is cut. */
const mostUnread = 256 * 1024 * 1024;

export type StoreServer = {
  /** Connection string. */
  readonly url: string;
  /** Takes no more connections, ends those that are open, and resolves when all are gone. */
  readonly close: () => Promise<void>;
};

/** Listens for this user alone, unless a port is wanted. Requests of one connection are answered one after the other. */
export async function listen(options: {
  readonly at: StoreAddress;
  readonly services: Omit<Services, 'connections'>;
  readonly log: Log;
}): Promise<StoreServer> {
  const { log, at } = options;
  const sockets = new Set<Socket>();
  const services: Services = { ...options.services, connections: () => sockets.size };
  let connections = 0;
  let replies = 0;

  function serve(socket: Socket): void {
    connections += 1;
    const connectionId = connections;
    sockets.add(socket);
    socket.setNoDelay(true);
    const splitter = createMessageSplitter();
    let last = Promise.resolve();
    let waiting = 0;

    const handle = async (message: Buffer): Promise<void> => {
      if (socket.destroyed) return;
      const request = parseMessage(message);
      const document = await answer(request, connectionId, services, log);
      replies = (replies + 1) & 0x7fffffff;
      if (!request.wantsReply || socket.destroyed) return;
      const reply = replyTo(request, replies, document);
      if (unread(sockets) + reply.length > mostUnread)
        throw new Error('answers of other requests wait to be read, and this one has no room');
      if (!socket.write(reply)) await drained(socket);
    };
    const next = async (message: Buffer): Promise<void> => {
      try {
        await handle(message);
      } catch (error) {
        abandon(error);
      }
      waiting -= 1;
      if (waiting < mostWaiting) socket.resume();
    };
    const abandon = (error: unknown): void => {
      log.warn(
        { connectionId, reason: String(error) },
        'A connection to the store broke the protocol and was closed',
      );
      socket.destroy();
    };

    socket.on('data', (chunk) => {
      try {
        for (const message of splitter.push(chunk)) {
          waiting += 1;
          last = last.then(() => next(message));
        }
        if (waiting >= mostWaiting) socket.pause();
      } catch (error) {
        abandon(error);
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  }

  const server: Server = createServer(serve);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if ('port' in at) server.listen({ host: '127.0.0.1', port: at.port }, resolve);
    else {
      // Of a process that was killed: the directory is ours alone by now.
      rmSync(at.path, { force: true });
      server.listen({ path: at.path }, resolve);
    }
  });
  if ('path' in at) chmodSync(at.path, 0o600);
  const address = server.address();
  const host =
    typeof address === 'object' && address !== null
      ? `127.0.0.1:${address.port}`
      : encodeURIComponent(address ?? '');
  return {
    url: `mongodb://${host}/${database}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const unread = (sockets: ReadonlySet<Socket>): number =>
  [...sockets].reduce((sum, socket) => sum + socket.writableLength, 0);

/** Resolves when what was written is read, or the connection is gone. @throws when nobody reads it for too long */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      socket.off('drain', end).off('close', end);
      resolve();
    };
    const timer = setTimeout(() => {
      socket.off('drain', end).off('close', end);
      reject(new Error(`an answer was not read for ${unreadMs / 1000} s`));
    }, unreadMs);
    socket.once('drain', end).once('close', end);
  });
}
