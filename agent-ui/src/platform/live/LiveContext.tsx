import type { ReactNode } from 'react';
import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react';
import { type Connection, type LinkState, openConnection } from './connection.ts';

const ConnectionContext = createContext<Connection | null>(null);

interface Props {
  onSessionEnd: () => void;
  children: ReactNode;
}

/** Opens the live link of a logged-in user for everything below it. */
export function ConnectionProvider({ onSessionEnd, children }: Props) {
  const [connection, setConnection] = useState<Connection | null>(null);
  useEffect(() => {
    const opened = openConnection(onSessionEnd);
    setConnection(opened);
    return () => opened.close();
  }, [onSessionEnd]);
  if (!connection) return null;
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}

/** The live link, or null where nobody is logged in. */
export function useConnection(): Connection | null {
  return use(ConnectionContext);
}

const nothing = () => () => undefined;
const unknown: LinkState = { link: 'connecting', lostAt: null };

/** Whether the server is heard just now. */
export function useLink(): LinkState {
  const connection = useConnection();
  return useSyncExternalStore(connection?.subscribe ?? nothing, connection?.state ?? (() => unknown));
}

/** The time on the page. */
export interface LiveClock {
  /** ms since the epoch, on the server's clock. */
  now(): number;
  /** Since when nobody knows how calls go on; ms on the server's clock, null while it is known. */
  unheardSince(): number | null;
}

const ownClock: LiveClock = { now: () => Date.now(), unheardSince: () => null };

/** Given by the feature that hears the server's clock; elsewhere the page's own clock serves. */
export const LiveClockContext = createContext<LiveClock>(ownClock);

export function useLiveClock(): LiveClock {
  return use(LiveClockContext);
}
