import type { DeskCard, Desks } from './state.ts';
import { iso } from './state.ts';

/**
 * The server's clock was set: what was to end in so many seconds still does, and what began so long ago did. What the PBX said is told by its own clock, and stays.
 * @param byMs by how much; negative: back
 */
export function onClockSet(desks: Desks, byMs: number): void {
  for (const desk of desks.agents.values()) {
    desk.reassertUntil += byMs;
    if (desk.awaySince !== null) desk.awaySince += byMs;
    if (desk.asked !== null) desk.asked.at += byMs;
    desk.shown.since = iso(Date.parse(desk.shown.since) + byMs);
    for (const card of desk.cards) shift(card, byMs);
  }
  for (const call of desks.calls.values()) {
    call.touched += byMs;
    if (call.lookUp.retryAt !== null) call.lookUp.retryAt += byMs;
  }
  for (const link of desks.links.values()) link.since += byMs;
  for (const settled of desks.settled.values()) settled.at += byMs;
}

function shift(card: DeskCard, byMs: number): void {
  card.writingUntil += byMs;
  if (card.wrapUpStartedAt !== null) card.wrapUpStartedAt += byMs;
  if (card.wrapUpEndsAt !== null) card.wrapUpEndsAt += byMs;
  if (card.unconfirmedSince !== null) card.unconfirmedSince += byMs;
  if (card.interrupts !== null) shift(card.interrupts, byMs);
}
