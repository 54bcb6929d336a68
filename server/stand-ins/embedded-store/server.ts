import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Log } from '../../platform/log.ts';
import type { Services } from './commands/command.ts';
import { answer } from './commands/dispatch.ts';
import { createMessageSplitter, parseMessage, replyTo } from './wire.ts';

/** Where it is asked: at a socket in a folder of the owner's, or, for tests and tools, at a port of 127.0.0.1 (0: any free one). */
export type StoreAddress = { readonly path: string } | { readonly port: number };

const database = 'ringdesk';

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

    const handle = async (message: Buffer): Promise<void> => {
      const request = parseMessage(message);
      const document = await answer(request, connectionId, services, log);
      replies = (replies + 1) & 0x7fffffff;
      if (request.wantsReply && !socket.destroyed) socket.write(replyTo(request, replies, document));
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
          last = last.then(() => handle(message)).catch(abandon);
        }
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
