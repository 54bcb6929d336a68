import { isSpeaking } from './card-phases.ts';
import type { AgentDesk, CallContext, DeskCard, Desks, DraftRecord, Outcome } from './state.ts';
import { draftKey, iso } from './state.ts';

/** Open cards as they go to disk, so that a restart of the server shows them again. */

/** Writes the open card to disk. */
export function keep(ctx: CallContext, desk: AgentDesk, card: DeskCard, out: Outcome): void {
  out.effects.push({ do: 'keep-draft', record: recordOf(ctx, desk, card, out.now) });
}

/** What was chosen for later is another thing now: the calls at hand, which are on disk anyway, say so. */
export function keepNext(desks: Desks, desk: AgentDesk, out: Outcome): void {
  for (const card of desk.cards) {
    const ctx = desks.calls.get(card.callId);
    const ofCustomer = ctx?.party?.direction !== 'internal' && !card.consultation;
    if (ctx !== undefined && ofCustomer && (card.phase === 'wrap-up' || isSpeaking(card)))
      keep(ctx, desk, card, out);
  }
}

/** Who the caller is was said: what is kept on disk says so too. */
export function keepPick(desks: Desks, ctx: CallContext, out: Outcome): void {
  for (const id of ctx.agents) {
    const desk = desks.agents.get(id);
    const card = desk?.cards.find((candidate) => candidate.callId === ctx.id);
    if (desk !== undefined && card !== undefined && (card.phase === 'wrap-up' || card.draft.revision > 0))
      keep(ctx, desk, card, out);
  }
}

export function recordOf(ctx: CallContext, desk: AgentDesk, card: DeskCard, now: number): DraftRecord {
  const {
    channel: _channel,
    consulting: _consulting,
    unconfirmedSince: _since,
    interrupts: _form,
    writingUntil: _until,
    also: _phones,
    heldSince: _held,
    ...kept
  } = card;
  return {
    id: draftKey(desk.agent.id, ctx.id),
    agent: desk.agent.id,
    callId: ctx.id,
    pbx: ctx.pbx,
    party: ctx.party,
    customerId: ctx.picked && ctx.match.kind === 'one' ? ctx.match.customer.id : null,
    card: { ...kept, draft: { ...card.draft } },
    next: desk.next,
    settled: null,
    updatedAt: iso(now),
  };
}
