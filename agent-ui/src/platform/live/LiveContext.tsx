import type { DeskView } from '@ringdesk/shared/desk';
import type { ReactNode } from 'react';
import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react';
import type { DeskState } from './deskStore.ts';
import type { KeptDraft } from './draftKeeper.ts';
import { type LiveDesk, openLiveDesk } from './liveDesk.ts';
import type { OutboxItem } from './outbox.ts';
import { noSelection } from './selection.ts';

const LiveContext = createContext<LiveDesk | null>(null);

interface Props {
  userId: string;
  onSessionEnd: () => void;
  children: ReactNode;
}

/** Opens the live desk of a logged-in agent for everything below it. */
export function LiveProvider({ userId, onSessionEnd, children }: Props) {
  const [live, setLive] = useState<LiveDesk | null>(null);
  useEffect(() => {
    const opened = openLiveDesk(userId, onSessionEnd);
    setLive(opened);
    return () => opened.close();
  }, [userId, onSessionEnd]);
  if (!live) return null;
  return <LiveContext value={live}>{children}</LiveContext>;
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
