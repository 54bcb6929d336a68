import type { WrapUpDraft } from '@ringdesk/shared/desk';
import { contextOf, forgetIfDone, lookUp } from './calls.ts';
import { amendable, hasText, judgeDraft } from './drafts.ts';
import {
  type AgentDesk,
  type CallContext,
  type DeskCard,
  type Desks,
  type DraftRecord,
  draftKey,
  iso,
  type Outcome,
  type Settled,
  type WrapUpRecord,
} from './state.ts';

/** The form after the call: it begins, it is written, it ends; and no word of it is lost. */

/** How long a finished wrap-up is remembered, ms. */
const settledKeptMs = 24 * 3_600_000;
/** More are not remembered, the oldest go: a late word comes after the next calls, not after thousands. */
const mostSettled = 20_000;
/** After a restart of the server a wrap-up whose time ran out meanwhile stays open so long, ms. */
const graceAfterRestartMs = 30_000;

/** How long the form of an own call that nobody took stays open when wrap-ups have no limit, ms. */
const attemptMs = 60_000;

/** How long an agent without a connected device is still taken to be at the desk: a bad connection, a restart of the browser; ms. */
const awayGraceMs = 120_000;

/** Whether somebody sits at this desk. One who takes calls on the phone alone writes no form, and is not kept from the next call by one. */
export function isManned(desk: AgentDesk, now: number): boolean {
  return desk.awaySince === null || now - desk.awaySince < awayGraceMs;
}

/** The call is over, and a form about it is open. */
function isOver(card: Pick<DeskCard, 'phase'>): boolean {
  return card.phase === 'wrap-up' || card.phase === 'unanswered';
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
  card.wrapUpEndsAt = desks.wrapUpLimitMs === null ? null : out.now + desks.wrapUpLimitMs;
  desk.ready = false;
  keep(ctx, desk, card, out);
  return true;
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

/** Writes the open card to disk. */
export function keep(ctx: CallContext, desk: AgentDesk, card: DeskCard, out: Outcome): void {
  out.effects.push({ do: 'keep-draft', record: recordOf(ctx, desk, card, out.now) });
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

function recordOf(ctx: CallContext, desk: AgentDesk, card: DeskCard, now: number): DraftRecord {
  const {
    channel: _channel,
    consulting: _consulting,
    unconfirmedSince: _since,
    interrupts: _form,
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
    settled: null,
    updatedAt: iso(now),
  };
}

/** Untouched, the form of a call that nobody took goes after the time of a wrap-up; what is begun on it waits to be ended. */
export function setAttemptTime(desks: Desks, card: DeskCard, out: Outcome): void {
  card.wrapUpEndsAt = hasText(card.draft) ? null : out.now + (desks.wrapUpLimitMs ?? attemptMs);
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
  ctx.notes.set(desk.agent.id, card.draft);
  if (card.phase === 'unanswered') setAttemptTime(desks, card, out);
  keep(ctx, desk, card, out);
  out.changed.add(desk.agent.id);
  for (const other of ctx.agents) {
    const shows = desks.agents
      .get(other)
      ?.cards.some((c) => c.callId === ctx.id && c.handedBy?.agent === desk.agent.id);
    if (shows === true) out.changed.add(other);
  }
}

/** Ends a wrap-up: what stands in the draft is the agent's last word, and the card goes. */
export function settle(
  desks: Desks,
  ctx: CallContext,
  desk: AgentDesk,
  card: DeskCard,
  options: { byLimit: boolean },
  out: Outcome,
): void {
  const started = card.wrapUpStartedAt;
  const spent = started === null ? null : Math.max(0, out.now - started);
  const limit = options.byLimit
    ? (desks.wrapUpLimitMs ?? Number.POSITIVE_INFINITY)
    : Number.POSITIVE_INFINITY;
  const record: WrapUpRecord = {
    interactionId: ctx.id,
    agent: desk.agent.id,
    leg: card.leg,
    disposition: card.draft.disposition,
    reason: card.draft.reason,
    note: noteOf(card.draft),
    wrapUpMs: spent === null ? null : Math.min(spent, limit),
    at: iso(out.now),
  };
  ctx.notes.set(desk.agent.id, card.draft);
  const settled = { at: out.now, revision: card.draft.revision, byLimit: options.byLimit, record };
  remember(desks, draftKey(desk.agent.id, ctx.id), settled);
  // A card on which nothing was written, of a call that was not taken, leaves nothing to say about the interaction.
  if (spent !== null || hasText(card.draft)) out.effects.push({ do: 'save-wrap-up', record });
  out.effects.push({ do: 'keep-draft', record: { ...recordOf(ctx, desk, card, out.now), settled } });
  removeCard(desks, ctx, desk, card, out);
}

function remember(desks: Desks, key: string, settled: Settled): void {
  desks.settled.set(key, settled);
  if (desks.settled.size <= mostSettled) return;
  for (const oldest of desks.settled.keys()) {
    desks.settled.delete(oldest);
    return;
  }
}

function noteOf(draft: { note: string }): string | null {
  return draft.note.trim() === '' ? null : draft.note;
}

/** A card without a wrap-up goes away; if something was written on it, that is kept. */
export function dropCard(
  desks: Desks,
  ctx: CallContext,
  desk: AgentDesk,
  card: DeskCard,
  out: Outcome,
): void {
  // The form of an attempt is on the disk: a restart must know that it is closed.
  if (card.draft.revision > 0 || hasText(card.draft) || card.phase === 'unanswered') {
    if (!desks.settled.has(draftKey(desk.agent.id, ctx.id))) {
      settle(desks, ctx, desk, card, { byLimit: true }, out);
      return;
    }
  }
  removeCard(desks, ctx, desk, card, out);
}

function removeCard(desks: Desks, ctx: CallContext, desk: AgentDesk, card: DeskCard, out: Outcome): void {
  desk.cards = desk.cards.filter((other) => other !== card);
  ctx.agents.delete(desk.agent.id);
  out.changed.add(desk.agent.id);
  forgetIfDone(desks, ctx);
}

/**
 * A word that came after the form was closed (the limit ran out while the agent typed without a connection): it is saved all the same.
 * @returns false when there is nothing to amend, or the word is an old one
 */
export function amend(
  desks: Desks,
  agent: string,
  callId: string,
  late: Omit<WrapUpDraft, 'revision'> & { revision: number | null },
  out: Outcome,
): boolean {
  const key = draftKey(agent, callId);
  const settled = desks.settled.get(key);
  if (settled === undefined || out.now - settled.at > settledKeptMs) return false;
  if (late.revision !== null && !amendable(settled, late.revision)) return false;
  const { disposition, reason } = late;
  const record = { ...settled.record, disposition, reason, note: noteOf(late), at: iso(out.now) };
  const revision = late.revision ?? settled.revision;
  desks.settled.set(key, { ...settled, revision, byLimit: late.revision !== null, record });
  out.effects.push({ do: 'save-wrap-up', record });
  return true;
}

/** Wrap-ups whose time is over end by themselves, each on a desk whose link to the PBX stands: else the clocks freeze. */
export function endDue(desks: Desks, isDown: (pbx: string) => boolean, out: Outcome): void {
  for (const [key, settled] of desks.settled) {
    // The oldest stand first. To look at all of a busy day's, every second, would hold up the calls.
    if (out.now - settled.at <= settledKeptMs) break;
    desks.settled.delete(key);
  }
  for (const desk of desks.agents.values()) {
    for (const card of desk.cards) {
      if (!isOver(card) || card.wrapUpEndsAt === null || card.wrapUpEndsAt > out.now) continue;
      const ctx = desks.calls.get(card.callId);
      if (ctx !== undefined && !isDown(ctx.pbx)) settle(desks, ctx, desk, card, { byLimit: true }, out);
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
  const standing = desk.cards.find((card) => card.callId === record.callId);
  if (standing !== undefined) {
    onDraft(desks, ctx, desk, standing, record.card.draft, out);
    return;
  }
  if (ctx.party === null && record.party !== null) {
    ctx.party = record.party;
    ctx.lookUp.number = record.party.direction === 'internal' ? null : record.party.number;
    if (record.party.presentation === 'withheld') {
      ctx.lookUp.number = null;
      ctx.match = { kind: 'withheld' };
    }
  }
  const card: DeskCard = {
    ...record.card,
    channel: null,
    consulting: null,
    unconfirmedSince: isOver(record.card) ? null : out.now,
    interrupts: null,
  };
  if (card.wrapUpEndsAt !== null) {
    const grace = Math.min(graceAfterRestartMs, desks.wrapUpLimitMs ?? graceAfterRestartMs);
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
