import { type WrapUpDraft, writingHoldMs } from '@ringdesk/shared/desk';
import { keep } from './card-records.ts';
import { hasText, judgeDraft } from './drafts.ts';
import { expire, saveRecord, settle, settledKeptMs, wrapUpOf } from './settle.ts';
import {
  type AgentDesk,
  type CallContext,
  type DeskCard,
  type Desks,
  draftKey,
  iso,
  type Outcome,
  type WrapUpLimits,
} from './state.ts';

/** The form after the call: it begins, it is written, it ends; and no word of it is lost. */

/** How long the form of an own call that nobody took stays open when wrap-ups have no limit, ms. */
const attemptMs = 60_000;

/** So long a form stays open after something was written in it, ms. */
const afterTypingMs = 5_000;
/** The agent asked for more time: so much, ms. */
const moreTimeMs = 60_000;

/** How long an agent without a connected device is still taken to be at the desk: a bad connection, a restart of the browser; ms. */
const awayGraceMs = 120_000;

/** Whether somebody sits at this desk. One who takes calls on the phone alone writes no form, and is not kept from the next call by one. */
export function isManned(desk: AgentDesk, now: number): boolean {
  return desk.awaySince === null || now - desk.awaySince < awayGraceMs;
}

/** The call is over, and a form about it is open. */
export function isOver(card: Pick<DeskCard, 'phase'>): boolean {
  return card.phase === 'wrap-up' || card.phase === 'unfinished' || card.phase === 'unanswered';
}

/**
 * The agent's leg of a customer's call is over. The time limit counts from here, on the server's clock: the PBX's may be another.
 * @returns false when nobody is there to write, or this wrap-up was done before (the events are a replay): no form is shown
 */
export function beginWrapUp(
  desks: Desks,
  ctx: CallContext,
  desk: AgentDesk,
  card: DeskCard,
  out: Outcome,
): boolean {
  if (!isManned(desk, out.now)) return false;
  const endedAt = Date.parse(card.endedAt ?? iso(out.now));
  if (desks.settled.has(draftKey(desk.agent.id, ctx.id)) || out.now - endedAt > settledKeptMs) return false;
  card.phase = 'wrap-up';
  card.consulting = null;
  card.wrapUpStartedAt = out.now;
  const limitMs = wrapUpLimitOf(desks, card);
  card.wrapUpEndsAt = limitMs === null ? null : out.now + limitMs;
  desk.ready = false;
  // Where there is no time for it, the form waits from the start.
  if (limitMs === 0) expire(desks, ctx, desk, card, out);
  else keep(ctx, desk, card, out);
  return true;
}

/** How long the wrap-up of this call lasts, ms; null: no limit. */
function wrapUpLimitOf({ wrapUpLimits }: Desks, { queue }: Pick<DeskCard, 'queue'>): number | null {
  const own = queue === null ? undefined : wrapUpLimits.queues.get(queue);
  return own === undefined ? wrapUpLimits.other : own;
}

/** Wrap-ups that run end by the new limits, at the soonest in some seconds; who asked for more time keeps it. */
export function onWrapUpLimits(desks: Desks, limits: WrapUpLimits, out: Outcome): void {
  const running = [...desks.agents.values()].flatMap((desk) =>
    desk.cards.filter((card) => card.phase === 'wrap-up').map((card) => ({ desk, card })),
  );
  const before = running.map(({ card }) => wrapUpLimitOf(desks, card));
  desks.wrapUpLimits = limits;
  for (const [n, { desk, card }] of running.entries()) {
    const [was, is] = [before[n] ?? null, wrapUpLimitOf(desks, card)];
    const began = card.wrapUpStartedAt ?? out.now;
    const isAsItWas = card.wrapUpEndsAt === (was === null ? null : began + was);
    const ctx = desks.calls.get(card.callId);
    if (was === is || !isAsItWas || ctx === undefined) continue;
    card.wrapUpEndsAt = is === null ? null : Math.max(began + is, out.now + afterTypingMs);
    keep(ctx, desk, card, out);
    out.changed.add(desk.agent.id);
  }
}

/** A talk with a customer begins: if we die during it, the agent finds the form for it after the restart. */
export function keepTalk(
  desks: Desks,
  ctx: CallContext,
  desk: AgentDesk,
  card: DeskCard,
  out: Outcome,
): void {
  if (card.consultation || ctx.party?.direction === 'internal' || !isManned(desk, out.now)) return;
  // Already done: this is a replay.
  if (desks.settled.has(draftKey(desk.agent.id, ctx.id))) return;
  keep(ctx, desk, card, out);
}

/** Untouched, the form of a call that nobody took goes after the time of a wrap-up; what is begun on it waits to be ended. */
export function setAttemptTime(desks: Desks, card: DeskCard, out: Outcome): void {
  card.wrapUpEndsAt = hasText(card.draft) ? null : out.now + (wrapUpLimitOf(desks, card) || attemptMs);
}

/** What a device wrote. The caller has judged it (`judgeDraft`); an older one changes nothing. */
export function onDraft(
  desks: Desks,
  ctx: CallContext,
  desk: AgentDesk,
  card: DeskCard,
  draft: WrapUpDraft,
  out: Outcome,
): void {
  if (judgeDraft(card.draft, draft) !== 'taken') return;
  card.draft = { ...draft };
  card.writingUntil = Math.max(card.writingUntil, out.now + afterTypingMs);
  ctx.notes.set(desk.agent.id, card.draft);
  if (card.phase === 'unanswered') setAttemptTime(desks, card, out);
  // What is written after the time ran out stands in the record at once; what the outcome was, only the agent's saving says.
  if (card.phase === 'unfinished') saveRecord(wrapUpOf(ctx, desk, card, { byLimit: true }, out.now), out);
  keep(ctx, desk, card, out);
  out.changed.add(desk.agent.id);
  for (const other of ctx.agents) {
    const shows = desks.agents
      .get(other)
      ?.cards.some((c) => c.callId === ctx.id && c.handedBy?.agent === desk.agent.id);
    if (shows === true) out.changed.add(other);
  }
}

/** The form stays open for now, and what is written in it is kept; a form without a limit needs no more time. */
export function onWriting(card: DeskCard, out: Outcome): void {
  card.writingUntil = out.now + writingHoldMs;
}

export function onMoreTime(ctx: CallContext, desk: AgentDesk, card: DeskCard, out: Outcome): void {
  if (card.wrapUpEndsAt === null) return;
  card.wrapUpEndsAt = Math.max(card.wrapUpEndsAt, out.now) + moreTimeMs;
  keep(ctx, desk, card, out);
  out.changed.add(desk.agent.id);
}

function isDue(card: DeskCard, now: number): boolean {
  return isOver(card) && card.wrapUpEndsAt !== null && card.wrapUpEndsAt <= now && card.writingUntil <= now;
}

/** Wrap-ups whose time is over end by themselves, each on a desk whose link to the PBX stands (else the clocks freeze), and never while somebody writes. */
export function endDue(desks: Desks, isDown: (pbx: string) => boolean, out: Outcome): void {
  for (const [key, settled] of desks.settled) {
    // The oldest stand first. To look at all of a busy day's, every second, would hold up the calls.
    if (out.now - settled.at <= settledKeptMs) break;
    desks.settled.delete(key);
  }
  for (const desk of desks.agents.values()) {
    for (const card of desk.cards) {
      if (!isDue(card, out.now)) continue;
      const ctx = desks.calls.get(card.callId);
      if (ctx === undefined || isDown(ctx.pbx)) continue;
      if (card.phase === 'wrap-up') expire(desks, ctx, desk, card, out);
      else settle(desks, ctx, desk, card, { byLimit: true }, out);
    }
  }
}

/** The clocks stood still while the link was down: what was left then is left now. */
export function thaw(desks: Desks, pbx: string, downSince: number, out: Outcome): void {
  for (const desk of desks.agents.values()) {
    for (const card of desk.cards) {
      if (card.wrapUpEndsAt === null || desks.calls.get(card.callId)?.pbx !== pbx) continue;
      card.wrapUpEndsAt += out.now - Math.max(downSince, card.wrapUpStartedAt ?? downSince);
    }
  }
}
