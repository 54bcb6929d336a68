import { readFileSync } from 'node:fs';
import type { Server, ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from '../limits/network.ts';
import { fromProxy } from './proxies.ts';

/** Whoever sends slowly is cut off: a page's requests are there in a moment. A contact file over a weak line may take its time. */
export const timeLimits: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 2000,
  maxHeaderSize: 16_384,
};

/** Kept for the journal, the outbox, the database and the PBX: strangers at the port must not use up the files of the server. */
const keptFiles = 150;
const mostConnections = 10_000;
/** A whole call centre behind one address: 300 agents with six connections each. */
const mostOfNetwork = 2000;

/** How many connections may be open when the process may open so many files. */
export function connectionsFor(files: number): number {
  return Math.max(20, Math.min(mostConnections, files - keptFiles, Math.max(20, Math.floor(files / 2))));
}

/** https://man7.org/linux/man-pages/man5/proc_pid_limits.5.html; elsewhere what a system has at least. */
export function openFilesLimit(): number {
  try {
    const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return limit === undefined ? 1024 : Number(limit);
  } catch {
    return 1024;
  }
}

/** Closes the connections of one network beyond its share, so that there are some left for everybody else. A proxy stands for all. */
export function limitPerNetwork(server: Server, proxies: readonly string[], most = mostOfNetwork): void {
  const open = new Map<string, number>();
  const isProxy = fromProxy(proxies);
  server.on('connection', (socket: Socket) => {
    const network = networkOf(socket.remoteAddress ?? '');
    const count = (open.get(network) ?? 0) + 1;
    if (count > most && !isProxy(socket)) {
      socket.destroy();
      return;
    }
    open.set(network, count);
    socket.once('close', () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left === 0) open.delete(network);
      else open.set(network, left);
    });
  });
}
