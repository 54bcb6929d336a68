import net from 'node:net';
import tls from 'node:tls';
import type { AmiOptions } from './options.ts';

/** A TCP or TLS socket that is still connecting. `connect` says that TCP stands, `secureConnect` that TLS does. */
export function openSocket(options: Pick<AmiOptions, 'host' | 'port' | 'tls'>): net.Socket {
  const { host, port } = options;
  const socket = options.tls === undefined ? net.connect({ host, port }) : openTls(host, port, options.tls);
  // A pop must not wait for Nagle; keep-alive finds a dead peer even while no ping is due.
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 15_000);
  return socket;
}

function openTls(host: string, port: number, options: NonNullable<AmiOptions['tls']>): tls.TLSSocket {
  const servername = options.servername ?? (net.isIP(host) === 0 ? host : undefined);
  return tls.connect({
    host,
    port,
    rejectUnauthorized: options.rejectUnauthorized ?? true,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    ...(servername === undefined ? {} : { servername }),
  });
}

/** What an operator can do something with: the system's code, else the words. */
export function causeOf(error: Error): string {
  const known: Record<string, string> = {
    ECONNREFUSED: 'connection refused',
    EHOSTUNREACH: 'no route to the host',
    ENETUNREACH: 'no route to the network',
    ENOTFOUND: 'unknown host name',
    EAI_AGAIN: 'the name service does not answer',
    ETIMEDOUT: 'timed out',
    ECONNRESET: 'connection reset',
    EPIPE: 'connection reset',
  };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return known[code] ?? (error.message || code || 'unknown error');
}
