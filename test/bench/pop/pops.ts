import type { Ring } from '../load/simulator.ts';

/** A card that came up somewhere: of which call, on whose desk, and when (ms since the epoch, with fractions). */
export interface Shown {
  callId: string;
  device: string;
  at: number;
}

/** The time that counts, ms since the epoch. */
export interface Measured {
  from: number;
  to: number;
}

/**
 * How long each card took from the ring that caused it: of the rings of that call at that phone the last one before. Only rings of the
 * measured time count; cards of which no ring is known (a colleague's direct call) are left out.
 * @returns `times` in ms, and how many rings of the measured time have no card
 */
export function latencies(
  rings: readonly Ring[],
  shown: readonly Shown[],
  measured: Measured,
): { times: number[]; missing: number } {
  const key = (call: string, device: string) => `${call} ${device}`;
  const byKey = new Map<string, Ring[]>();
  for (const ring of rings) {
    const before = byKey.get(key(ring.uniqueid, ring.device));
    if (before === undefined) byKey.set(key(ring.uniqueid, ring.device), [ring]);
    else before.push(ring);
  }
  const met = new Set<Ring>();
  const times: number[] = [];
  for (const { callId, device, at } of shown) {
    // Clocks of two processes differ by a fraction of a millisecond.
    const ring = byKey.get(key(callId, device))?.findLast((one) => one.at <= at + 1);
    if (ring === undefined || met.has(ring)) continue;
    met.add(ring);
    if (ring.at >= measured.from && ring.at < measured.to) times.push(Math.max(0, at - ring.at));
  }
  const missing = rings.filter(
    (ring) => ring.at >= measured.from && ring.at < measured.to && !met.has(ring),
  ).length;
  return { times, missing };
}
