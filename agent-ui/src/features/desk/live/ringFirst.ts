import type { DeskView } from '@ringdesk/shared/desk';

interface Dependencies {
  take: (view: DeskView) => void;
  /** What stands around the cards may follow the view that was taken last. */
  settle: () => void;
  /** Runs its argument when what was drawn now is on screen. */
  painted: (then: () => void) => void;
}

/**
 * A ring is followed at once by what else is known of it: the customer, the contacts before, the state of the phone. Each is a view that would be
 * drawn before the ring itself is on screen. So after a view with a new ring the ones behind it wait until it is painted, and only the newest
 * of them is drawn; and so does all that stands around the card. Nothing else ever waits, and least of all another ring.
 */
export function ringFirst({ take, settle, painted }: Dependencies): (view: DeskView) => void {
  let rings: ReadonlySet<string> = new Set();
  let waiting: DeskView | null = null;
  let painting = 0;

  return (view) => {
    const now = new Set(view.cards.filter(({ phase }) => phase === 'ringing').map(({ callId }) => callId));
    const isRing = [...now].some((callId) => !rings.has(callId));
    rings = now;
    if (!isRing) {
      if (painting > 0) {
        waiting = view;
        return;
      }
      take(view);
      settle();
      return;
    }
    waiting = null;
    painting += 1;
    take(view);
    painted(() => {
      painting -= 1;
      if (painting > 0) return;
      if (waiting !== null) take(waiting);
      waiting = null;
      settle();
    });
  };
}
