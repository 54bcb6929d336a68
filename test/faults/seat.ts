import type { Card, DeskView } from '@ringdesk/shared/desk';
import type { ServerToClient } from '@ringdesk/shared/live-socket';
import { io, type Socket } from 'socket.io-client';
import type { Session } from '../house/session.ts';

/** An agent's page: it sees the desk over a live link, and writes into the forms of calls that ended. */
export interface Seat {
  view(): DeskView | null;
  /** The calls whose card came up, with the time (ms since 1970). */
  readonly popped: ReadonlyMap<string, number>;
  /** Call → the note of the wrap-up that the server has accepted. */
  readonly written: ReadonlyMap<string, string>;
  /** Resolves when the desk looks like this. */
  sees<T>(what: string, look: (view: DeskView) => T | null | undefined | false, ms?: number): Promise<T>;
  leave(): void;
}

export interface SeatOptions {
  session: Session;
  /** Fills in each form at once. */
  wrapsUp: boolean;
}

export function takeSeat({ session, wrapsUp }: SeatOptions): Seat {
  const socket: Socket<ServerToClient> = io(session.url, {
    transports: ['websocket'],
    extraHeaders: { cookie: session.cookie },
  });
  const popped = new Map<string, number>();
  const written = new Map<string, string>();
  const begun = new Set<string>();
  const readers = new Set<() => void>();
  let view: DeskView | null = null;

  socket.on('desk', (next) => {
    view = next;
    for (const card of next.cards) {
      if (!popped.has(card.callId)) popped.set(card.callId, Date.now());
      if (wrapsUp && card.phase === 'wrap-up' && !begun.has(card.callId)) void fillIn(card);
    }
    for (const read of [...readers]) read();
  });

  async function fillIn({ callId }: Card): Promise<void> {
    begun.add(callId);
    const note = `what ${callId} was about`;
    const path = `/api/desk/cards/${encodeURIComponent(callId)}/wrap-up`;
    const said = { disposition: 'resolved', reason: 'other', note };
    // A server that is gone has accepted nothing.
    const answer = await session.send('POST', path, said).catch(() => null);
    if (answer?.status === 204) written.set(callId, note);
  }

  return {
    view: () => view,
    popped,
    written,
    sees(what, look, ms = 60_000) {
      return new Promise((resolve, reject) => {
        const finish = () => {
          clearTimeout(timer);
          readers.delete(read);
        };
        const timer = setTimeout(() => {
          finish();
          reject(new Error(`${what}: not seen within ${ms} ms; the desk is ${JSON.stringify(view)}`));
        }, ms);
        // Several may be asked at once, and the first answer counts: the others must not keep the process.
        timer.unref();
        const read = () => {
          const found = view === null ? null : look(view);
          if (found === null || found === undefined || found === false) return;
          finish();
          resolve(found);
        };
        readers.add(read);
        read();
      });
    },
    leave: () => void socket.disconnect(),
  };
}
