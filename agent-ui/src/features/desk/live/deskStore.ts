import type { DeskView } from '@ringdesk/shared/desk';
import { replaceEqualDeep } from '@tanstack/react-query';
import type { ServerClock } from '../../../platform/live/clock.ts';
import type { Link } from '../../../platform/live/connection.ts';
import { nextSelection, noSelection, type Selection } from './selection.ts';

export interface DeskState {
  view: DeskView | null;
  link: Link;
  /** Local ms when the link was lost; null while it stands. */
  lostAt: number | null;
  selection: Selection;
}

/**
 * The page's copy of the agent's desk. React reads it by `useSyncExternalStore`; the socket writes it. What stands around the card reads the settled
 * state: the same, but never a view that is on its way to the screen, so that a ring is drawn alone first.
 */
export interface DeskStore {
  get(): DeskState;
  subscribe(listener: () => void): () => void;
  settled(): DeskState;
  subscribeSettled(listener: () => void): () => void;
  /** The last view taken is on screen, or needs no haste. */
  settle(): void;
  /** Takes a pushed or fetched view. @returns whether it was newer than what stood there */
  take(view: DeskView): boolean;
  setLink(link: Link): void;
  /** The agent chose a card to look at; null: none. */
  show(callId: string | null): void;
  /** When the push arrived that first named this call, on the page's monotonic clock (ms), or null. */
  arrivedAt(callId: string): number | null;
  /** Since when nobody knows how calls go on, since the PBX or the server is not heard; ms on the server's clock, null while they are. */
  unheardSince(): number | null;
  /** ms since the epoch on the server's clock, now. */
  serverNow(): number;
}

/**
 * A view replaces the other when it is later: a higher version of the same run of the server, or of a run that started later.
 * Versions count from anew in each run, so across runs the server's clock decides.
 */
export function isNewer(next: DeskView, current: DeskView | null): boolean {
  if (current === null) return true;
  if (next.epoch === current.epoch) return next.version > current.version;
  return next.now >= current.now;
}

export function createDeskStore(dep: {
  now: () => number;
  monotonic: () => number;
  clock: ServerClock;
  /** Whether the agent is in the middle of something that a pop must not take away. */
  busy: () => boolean;
  /** Whether a key of a text fell a moment ago. */
  typing: () => boolean;
}): DeskStore {
  let state: DeskState = { view: null, link: 'connecting', lostAt: null, selection: noSelection };
  const { clock } = dep;
  let settled = state;
  const listeners = new Set<() => void>();
  const settledListeners = new Set<() => void>();
  let arrivals = new Map<string, number>();

  function set(next: Partial<DeskState>) {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }
  function settle() {
    if (settled === state) return;
    settled = state;
    for (const listener of settledListeners) listener();
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settled: () => settled,
    subscribeSettled(listener) {
      settledListeners.add(listener);
      return () => settledListeners.delete(listener);
    },
    settle,
    take(view) {
      clock.learn(view.now, dep.now());
      if (!isNewer(view, state.view)) return false;
      const arrived = dep.monotonic();
      // Rebuilt from the cards that stand, so that it does not grow over a day.
      arrivals = new Map(view.cards.map((card) => [card.callId, arrivals.get(card.callId) ?? arrived]));
      // What is as it was stays the same object: whoever shows only that is not drawn again.
      set({
        view: replaceEqualDeep(state.view, view),
        selection: nextSelection(state.selection, view.cards, dep.busy(), dep.typing()),
      });
      return true;
    },
    setLink(link) {
      if (link === state.link) return;
      set({ link, lostAt: link === 'lost' ? dep.now() : null });
      settle();
    },
    show(callId) {
      if (callId === state.selection.shown) return;
      set({ selection: { ...state.selection, shown: callId } });
      settle();
    },
    arrivedAt: (callId) => arrivals.get(callId) ?? null,
    unheardSince() {
      const { lostAt, view } = state;
      const pbx = view?.pbx.state === 'down' ? Date.parse(view.pbx.since) : null;
      const server = lostAt === null ? null : clock.at(lostAt);
      return pbx !== null && server !== null ? Math.min(pbx, server) : (pbx ?? server);
    },
    serverNow: () => clock.at(dep.now()),
  };
}
