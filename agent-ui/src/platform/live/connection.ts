import type { ClientToServer, ServerToClient } from '@ringdesk/shared/desk';
import { io, type Socket } from 'socket.io-client';
import { afterPaint } from '../../ui/afterPaint.ts';
import type { DeskStore } from './deskStore.ts';
import { ringFirst } from './ringFirst.ts';

export interface Connection {
  /** Tells that a card is on screen: the time from the push to the paint feeds the latency metric. */
  painted(card: { callId: string; shownAfterMs: number }): void;
  close(): void;
}

interface Dependencies {
  store: DeskStore;
  /** The link stands (again): what waited can be sent. */
  onUp(): void;
  /** The server does not know this session (any more). */
  onSessionEnd(): void;
}

const refusedRetryMs = 5_000;

/** Opens the live link of this page and keeps it open until `close`. One websocket; the session's cookie says whose it is. */
export function openConnection({ store, onUp, onSessionEnd }: Dependencies): Connection {
  const socket: Socket<ServerToClient, ClientToServer> = io({
    transports: ['websocket'],
    reconnectionDelay: 300,
    reconnectionDelayMax: 5_000,
    timeout: 8_000,
  });
  let refusedRetry: ReturnType<typeof setTimeout> | null = null;

  socket.on('connect', () => {
    store.setLink('up');
    onUp();
  });
  // Two frames: the card's head, and the rest of what is known of the call.
  const painted = (then: () => void) => void afterPaint(then, 2);
  socket.on('desk', ringFirst({ take: store.take, settle: store.settle, painted }));
  socket.on('bye', onSessionEnd);
  socket.on('disconnect', (reason) => {
    store.setLink('lost');
    // After this reason the library does not come back by itself.
    if (reason === 'io server disconnect') retryRefused();
  });
  socket.on('connect_error', () => {
    store.setLink('lost');
    // Not active: the server answered and said no. A page whose session ended goes to the login, any other tries on.
    if (!socket.active) retryRefused();
    // Refused before the link was open: a browser does not tell why, so it is asked who is logged in.
    else onSessionEnd();
  });

  function retryRefused() {
    onSessionEnd();
    if (refusedRetry) clearTimeout(refusedRetry);
    refusedRetry = setTimeout(() => socket.connect(), refusedRetryMs);
  }

  /** A laptop that woke up, or a network that came back: no need to wait for the next attempt. */
  function wake() {
    if (document.visibilityState === 'hidden') return;
    if (socket.connected) socket.emit('resync');
    else socket.connect();
  }
  /** The system knows at once that the cable is out; the socket would notice only at its next ping. */
  const offline = () => store.setLink('lost');
  const online = () => {
    if (socket.connected) store.setLink('up');
    wake();
  };
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  document.addEventListener('visibilitychange', wake);

  return {
    painted: (card) => void socket.emit('painted', card),
    close() {
      if (refusedRetry) clearTimeout(refusedRetry);
      window.removeEventListener('online', online);
      window.removeEventListener('offline', offline);
      document.removeEventListener('visibilitychange', wake);
      socket.disconnect();
    },
  };
}
