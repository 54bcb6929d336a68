import type { Card } from '@ringdesk/shared/desk';
import { useEffect } from 'react';
import { useLive } from './live/LiveContext.tsx';

/** Calls whose first paint was told; a page lives for a day, so only the last few are remembered. */
const told: string[] = [];
const remembered = 50;

/**
 * Tells the server when a ringing card has come on screen: two frames after React put it there, the first of them is painted. A hidden tab
 * paints nothing, so it tells nothing.
 */
export function usePainted(card: Card): void {
  const live = useLive();
  const { callId, phase } = card;
  useEffect(() => {
    if (!live || phase !== 'ringing' || document.hidden || told.includes(callId)) return;
    const arrived = live.store.arrivedAt(callId);
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        told.push(callId);
        if (told.length > remembered) told.shift();
        performance.mark('ringdesk.card-painted', { detail: { callId } });
        if (arrived === null) return;
        live.painted({ callId, shownAfterMs: Math.max(0, performance.now() - arrived) });
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [live, callId, phase]);
}
