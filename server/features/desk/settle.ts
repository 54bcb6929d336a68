import type { WrapUpDraft } from '@ringdesk/shared/desk';
import { forgetIfDone } from './calls.ts';
import { keep, recordOf } from './card-records.ts';
import { amendable, hasText } from './drafts.ts';
import {
  type AgentDesk,
  type CallContext,
  type DeskCard,
  type Desks,
  draftKey,
  emptyDraft,
  iso,
  type Outcome,
  type Settled,
  type WrapUpRecord,
} from './state.ts';

/** How a form ends: by the agent's saving, by its limit, or with its card; and what comes after that. No word of it is lost. */

/** How long a finished wrap-up is remembered, ms. */
export const settledKeptMs = 24 * 3_600_000;
/** So many calls whose outcome was not given wait on a desk; the oldest go, and their records stay as they are. */
const unfinishedKept = 30;
/** More are not remembered, the oldest go: a late word comes after the next calls, not after thousands. */
const mostSettled = 20_000;

/**
 * What the record says of the wrap-up as it stands. Only the agent's saving confirms an outcome: a form that closes by itself leaves the note and
 * the reason, and that no outcome was given.
 */
export function wrapUpOf(
  ctx: CallContext,
  desk: AgentDesk,
  card: DeskCard,
  { byLimit }: { byLimit: boolean },
  now: number,
): WrapUpRecord {
  const { draft, expired, wrapUpStartedAt: started } = card;
  const spent = started === null ? null : Math.max(0, now - started);
  const given = byLimit ? ended(spent) : expired === null ? 'saved' : 'completed';
  return {
    interactionId: ctx.id,
    agent: desk.agent.id,
    leg: card.leg,
    disposition: byLimit ? null : draft.disposition,
    reason: draft.reason,
    note: noteOf(draft),
    wrapUpMs: expired?.wrapUpMs ?? spent,
    ended: given,
    at: iso(now),
  };
}

const ended = (spent: number | null) => (spent === null ? null : 'expired');

export function saveRecord(record: WrapUpRecord, out: Outcome): void {
  out.effects.push({ do: 'save-wrap-up', record });
}

/**
 * The time of the wrap-up ran out: the record says that no outcome was given, the phone is free for the next call, and the form waits among
 * the unfinished ones with all that was written.
 */
export function expire(desks: Desks, ctx: CallContext, desk: AgentDesk, card: DeskCard, out: Outcome): void {
  // The clock looks once a second: what it is late is not the agent's.
  const end = Math.min(out.now, Math.max(card.wrapUpEndsAt ?? out.now, card.writingUntil));
  card.expired = { at: out.now, wrapUpMs: Math.max(0, end - (card.wrapUpStartedAt ?? end)) };
  card.phase = 'unfinished';
  card.wrapUpEndsAt = null;
  saveRecord(wrapUpOf(ctx, desk, card, { byLimit: true }, out.now), out);
  keep(ctx, desk, card, out);
  out.changed.add(desk.agent.id);
  for (const oldest of desk.cards.filter(({ phase }) => phase === 'unfinished').slice(unfinishedKept)) {
    const about = desks.calls.get(oldest.callId);
    if (about !== undefined) settle(desks, about, desk, oldest, { byLimit: true }, out);
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
  const record = wrapUpOf(ctx, desk, card, options, out.now);
  ctx.notes.set(desk.agent.id, card.draft);
  const settled = { at: out.now, revision: card.draft.revision, byLimit: options.byLimit, record };
  remember(desks, draftKey(desk.agent.id, ctx.id), settled);
  // A card on which nothing was written, of a call that was not taken, leaves nothing to say about the interaction.
  if (card.wrapUpStartedAt !== null || hasText(card.draft)) saveRecord(record, out);
  out.effects.push({ do: 'keep-draft', record: { ...recordOf(ctx, desk, card, out.now), settled } });
  if (!leaveRing(card)) removeCard(desks, ctx, desk, card, out);
}

/** The ring that came while the form was open is one of those that were not taken. @returns false when there is none to make good */
function leaveRing(card: DeskCard): boolean {
  const { rang } = card;
  if (rang === null || rang.fate.state === 'taken') return false;
  const { offeredAt, outcome, fate } = rang;
  Object.assign(card, { phase: 'missed', offeredAt, outcome, fate, rang: null } satisfies Partial<DeskCard>);
  Object.assign(card, { wrapUpStartedAt: null, wrapUpEndsAt: null, expired: null, draft: { ...emptyDraft } });
  return true;
}

export function remember(desks: Desks, key: string, settled: Settled): void {
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
  // An attempt, or a call that was not taken, is on the disk: a restart must know that it is put away.
  if (
    card.draft.revision > 0 ||
    hasText(card.draft) ||
    card.phase === 'unanswered' ||
    card.phase === 'missed'
  ) {
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
  const confirmed = late.revision === null;
  const before = settled.record;
  const record: WrapUpRecord = {
    ...before,
    disposition: confirmed ? late.disposition : before.disposition,
    reason: late.reason,
    note: noteOf(late),
    ended: !confirmed ? before.ended : before.ended === 'saved' ? 'saved' : 'completed',
    at: iso(out.now),
  };
  const revision = late.revision ?? settled.revision;
  desks.settled.set(key, { ...settled, revision, byLimit: late.revision !== null, record });
  saveRecord(record, out);
  return true;
}
