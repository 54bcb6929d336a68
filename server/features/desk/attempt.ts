import { type AttemptOutcome, attemptOutcome } from '@ringdesk/shared/desk';
import type { InteractionOutcome } from '@ringdesk/shared/interaction';
import { keep } from './card-records.ts';
import { hasText } from './drafts.ts';
import { settle } from './settle.ts';
import {
  type AgentDesk,
  type CallContext,
  type DeskCard,
  type Desks,
  draftKey,
  type Outcome,
} from './state.ts';
import { isManned, setAttemptTime } from './wrap-up.ts';

/**
 * A call of the agent's own that nobody took. How it ended stands in its record by itself; the agent may write a note, and needs not: no wrap-up,
 * no pause, and the next call comes as ever.
 */

/** @returns false when nobody is there to write, or this form was closed before (the events are a replay) */
export function beginAttempt(
  desks: Desks,
  ctx: CallContext,
  desk: AgentDesk,
  card: DeskCard,
  out: Outcome,
): boolean {
  if (!isManned(desk, out.now) || desks.settled.has(draftKey(desk.agent.id, ctx.id))) return false;
  card.phase = 'unanswered';
  card.attempt = 'no-answer';
  setAttemptTime(desks, card, out);
  keep(ctx, desk, card, out);
  return true;
}

/** The end of the whole call tells how the attempt ended. */
export function noteAttempt(
  desks: Desks,
  ctx: CallContext,
  outcome: InteractionOutcome | null,
  out: Outcome,
): void {
  const attempt = attemptOf(outcome);
  if (attempt === null) return;
  for (const id of ctx.agents) {
    const desk = desks.agents.get(id);
    const card = desk?.cards.find(({ callId }) => callId === ctx.id);
    if (desk === undefined || card?.phase !== 'unanswered' || card.attempt === attempt) continue;
    card.attempt = attempt;
    keep(ctx, desk, card, out);
    out.changed.add(id);
  }
}

function attemptOf(outcome: InteractionOutcome | null): AttemptOutcome | null {
  const parsed = attemptOutcome.safeParse(outcome);
  return parsed.success ? parsed.data : null;
}

/** The agent dials on: attempts on which nothing was written are done with. */
export function putAwayAttempts(desks: Desks, desk: AgentDesk, out: Outcome): void {
  for (const card of desk.cards.filter(({ phase, draft }) => phase === 'unanswered' && !hasText(draft))) {
    const ctx = desks.calls.get(card.callId);
    if (ctx !== undefined) settle(desks, ctx, desk, card, { byLimit: true }, out);
  }
}
