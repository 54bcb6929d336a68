import type { ClientToServer, ServerToClient } from '@ringdesk/shared/live-socket';
import { io, type Socket } from 'socket.io-client';
import { createServerClock, type ServerClock } from './clock.ts';
import { TopicClient } from './topicClient.ts';

export type Link = 'connecting' | 'up' | 'lost';

export interface LinkState {
  link: Link;
  /** Local ms when the link was lost; null while it stands. */
  lostAt: number | null;
}

/** The live link of a page: one websocket for the desk and all topics; the session's cookie says whose it is. */
export interface Connection {
  socket: Socket<ServerToClient, ClientToServer>;
  /** The server's clock, as far as pushes told it. */
  clock: ServerClock;
  /** What everybody who may can listen to. */
  topics: TopicClient;
  state(): LinkState;
  subscribe(listener: () => void): () => void;
  /** Called when the link stands (again), and at once if it stands: what waited can be sent, what was missed can be asked for. */
  onUp(listener: () => void): () => void;
  close(): void;
}

const refusedRetryMs = 5_000;

/** Opens the live link and keeps it open until `close`. @param onSessionEnd the server does not know this session (any more) */
export function openConnection(onSessionEnd: () => void): Connection {
  const socket: Connection['socket'] = io({
    transports: ['websocket'],
    reconnectionDelay: 300,
    reconnectionDelayMax: 5_000,
    timeout: 8_000,
  });
  const link = createLink();
  // What is said while the link is down would be kept, and said a second time when it stands again.
  const topics = new TopicClient((request) => {
    if (socket.connected) socket.emit('topic', request);
  });
  const upListeners = new Set<() => void>();
  let refusedRetry: ReturnType<typeof setTimeout> | null = null;

  socket.on('connect', () => {
    link.set('up');
    topics.up();
    for (const listener of upListeners) listener();
  });
  socket.on('topic', (message) => topics.receive(message));
  socket.on('bye', onSessionEnd);
  socket.on('disconnect', (reason) => {
    link.set('lost');
    // After this reason the library does not come back by itself.
    if (reason === 'io server disconnect') retryRefused();
  });
  socket.on('connect_error', () => {
    link.set('lost');
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
  const stopWatching = watchMachine({
    /** A laptop that woke up, or a network that came back: no need to wait for the next attempt. */
    awake: () => (socket.connected ? socket.emit('resync') : socket.connect()),
    /** The system knows at once that the cable is out; the socket would notice only at its next ping. */
    offline: () => link.set('lost'),
    online: () => socket.connected && link.set('up'),
  });

  return {
    socket,
    clock: createServerClock(),
    topics,
    state: link.get,
    subscribe: link.subscribe,
    onUp(listener) {
      upListeners.add(listener);
      if (socket.connected) listener();
      return () => upListeners.delete(listener);
    },
    close() {
      if (refusedRetry) clearTimeout(refusedRetry);
      stopWatching();
      socket.disconnect();
    },
  };
}

function createLink() {
  let state: LinkState = { link: 'connecting', lostAt: null };
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(link: Link) {
      if (link === state.link) return;
      state = { link, lostAt: link === 'lost' ? Date.now() : null };
      for (const listener of listeners) listener();
    },
  };
}

/** Tells when the machine wakes up, and when its network goes and comes. @returns stops it */
function watchMachine(tell: { awake(): void; offline(): void; online(): void }): () => void {
  const wake = () => {
    if (document.visibilityState !== 'hidden') tell.awake();
  };
  const online = () => {
    tell.online();
    wake();
  };
  const offline = () => tell.offline();
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  document.addEventListener('visibilitychange', wake);
  return () => {
    window.removeEventListener('online', online);
    window.removeEventListener('offline', offline);
    document.removeEventListener('visibilitychange', wake);
  };
}
