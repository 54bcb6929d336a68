import type { LegOutcome } from '@ringdesk/shared/interaction';
import { cardOf, isSpeaking } from './card-phases.ts';
import type { AgentDesk, CallContext, Desks, Outcome } from './state.ts';

/** A colleague is asked while the customer holds: called first, and asked only when they have answered. */

/** The agent who speaks with the customer while a colleague is asked. */
export function askingAgent(desks: Desks, ctx: CallContext, asked: string): AgentDesk | null {
  for (const id of ctx.agents) {
    const desk = desks.agents.get(id);
    const card = desk === undefined ? undefined : cardOf(desk, ctx.id);
    if (id !== asked && desk !== undefined && card !== undefined && isSpeaking(card) && !card.consultation)
      return desk;
  }
  return null;
}

/** Who is asked has answered: only now they speak. Of a queue that was asked, now is known who it is. */
export function startAsking(
  desks: Desks,
  ctx: CallContext,
  asked: AgentDesk,
  at: string,
  out: Outcome,
): void {
  const asking = askingAgent(desks, ctx, asked.agent.id);
  const card = asking === null ? undefined : cardOf(asking, ctx.id);
  if (asking === null || card === undefined || card.consulting === null) return;
  card.consulting = { ...card.consulting, to: asked.agent.id, answeredAt: card.consulting.answeredAt ?? at };
  out.changed.add(asking.agent.id);
}

export function stopAsking(
  desks: Desks,
  ctx: CallContext,
  asked: string,
  outcome: LegOutcome,
  out: Outcome,
): void {
  const asking = askingAgent(desks, ctx, asked);
  const card = asking === null ? undefined : cardOf(asking, ctx.id);
  if (asking === null || card === undefined || card.consulting === null) return;
  // In a queue that is asked, one phone rings out and the next one rings: the asking goes on.
  if (outcome !== 'answered' && card.consulting.to !== asked) return;
  card.consulting = null;
  out.changed.add(asking.agent.id);
}
