import { type DeskView, deskApi } from '@ringdesk/shared/desk';
import { call } from '../../../platform/api/call.ts';
import { codeOf } from '../../../platform/api/failure.ts';
import type { Connection } from '../../../platform/live/connection.ts';
import type { LiveClock } from '../../../platform/live/LiveContext.tsx';
import { afterPaint } from '../../../ui/afterPaint.ts';
import { typedText } from '../../../ui/typedText.ts';
import { isBusy } from '../../../ui/typing.ts';
import { createDeskStore, type DeskStore } from './deskStore.ts';
import { createDraftKeeper, type DraftKeeper } from './draftKeeper.ts';
import { createKeptStorage } from './keptStorage.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { ringFirst } from './ringFirst.ts';

/** Everything of the desk that lives longer than a component: one per logged-in agent. */
export interface LiveDesk {
  store: DeskStore;
  drafts: DraftKeeper;
  outbox: Outbox;
  clock: LiveClock;
  /** Tells that a card is on screen: the time from the push to the paint feeds the latency metric. */
  painted(card: { callId: string; shownAfterMs: number }): void;
  close(): void;
}

/** @param userId whose drafts are kept on this machine  @param onSessionEnd the server no longer knows the session */
export function openLiveDesk(userId: string, connection: Connection, onSessionEnd: () => void): LiveDesk {
  const storage = createKeptStorage(() => window.localStorage);
  const prefix = `ringdesk.${userId}`;
  const later = (act: () => void, ms: number) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  };
  const watched = (sent: Promise<undefined>) =>
    sent.catch((failure: unknown) => {
      if (codeOf(failure) === 'not-logged-in') onSessionEnd();
      throw failure;
    });
  const store = createDeskStore({
    now: () => Date.now(),
    monotonic: () => performance.now(),
    clock: connection.clock,
    busy: isBusy,
    typing: () => typedText.within(1_000, performance.now()),
  });
  const drafts = createDraftKeeper({
    storage,
    prefix,
    later,
    elsewhere: hearStorage,
    send: (callId, draft) => watched(call(deskApi.draft, { params: { callId }, body: draft })),
  });
  const outbox = createOutbox({
    storage,
    prefix,
    later,
    send: (callId, wrapUp) => watched(call(deskApi.wrapUp, { params: { callId }, body: wrapUp })),
  });

  let before: DeskView | null = null;
  const stop = store.subscribe(() => {
    const { view } = store.get();
    if (!view || view === before) return;
    followCards(before, view, drafts, outbox);
    before = view;
  });
  const stopHearing = hear(connection, store, () => {
    drafts.hurry();
    outbox.hurry();
  });
  return {
    store,
    drafts,
    outbox,
    clock: { now: store.serverNow, unheardSince: store.unheardSince },
    painted: (card) => void connection.socket.emit('painted', card),
    close() {
      stop();
      stopHearing();
      drafts.close();
      outbox.close();
    },
  };
}

/** Takes from the link what concerns the desk. @param onUp the link stands (again): what waited can be sent  @returns stops it */
function hear(connection: Connection, store: DeskStore, onUp: () => void): () => void {
  const { socket } = connection;
  // Two frames: the card's head, and the rest of what is known of the call.
  const painted = (then: () => void) => void afterPaint(then, 2);
  const onDesk = ringFirst({ take: store.take, settle: store.settle, painted });
  socket.on('desk', onDesk);
  // What was pushed before this was listened for.
  if (socket.connected) socket.emit('resync');
  const followLink = () => store.setLink(connection.state().link);
  followLink();
  const stops = [connection.subscribe(followLink), connection.onUp(onUp)];
  return () => {
    socket.off('desk', onDesk);
    for (const stop of stops) stop();
  };
}

/** What other tabs write into the storage; browsers tell it to all but the one that wrote. */
function hearStorage(hear: (key: string, value: string | null) => void): () => void {
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key !== null) hear(key, newValue);
  };
  window.addEventListener('storage', onStorage);
  return () => window.removeEventListener('storage', onStorage);
}

/** The cards of a new view bring the server's drafts; a card that is gone takes its draft along. */
function followCards(before: DeskView | null, view: DeskView, drafts: DraftKeeper, outbox: Outbox) {
  for (const card of view.cards) drafts.take(card.callId, card.wrapUp);
  if (before === null) drafts.closeOthers(view.cards.map((card) => card.callId));
  // Across a restart of the server a card may be missing for a moment only: then the draft stays.
  if (before?.epoch !== view.epoch) return;
  for (const { callId } of before.cards) {
    if (view.cards.some((card) => card.callId === callId)) continue;
    drafts.forget(callId);
    outbox.cardGone(callId);
  }
}
