import type { LegRef } from '@ringdesk/shared/call-events';
import type { DeskCard } from './state.ts';

/** One agent may have several phones that ring for one call: one card, which rings as long as one of them does. */

/** Legs change their place when calls are merged, so the channel's Uniqueid counts as well. */
export function isLegOf(card: Pick<DeskCard, 'leg' | 'uniqueid'>, leg: LegRef): boolean {
  return card.leg === leg.index || (leg.uniqueid !== null && card.uniqueid === leg.uniqueid);
}

const isSame = (one: LegRef, other: LegRef): boolean =>
  isLegOf({ leg: one.index, uniqueid: one.uniqueid }, other);

/** Another phone begins to ring for a card that rings. @returns false when the ring is one of its own */
export function ringsToo(card: DeskCard, leg: LegRef): boolean {
  if (card.phase !== 'ringing' || card.unconfirmedSince !== null) return false;
  if (card.consultation !== leg.consultation || isLegOf(card, leg)) return false;
  if (!card.also.some((one) => isSame(one, leg))) card.also = [...card.also, leg];
  return true;
}

/** One of the phones stopped ringing. @returns whether another one rings on; the card is then about that one */
export function ringsOn(card: DeskCard, leg: LegRef): boolean {
  if (card.phase !== 'ringing' || card.also.length === 0) return false;
  if (!isLegOf(card, leg)) {
    card.also = card.also.filter((one) => !isSame(one, leg));
    return true;
  }
  const [next, ...rest] = card.also;
  if (next === undefined) return false;
  card.leg = next.index;
  card.uniqueid = next.uniqueid;
  card.channel = next.channel;
  card.also = rest;
  return true;
}
