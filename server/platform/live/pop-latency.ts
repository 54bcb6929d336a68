import type { DeskView } from '@ringdesk/shared/desk';
import { Histogram, type Registry } from 'prom-client';

const buckets = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10];

/** Measures how long a ring takes to become a card: to the sockets, and to the screen. */
export interface PopLatency {
  pushed(agent: string, view: DeskView): void;
  /** A device says that it has painted the card of a call, `shownAfterMs` after the push arrived there. */
  painted(view: DeskView | null, callId: string, shownAfterMs: number): void;
}

/** The PBX's clock and ours must agree for these to mean anything; `ringdesk doctor` compares them. */
export function createPopLatency(metrics: Registry, now: () => number): PopLatency {
  const histogram = (name: string, help: string) =>
    new Histogram({ name, help, buckets, registers: [metrics] });
  const push = histogram('ringdesk_pop_push_seconds', 'From the ring (Timestamp of the PBX) to the push');
  const paint = histogram('ringdesk_pop_paint_seconds', 'From the arrival of a push to the painted card');
  const whole = histogram(
    'ringdesk_pop_painted_seconds',
    'From the ring (Timestamp of the PBX) to the word that the card is painted, its way back included',
  );
  const shown = new Map<string, ReadonlySet<string>>();

  return {
    pushed(agent, view) {
      const before = shown.get(agent);
      const rings = view.cards.filter((card) => card.phase === 'ringing');
      for (const card of rings) {
        if (before?.has(ringOf(card)) !== true) push.observe(since(card.offeredAt, now()));
      }
      if (rings.length === 0) shown.delete(agent);
      else shown.set(agent, new Set(rings.map(ringOf)));
    },
    painted(view, callId, shownAfterMs) {
      const card = view?.cards.find((candidate) => candidate.callId === callId);
      // A card that was there before (a reload, a second tab opened later) is no pop.
      if (card === undefined || since(card.offeredAt, now()) > 60) return;
      paint.observe(shownAfterMs / 1000);
      whole.observe(since(card.offeredAt, now()));
    },
  };
}

function ringOf(card: { callId: string; offeredAt: string }): string {
  return `${card.callId} ${card.offeredAt}`;
}

/** Seconds; clocks that differ a little never make it negative. */
function since(at: string, now: number): number {
  return Math.max(0, now - Date.parse(at)) / 1000;
}
