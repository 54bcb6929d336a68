import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PbxEvent } from '../engine/events.ts';
import type { Pbx } from '../engine/state.ts';
import { type Account, openSession, type Session } from './session.ts';

export interface AmiServer {
  readonly port: number;
  /** Sends an event to every session that wants it; it is encoded once. */
  publish(event: PbxEvent): void;
  readonly sessions: ReadonlySet<Session>;
  /** Events written to all sessions so far, also to those that are closed. */
  written(): number;
  /** Ends every session without a word and takes no connection for so many milliseconds, as a restarting Asterisk does. */
  restart(downMs: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * The AMI server on 127.0.0.1. @param port 0 takes any free one
 * @throws the error of listen, e.g. EADDRINUSE
 */
export async function startAmiServer(options: {
  pbx: Pbx;
  port: number;
  accounts: readonly Account[];
  /** Somebody sent `core restart now`. */
  onRestart?: () => void;
}): Promise<AmiServer> {
  const sessions = new Set<Session>();
  let writtenToClosed = 0;
  function closed(session: Session): void {
    writtenToClosed += session.written;
    sessions.delete(session);
  }
  const server = createServer((socket) => {
    const { pbx, accounts, onRestart: restart = () => undefined } = options;
    sessions.add(openSession({ pbx, socket, accounts, closed, restart }));
  });
  async function listen(wanted: number): Promise<void> {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
  }
  function close(): Promise<void> {
    return new Promise((resolve) => {
      server.close(() => resolve());
      for (const session of sessions) session.end();
    });
  }
  await listen(options.port);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  let closing = false;
  return {
    port,
    sessions,
    written: () => [...sessions].reduce((sum, session) => sum + session.written, writtenToClosed),
    publish(event) {
      let bytes: Buffer | null = null;
      for (const session of sessions) {
        if (!session.wants(event)) continue;
        bytes ??= Buffer.from(event.text);
        session.deliver(bytes);
      }
    },
    async restart(downMs) {
      await close();
      await sleep(downMs);
      if (!closing) await listen(port);
    },
    async close() {
      closing = true;
      await close();
    },
  };
}
