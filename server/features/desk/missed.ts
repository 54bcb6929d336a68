import type { CallerFate } from '@ringdesk/shared/desk';
import type { InteractionOutcome } from '@ringdesk/shared/interaction';
import { keep } from './card-records.ts';
import { hasText } from './drafts.ts';
import { saveRecord, wrapUpOf } from './settle.ts';
import {
  type AgentDesk,
  type CallContext,
  type DeskCard,
  type Desks,
  draftKey,
  type Outcome,
} from './state.ts';

/**
 * A call that rang at this desk and was not taken here always leaves a trace, however it ended: the caller may be lost, and nobody else is told.
 * What became of the caller is learned as the call goes on.
 */

/** The newest stay: those in which somebody may have to be called back, and those that a colleague took. */
const lostKept = 20;
const takenKept = 5;

/** @returns false when it did not ring here as a call to this agent, or was put away before (the events are a replay) */
export function beginMissed(
  desks: Desks,
  ctx: CallContext,
  desk: AgentDesk,
  card: DeskCard,
  out: Outcome,
): boolean {
  const rang = ringOf(ctx, card);
  if (rang === null || desks.settled.has(draftKey(desk.agent.id, ctx.id))) return false;
  card.phase = 'missed';
  card.fate = rang.fate;
  keepMissed(ctx, desk, card, out);
  // What was written while it rang is said about the interaction at once.
  if (hasText(card.draft)) saveRecord(wrapUpOf(ctx, desk, card, { byLimit: true }, out.now), out);
  return true;
}

/** The ring that was not taken; null when it did not ring here as a call to this agent, or as a question of a colleague. */
export function ringOf(ctx: CallContext, card: DeskCard): DeskCard['rang'] {
  const { outcome, offeredAt } = card;
  if (outcome === null || outcome === 'answered' || outcome === 'unreachable') return null;
  if (ctx.party?.direction === 'outbound' && !card.consultation) return null;
  return { offeredAt, outcome, fate: fateOf(ctx, card) };
}

function fateOf(ctx: CallContext, card: DeskCard): CallerFate {
  const { taken } = ctx;
  const meanwhile = taken !== null && Date.parse(taken.at) >= Date.parse(card.offeredAt);
  if (card.outcome === 'elsewhere' || meanwhile) return { state: 'taken', by: taken?.by ?? null };
  return { state: card.outcome === 'caller-left' ? 'left' : 'waiting', by: null };
}

/** What a colleague took asks nothing of the agent, and need not outlive the server. */
function keepMissed(ctx: CallContext, desk: AgentDesk, card: DeskCard, out: Outcome): void {
  if (card.outcome !== 'elsewhere') keep(ctx, desk, card, out);
}

/** An agent took the call: so the others see who. */
export function noteTaken(
  desks: Desks,
  ctx: CallContext,
  taken: { by: string; at: string },
  out: Outcome,
): void {
  ctx.taken = taken;
  setFate(desks, ctx, () => ({ state: 'taken', by: taken.by }), out);
}

/** The call is over. @param outcome null when it is not known */
export function noteEnd(
  desks: Desks,
  ctx: CallContext,
  outcome: InteractionOutcome | null,
  out: Outcome,
): void {
  const state = outcome === 'voicemail' || outcome === 'callback' ? outcome : 'left';
  setFate(
    desks,
    ctx,
    (fate) => (fate.state === 'waiting' || fate.state === 'left' ? { state, by: null } : fate),
    out,
  );
}

function setFate(desks: Desks, ctx: CallContext, next: (fate: CallerFate) => CallerFate, out: Outcome): void {
  for (const id of ctx.agents) {
    const desk = desks.agents.get(id);
    const card = desk?.cards.find(({ callId }) => callId === ctx.id);
    const was = card?.rang?.fate ?? (card?.phase === 'missed' ? card.fate : null);
    if (desk === undefined || card === undefined || was === null) continue;
    const fate = next(was);
    if (fate.state === was.state && fate.by === was.by) continue;
    if (card.rang !== null) card.rang = { ...card.rang, fate };
    else card.fate = fate;
    keepMissed(ctx, desk, card, out);
    out.changed.add(id);
  }
}

/** Those that have to go, oldest last. */
export function tooManyMissed(cards: readonly DeskCard[]): DeskCard[] {
  const missed = cards.filter(({ phase }) => phase === 'missed');
  const isTaken = ({ fate }: DeskCard) => fate?.state === 'taken';
  return [
    ...missed.filter((card) => !isTaken(card)).slice(lostKept),
    ...missed.filter(isTaken).slice(takenKept),
  ];
}
