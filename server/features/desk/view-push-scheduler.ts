import type { DeskView } from '@ringdesk/shared/desk';
import type { Log } from '../../platform/log.ts';

/** Longest delay of a view push that carries only states of phones and members, ms: below what an eye sees of a small mark. */
const calmMs = 100;

export interface ViewPushOptions {
  viewOf(agent: string): DeskView | null;
  push(agent: string, view: DeskView): void;
  setTimer(run: () => void, ms: number): () => void;
  log: Log;
}

export interface ViewPushScheduler {
  /** What these agents see has changed. `haste`: their views go out at the end of this turn of the event loop, else within `calmMs`. */
  changed(agents: Iterable<string>, haste: boolean): void;
  stop(): void;
}

/**
 * A ring is several events in one packet: the call, its dial, the phone, the queue member. Each would push a view, and the page would draw
 * all of them before the first is on screen; so what changes in one turn is pushed once, as it stands at its end. The states of phones and
 * members follow in packets of their own, twice or more for every step of a call, and mostly say what the card has said already: they go
 * along with the next view, or a moment later by themselves.
 */
export function createViewPushScheduler({ viewOf, push, setTimer, log }: ViewPushOptions): ViewPushScheduler {
  const now = new Set<string>();
  const soon = new Set<string>();
  let cancel: (() => void) | null = null;

  function flush(agents: Set<string>): void {
    const all = [...agents];
    agents.clear();
    for (const agent of all) {
      soon.delete(agent);
      try {
        const view = viewOf(agent);
        if (view !== null) push(agent, view);
      } catch (error) {
        log.error({ err: error }, 'A desk could not be shown to its agent');
      }
    }
  }

  return {
    changed(agents, haste) {
      for (const agent of agents) {
        if (haste) {
          if (now.size === 0) queueMicrotask(() => flush(now));
          now.add(agent);
        } else {
          soon.add(agent);
          cancel ??= setTimer(() => {
            cancel = null;
            flush(soon);
          }, calmMs);
        }
      }
    },
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
