import { createServer, type Server, type Socket } from 'node:net';
import type { Log } from '../../platform/log.ts';
import type { Services } from './commands/command.ts';
import { answer } from './commands/dispatch.ts';
import { createMessageSplitter, parseMessage, replyTo } from './wire.ts';

export type StoreServer = {
  readonly port: number;
  /** Takes no more connections, ends those that are open, and resolves when all are gone. */
  readonly close: () => Promise<void>;
};

/** Listens on 127.0.0.1. Requests of one connection are answered one after the other. */
export async function listen(options: {
  readonly port: number;
  readonly services: Omit<Services, 'connections'>;
  readonly log: Log;
}): Promise<StoreServer> {
  const { log } = options;
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
    server.listen({ host: '127.0.0.1', port: options.port }, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
