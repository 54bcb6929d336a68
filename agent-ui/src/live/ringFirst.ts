import type { DeskView } from '@ringdesk/shared/desk';

/**
 * A ring is followed at once by what else is known of it: the customer, the contacts before, the state of the phone. Each is a view that would be
 * drawn before the ring itself is on screen. So after a view with a new ring the ones behind it wait until it is painted, and only the newest
 * of them is drawn. Nothing else ever waits, and least of all another ring.
 * @param painted runs its argument when what was drawn now is on screen
 */
export function ringFirst(
  take: (view: DeskView) => void,
  painted: (then: () => void) => void,
): (view: DeskView) => void {
  let rings: ReadonlySet<string> = new Set();
  let waiting: DeskView | null = null;
  let painting = 0;

  return (view) => {
    const now = new Set(view.cards.filter(({ phase }) => phase === 'ringing').map(({ callId }) => callId));
    const isRing = [...now].some((callId) => !rings.has(callId));
    rings = now;
    if (!isRing) {
      if (painting === 0) take(view);
      else waiting = view;
      return;
    }
    waiting = null;
    painting += 1;
    take(view);
    painted(() => {
      painting -= 1;
      const next = waiting;
      if (painting > 0 || next === null) return;
      waiting = null;
      take(next);
    });
  };
}

const longestMs = 100;

/** Two frames: the first of them paints. A page that is hidden, or that gets no frames, waits for none. */
export function onPainted(then: () => void): void {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    clearTimeout(limit);
    then();
  };
  const limit = setTimeout(once, document.hidden ? 0 : longestMs);
  requestAnimationFrame(() => requestAnimationFrame(once));
}
