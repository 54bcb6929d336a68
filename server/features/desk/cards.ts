import type { LegRef } from '@ringdesk/shared/call-events';
import type { LegOutcome, Transfer } from '@ringdesk/shared/interaction';
import { askingAgent, startAsking, stopAsking } from './asking.ts';
import { beginAttempt, putAwayAttempts } from './attempt.ts';
import { touchAgents } from './calls.ts';
import { cardOf, isLive, isSpeaking } from './card-phases.ts';
import { keep } from './card-records.ts';
import { beginMissed, noteTaken, ringOf, tooManyMissed } from './missed.ts';
import { isLegOf, ringsOn, ringsToo } from './phones.ts';
import { dropCard, expire } from './settle.ts';
import {
  type AgentDesk,
  type CallContext,
  type DeskCard,
  type Desks,
  draftKey,
  emptyDraft,
  iso,
  type Outcome,
} from './state.ts';
import { beginWrapUp, keepTalk } from './wrap-up.ts';

/** The life of a card: ringing → talking ⇄ held → wrap-up → gone. An agent has at most one card of a call, for the leg that is the newest. */

const attemptsKept = 5;
const wrapUpsKept = 15;

export interface LegEvent {
  at: string;
  leg: LegRef;
}

/** A replay tells again what led to the form that waits to be finished. */
function wasBefore(event: LegEvent, card: DeskCard | undefined): boolean {
  const expired = card?.expired ?? null;
  return expired !== null && Date.parse(event.at) <= expired.at;
}

function entryTimeOf(ctx: CallContext, queue: string | null): string | null {
  if (queue === null) return null;
  return ctx.entries.findLast((entry) => entry.queue === queue)?.enteredAt ?? null;
}

/** A card for a leg that begins now, in front of the others. What the agent wrote about this call before stays on it. */
function place(desks: Desks, ctx: CallContext, desk: AgentDesk, event: LegEvent, out: Outcome): DeskCard {
  const { leg, at } = event;
  const before = cardOf(desk, ctx.id);
  const key = draftKey(desk.agent.id, ctx.id);
  const settled = desks.settled.get(key);
  let draft = before?.draft ?? ctx.notes.get(desk.agent.id) ?? emptyDraft;
  // The call came back after its wrap-up was done. An event from before that is a replay, and opens nothing.
  if (settled !== undefined && Date.parse(at) > settled.at) {
    const { disposition, reason, note } = settled.record;
    draft = { disposition, reason, note: note ?? '', revision: settled.revision };
    desks.settled.delete(key);
  }
  const card: DeskCard = {
    callId: ctx.id,
    leg: leg.index,
    uniqueid: leg.uniqueid,
    channel: leg.channel,
    also: [],
    phase: 'ringing',
    queue: leg.queue,
    enteredQueueAt: entryTimeOf(ctx, leg.queue),
    offeredAt: at,
    answeredAt: null,
    endedAt: null,
    outcome: null,
    attempt: null,
    fate: null,
    heldSince: null,
    consultation: leg.consultation,
    draft: { ...draft },
    wrapUpStartedAt: null,
    wrapUpEndsAt: null,
    handedBy: giverOf(desks, ctx, desk, event),
    consulting: null,
    unconfirmedSince: null,
    rang: null,
    interrupts:
      before?.phase === 'wrap-up' || before?.phase === 'unfinished' ? before : (before?.interrupts ?? null),
    writingUntil: 0,
    expired: null,
  };
  desk.cards = [card, ...desk.cards.filter((other) => other !== before)];
  ctx.agents.add(desk.agent.id);
  out.changed.add(desk.agent.id);
  if (ctx.party?.direction === 'outbound') putAwayAttempts(desks, desk, out);
  keepFew(desks, desk, out);
  return card;
}

/** Who gave the call: the agent who asks a colleague, or the one who transferred it last. */
function giverOf(desks: Desks, ctx: CallContext, desk: AgentDesk, event: LegEvent): DeskCard['handedBy'] {
  if (event.leg.consultation) {
    const asking = askingAgent(desks, ctx, desk.agent.id);
    return asking === null ? null : { agent: asking.agent.id, at: event.at };
  }
  const { lastTransfer } = ctx;
  if (lastTransfer === null || lastTransfer.by === desk.agent.id) return null;
  return { agent: lastTransfer.by, at: lastTransfer.at };
}

/** Calls that were not taken and open forms do not pile up for ever: the oldest go, and what was written on them is saved. */
function keepFew(desks: Desks, desk: AgentDesk, out: Outcome): void {
  for (const card of tooManyMissed(desk.cards)) {
    const ctx = desks.calls.get(card.callId);
    if (ctx !== undefined) dropCard(desks, ctx, desk, card, out);
  }
  for (const [phase, kept] of [
    ['unanswered', attemptsKept],
    ['wrap-up', wrapUpsKept],
  ] as const) {
    for (const card of desk.cards.filter((c) => c.phase === phase).slice(kept)) {
      const ctx = desks.calls.get(card.callId);
      if (ctx === undefined) continue;
      if (phase === 'wrap-up') expire(desks, ctx, desk, card, out);
      else dropCard(desks, ctx, desk, card, out);
    }
  }
}

export function onOffered(
  desks: Desks,
  ctx: CallContext,
  desk: AgentDesk,
  event: LegEvent,
  out: Outcome,
): void {
  const before = cardOf(desk, ctx.id);
  if (wasBefore(event, before)) return;
  if (before !== undefined && isSpeaking(before)) {
    if (isLegOf(before, event.leg)) confirm(before, event.leg);
    return;
  }
  if (before !== undefined && ringsToo(before, event.leg)) return;
  place(desks, ctx, desk, event, out);
  if (!event.leg.consultation) return;
  const asking = askingAgent(desks, ctx, desk.agent.id);
  const askingCard = asking === null ? undefined : cardOf(asking, ctx.id);
  if (asking === null || askingCard === undefined) return;
  askingCard.consulting ??= { to: desk.agent.id, since: event.at, answeredAt: null };
  out.changed.add(asking.agent.id);
}

export function onAnswered(
  desks: Desks,
  ctx: CallContext,
  desk: AgentDesk,
  event: LegEvent,
  out: Outcome,
): void {
  const standing = cardOf(desk, ctx.id);
  if (wasBefore(event, standing)) return;
  const fits = standing !== undefined && isLive(standing);
  const card = fits ? standing : place(desks, ctx, desk, event, out);
  confirm(card, event.leg);
  card.also = [];
  if (event.leg.consultation) startAsking(desks, ctx, desk, event.at, out);
  else noteTaken(desks, ctx, { by: desk.agent.id, at: event.at }, out);
  const stillDialling = ctx.party?.direction === 'outbound' && !ctx.answered && !event.leg.consultation;
  if (card.phase === 'ringing' && !stillDialling) {
    card.phase = 'talking';
    card.answeredAt = event.at;
  }
  card.queue ??= event.leg.queue;
  if (!event.leg.consultation) card.consultation = false;
  keepTalk(desks, ctx, desk, card, out);
  out.changed.add(desk.agent.id);
}

/** The customer whom the agent called is on the line: only now they talk. */
export function onCustomerAnswered(desks: Desks, ctx: CallContext, at: string, out: Outcome): void {
  ctx.answered = true;
  for (const id of ctx.agents) {
    const card = desks.agents.get(id)?.cards.find(({ callId }) => callId === ctx.id);
    if (card === undefined || card.phase !== 'ringing' || card.consultation) continue;
    card.phase = 'talking';
    card.answeredAt = at;
    out.changed.add(id);
  }
}

/** The event's word about the leg: its place, and the channel on which the agent's actions are done. */
function confirm(card: DeskCard, leg: LegRef): void {
  card.leg = leg.index;
  card.uniqueid = leg.uniqueid ?? card.uniqueid;
  card.channel = leg.channel ?? card.channel;
  card.unconfirmedSince = null;
}

export function onHold(
  ctx: CallContext,
  desk: AgentDesk,
  event: LegEvent,
  held: boolean,
  out: Outcome,
): void {
  const card = cardOf(desk, ctx.id);
  if (card === undefined || !isSpeaking(card) || !isLegOf(card, event.leg)) return;
  confirm(card, event.leg);
  card.phase = held ? 'held' : 'talking';
  card.heldSince = held ? (card.heldSince ?? event.at) : null;
  // The agent is back with the customer: whoever was asked is not on the line any more.
  if (!held) card.consulting = null;
  out.changed.add(desk.agent.id);
}

export function onLegEnded(
  desks: Desks,
  ctx: CallContext,
  desk: AgentDesk,
  event: LegEvent & { outcome: LegOutcome },
  out: Outcome,
): void {
  const card = cardOf(desk, ctx.id);
  if (card === undefined || !isLive(card)) return;
  if (ringsOn(card, event.leg)) {
    out.changed.add(desk.agent.id);
    return;
  }
  if (!isLegOf(card, event.leg)) return;
  confirm(card, event.leg);
  if (card.consultation) stopAsking(desks, ctx, desk.agent.id, event.outcome, out);
  finish(desks, ctx, desk, card, { at: event.at, outcome: event.outcome }, out);
}

/** The leg is over: the agent writes about it, sees that it was missed, or nothing is left of it. */
function finish(
  desks: Desks,
  ctx: CallContext,
  desk: AgentDesk,
  card: DeskCard,
  end: { at: string; outcome: LegOutcome },
  out: Outcome,
): void {
  card.endedAt = end.at;
  card.outcome = end.outcome;
  card.consulting = null;
  card.channel = null;
  card.also = [];
  card.heldSince = null;
  out.changed.add(desk.agent.id);
  const ofCustomer = ctx.party?.direction !== 'internal' && !card.consultation;
  if (end.outcome === 'answered' && ofCustomer) {
    // The agent's own phone was taken, the one out there was not: nobody spoke.
    const spoke = ctx.party?.direction !== 'outbound' || card.answeredAt !== null;
    const begin = spoke ? beginWrapUp : beginAttempt;
    if (!begin(desks, ctx, desk, card, out)) dropCard(desks, ctx, desk, card, out);
    else keepFew(desks, desk, out);
    return;
  }
  if (resumeForm(desks, ctx, desk, card, out)) return;
  if (beginMissed(desks, ctx, desk, card, out)) {
    keepFew(desks, desk, out);
    return;
  }
  dropCard(desks, ctx, desk, card, out);
}

/** Nothing came of the ring: the form that it interrupted is there again, with all that was written. */
function resumeForm(desks: Desks, ctx: CallContext, desk: AgentDesk, card: DeskCard, out: Outcome): boolean {
  const form = card.interrupts;
  if (form === null) return false;
  desk.cards = desk.cards.map((other) => (other === card ? form : other));
  form.draft = card.draft;
  form.rang = ringOf(ctx, card) ?? form.rang;
  if (form.phase === 'unfinished') keep(ctx, desk, form, out);
  else if (!beginWrapUp(desks, ctx, desk, form, out)) dropCard(desks, ctx, desk, form, out);
  return true;
}

/** The call was given on: the card of whoever has it now says from whom, and carries what that agent wrote. */
export function onTransferred(desks: Desks, ctx: CallContext, transfer: Transfer, out: Outcome): void {
  if (transfer.kind === 'pickup' || transfer.by === null) return;
  ctx.lastTransfer = { by: transfer.by, at: transfer.at };
  for (const id of ctx.agents) {
    const card = desks.agents.get(id)?.cards.find((c) => c.callId === ctx.id);
    if (card === undefined) continue;
    if (id === transfer.by) card.consulting = null;
    else if (isLive(card) && (card.consultation || transfer.to === id)) {
      card.consultation = false;
      card.handedBy = { agent: transfer.by, at: transfer.at };
    }
  }
  touchAgents(ctx, out);
}

/** The call has no channel any more. Whatever of it still seems to live has ended unseen. */
export function endAll(
  desks: Desks,
  ctx: CallContext,
  at: string,
  outcomeOf: (leg: number) => LegOutcome | null,
  out: Outcome,
): void {
  ctx.ended = true;
  for (const id of [...ctx.agents]) {
    const desk = desks.agents.get(id);
    const card = desk === undefined ? undefined : cardOf(desk, ctx.id);
    if (desk === undefined || card === undefined || !isLive(card)) continue;
    const spoke = isSpeaking(card) ? 'answered' : (outcomeOf(card.leg) ?? 'caller-left');
    finish(desks, ctx, desk, card, { at, outcome: spoke }, out);
  }
}

/** Two calls became one: the cards of the other go on under the surviving call. */
export function mergeCards(desks: Desks, into: CallContext, from: CallContext, out: Outcome): void {
  for (const id of [...from.agents]) {
    const desk = desks.agents.get(id);
    const moving = desk === undefined ? undefined : cardOf(desk, from.id);
    if (desk === undefined || moving === undefined) continue;
    const standing = cardOf(desk, into.id);
    from.agents.delete(id);
    out.changed.add(id);
    if (standing !== undefined) {
      desk.cards = desk.cards.filter((card) => card !== moving);
      // Both legs are the agent's: the one with the customer stays, with whatever was written on either.
      if (standing.draft.revision === 0 && moving.draft.revision > 0) standing.draft = moving.draft;
      into.notes.set(id, standing.draft);
      continue;
    }
    moving.callId = into.id;
    into.agents.add(id);
    into.notes.set(id, moving.draft);
    const asking = askingAgent(desks, into, id);
    moving.handedBy ??= asking === null ? null : { agent: asking.agent.id, at: iso(out.now) };
  }
}

/** Cards that a restart brought back and of which the PBX says nothing: their call ended while nobody looked. */
export function endUnconfirmed(desks: Desks, isDown: (pbx: string) => boolean, out: Outcome): void {
  const patience = 30_000;
  for (const desk of desks.agents.values()) {
    for (const card of [...desk.cards]) {
      const ctx = desks.calls.get(card.callId);
      if (ctx === undefined || card.unconfirmedSince === null) continue;
      if (isDown(ctx.pbx)) card.unconfirmedSince = out.now;
      else if (out.now - card.unconfirmedSince >= patience) {
        card.unconfirmedSince = null;
        const outcome = card.answeredAt === null ? 'caller-left' : 'answered';
        finish(desks, ctx, desk, card, { at: iso(out.now), outcome }, out);
      }
    }
  }
}
