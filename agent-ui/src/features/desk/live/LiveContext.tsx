import type { DeskView } from '@ringdesk/shared/desk';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react';
import { DialContext } from '../../../platform/dial.ts';
import { LiveClockContext, useConnection } from '../../../platform/live/LiveContext.tsx';
import { useMe } from '../../../platform/session/session.ts';
import { useDialling } from '../useDialling.ts';
import type { DeskState } from './deskStore.ts';
import type { KeptDraft } from './draftKeeper.ts';
import { type LiveDesk, openLiveDesk } from './liveDesk.ts';
import type { OutboxItem } from './outbox.ts';
import { noSelection } from './selection.ts';

const LiveContext = createContext<LiveDesk | null>(null);

/** Opens the live desk of a logged-in agent for everything below it. */
export function DeskProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const userId = useMe().data?.id;
  const connection = useConnection();
  const [live, setLive] = useState<LiveDesk | null>(null);
  useEffect(() => {
    if (userId === undefined || connection === null) return;
    // Asked again rather than believed: the answer says whether the session is over, and then the login is shown.
    const onSessionEnd = () => void client.invalidateQueries({ queryKey: ['me'] });
    const opened = openLiveDesk(userId, connection, onSessionEnd);
    setLive(opened);
    return () => opened.close();
  }, [userId, connection, client]);
  if (!live) return null;
  return (
    <LiveContext value={live}>
      <LiveClockContext value={live.clock}>
        <Phone>{children}</Phone>
      </LiveClockContext>
    </LiveContext>
  );
}

/** Whoever has a desk has a phone: numbers on every page can be called. */
function Phone({ children }: { children: ReactNode }) {
  return <DialContext value={useDialling()}>{children}</DialContext>;
}

/** The live desk, or null where the user takes no calls. */
export function useLive(): LiveDesk | null {
  return use(LiveContext);
}

const nothing = () => () => undefined;
const emptyState: DeskState = { view: null, link: 'connecting', lostAt: null, selection: noSelection };

export function useDeskState(): DeskState {
  const live = useLive();
  return useSyncExternalStore(live?.store.subscribe ?? nothing, live?.store.get ?? (() => emptyState));
}

export function useDeskView(): DeskView | null {
  return useDeskState().view;
}

/** How much of what the page shows of calls still holds: all of it, or nobody can tell, since the server or the PBX is not heard. */
export type Certainty = 'certain' | 'server-lost' | 'pbx-down';

export function certaintyOf({ view, link }: DeskState): Certainty {
  if (link === 'lost') return 'server-lost';
  return view?.pbx.state === 'down' ? 'pbx-down' : 'certain';
}

export function useCertainty(): Certainty {
  return certaintyOf(useDeskState());
}

/** The desk for what stands around the cards: a ring is in it a moment later, when its card is on screen. */
export function useSettledDesk(): DeskState {
  const live = useLive();
  return useSyncExternalStore(
    live?.store.subscribeSettled ?? nothing,
    live?.store.settled ?? (() => emptyState),
  );
}

export function useDraft(callId: string): KeptDraft | null {
  const live = useLive();
  return useSyncExternalStore(live?.drafts.subscribe ?? nothing, () => live?.drafts.get(callId) ?? null);
}

export function useOutboxItem(callId: string): OutboxItem | null {
  const live = useLive();
  return useSyncExternalStore(live?.outbox.subscribe ?? nothing, () => live?.outbox.get(callId) ?? null);
}
