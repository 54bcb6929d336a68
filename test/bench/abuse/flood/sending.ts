import { type ClientRequest, request } from 'node:http';
import type { Socket } from 'node:net';
import { openLink } from '../../../house/raw-link.ts';
import type { Tally } from '../floods.ts';

/** All floods come from another address than those who work. */
const from = '127.0.0.2';

/** What every flood has. */
export interface Flooder {
  url: URL;
  cookie: string;
  count(what: string, by?: number): void;
  /** Whether it is still wanted. */
  goesOn(): boolean;
  /** Runs when it ends. @returns takes that back */
  atEnd(run: () => void): () => void;
}

/** Sends a request and counts its answer. @returns the status; 0 when the connection broke */
export function answered(
  flooder: Flooder,
  what: { method: string; path: string; body?: string | Buffer; cookie?: string },
): Promise<number> {
  return new Promise((resolve) => {
    const sent = asked(flooder, what);
    const forget = flooder.atEnd(() => sent.destroy());
    const done = (status: number) => {
      forget();
      flooder.count(status === 0 ? 'cut' : `answered ${status}`);
      resolve(status);
    };
    sent.once('response', (response) => {
      response.resume().once('close', () => done(response.statusCode ?? 0));
    });
    sent.once('error', () => done(0));
    sent.end(what.body);
    flooder.count('requests');
  });
}

function asked(
  { url }: Flooder,
  { method, path, body, cookie = '' }: Parameters<typeof answered>[1],
): ClientRequest {
  return request({
    host: url.hostname,
    port: url.port,
    localAddress: from,
    agent: false,
    timeout: 30_000,
    method,
    path,
    headers: {
      cookie,
      ...(body === undefined
        ? {}
        : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
    },
  });
}

/** Opens a live link. @returns its socket; null when it is refused */
export async function opened({ url, cookie, count }: Flooder): Promise<Socket | null> {
  const socket = await openLink({ url, cookie, from });
  count(socket === null ? 'links refused' : 'links opened');
  return socket;
}

export function createTally(): { tally: Tally; count: Flooder['count'] } {
  const tally: Tally = {};
  return {
    tally,
    count(what, by = 1) {
      tally[what] = (tally[what] ?? 0) + by;
    },
  };
}
