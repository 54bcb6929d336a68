import { contextOf, lookUp } from './calls.ts';
import { isSpeaking } from './card-phases.ts';
import { remember, settledKeptMs } from './settle.ts';
import type { CallContext, DeskCard, Desks, DraftRecord, Outcome } from './state.ts';
import { isOver, onDraft } from './wrap-up.ts';

/** After a restart of the server a wrap-up whose time ran out meanwhile stays open so long, ms. */
const graceAfterRestartMs = 30_000;

/** A card that keeps no break away. */
const isIdle = ({ card }: DraftRecord): boolean => card.phase !== 'wrap-up' && !isSpeaking(card);

function restoreParty(ctx: CallContext, party: DraftRecord['party']): void {
  if (ctx.party !== null || party === null) return;
  ctx.party = party;
  ctx.lookUp.number = party.direction === 'internal' ? null : party.number;
  if (party.presentation !== 'withheld') return;
  ctx.lookUp.number = null;
  ctx.match = { kind: 'withheld' };
}

/** Brings back what was open when the server stopped. A card that stands already (the PBX's events were quicker) gets only its draft. */
export function restore(desks: Desks, record: DraftRecord, out: Outcome): void {
  const { settled } = record;
  const desk = desks.agents.get(record.agent);
  if (settled !== null) {
    if (out.now - settled.at <= settledKeptMs) remember(desks, record.id, settled);
    return;
  }
  const known = desks.settled.get(record.id);
  if (desk === undefined || (known !== undefined && known.at >= Date.parse(record.updatedAt))) return;
  // Who has an open form was at the desk before we stopped, and is on the way back.
  if (desk.awaySince === Number.NEGATIVE_INFINITY) desk.awaySince = out.now;
  const ctx = contextOf(
    desks,
    { callId: record.callId, pbx: record.pbx, at: record.card.offeredAt },
    out.now,
  );
  if (record.next !== null && !isIdle(record)) desk.next = record.next;
  const standing = desk.cards.find((card) => card.callId === record.callId);
  if (standing !== undefined) {
    onDraft(desks, ctx, desk, standing, record.card.draft, out);
    return;
  }
  restoreParty(ctx, record.party);
  const card: DeskCard = {
    ...record.card,
    channel: null,
    consulting: null,
    unconfirmedSince: isOver(record.card) || record.card.phase === 'missed' ? null : out.now,
    interrupts: null,
    also: [],
    heldSince: null,
    writingUntil: 0,
  };
  if (card.wrapUpEndsAt !== null) {
    const grace = Math.min(graceAfterRestartMs, desks.wrapUpLimits.other ?? graceAfterRestartMs);
    card.wrapUpEndsAt = Math.max(card.wrapUpEndsAt, out.now + grace);
  }
  desk.pbx ??= record.pbx;
  desk.cards = [card, ...desk.cards].sort((a, b) => Date.parse(b.offeredAt) - Date.parse(a.offeredAt));
  ctx.agents.add(record.agent);
  ctx.notes.set(record.agent, card.draft);
  out.changed.add(record.agent);
  if (record.customerId === null) lookUp(ctx, out, { visibly: true });
  else
    out.effects.push({
      do: 'fetch-customer',
      callId: ctx.id,
      customerId: record.customerId,
      attempt: ctx.lookUp.attempt,
    });
}
