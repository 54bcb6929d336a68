import { retryDelayMs } from '@ringdesk/shared/backoff';
import type { CallParty } from '@ringdesk/shared/call-events';
import type { Customer, Identification } from '@ringdesk/shared/customer';
import type { Match } from '@ringdesk/shared/desk';
import type { TimelineResult } from '@ringdesk/shared/interaction';
import {
  type AddedNumber,
  type CallContext,
  type Desks,
  iso,
  type LastContacts,
  noHistory,
  type Outcome,
  type Repeat,
} from './state.ts';

/** Who is calling: what is known of each call, and the look-up of its number. */

const repeatWindowMs = 7 * 24 * 3_600_000;
/** A call of which nothing was heard for so long has ended unseen. */
const forgottenAfterMs = 12 * 3_600_000;

/** The context of a call, opened when nothing was known of it before. */
export function contextOf(
  desks: Desks,
  call: { callId: string; pbx: string; at: string },
  now: number,
): CallContext {
  const known = desks.calls.get(call.callId);
  if (known !== undefined) {
    known.touched = now;
    return known;
  }
  const opened: CallContext = {
    id: call.callId,
    pbx: call.pbx,
    party: null,
    lookUp: { number: null, attempt: 0, retryAt: null, failures: 0 },
    match: { kind: 'none' },
    answered: false,
    taken: null,
    picked: false,
    beforePick: null,
    added: null,
    shared: false,
    history: noHistory,
    repeat: null,
    entries: [],
    startedAt: call.at,
    lastTransfer: null,
    notes: new Map(),
    agents: new Set(),
    legs: [],
    ended: false,
    touched: now,
  };
  desks.calls.set(call.callId, opened);
  return opened;
}

/** The number to look up: none for colleagues among themselves, and none when the caller does not want it to be seen. */
function numberToLookUp(party: CallParty): string | null {
  if (party.direction === 'internal' || party.presentation === 'withheld') return null;
  return party.number;
}

/** The outside party is known, or is another one than before. A new number is looked up at once. */
export function learnParty(ctx: CallContext, party: CallParty, out: Outcome): void {
  ctx.party = party;
  touchAgents(ctx, out);
  if (ctx.picked) return;
  const number = numberToLookUp(party);
  if (number === null) {
    ctx.lookUp = { ...ctx.lookUp, number: null, attempt: ctx.lookUp.attempt + 1, retryAt: null };
    ctx.match = party.presentation === 'withheld' ? { kind: 'withheld' } : { kind: 'none' };
    ctx.history = noHistory;
    ctx.repeat = null;
    return;
  }
  if (number === ctx.lookUp.number) return;
  ctx.lookUp.number = number;
  ctx.history = noHistory;
  ctx.repeat = null;
  lookUp(ctx, out, { visibly: true });
}

/**
 * Asks again who has the number.
 * @param visibly the card shows that it is looking; an automatic retry leaves what the card says now
 */
export function lookUp(ctx: CallContext, out: Outcome, options: { visibly: boolean }): void {
  const { number } = ctx.lookUp;
  if (number === null) return;
  ctx.lookUp.attempt += 1;
  ctx.lookUp.retryAt = null;
  if (options.visibly) {
    ctx.match = { kind: 'looking' };
    touchAgents(ctx, out);
  }
  out.effects.push({ do: 'look-up', callId: ctx.id, number, attempt: ctx.lookUp.attempt });
}

export function onIdentified(
  ctx: CallContext,
  attempt: number,
  identification: Identification,
  out: Outcome,
): void {
  if (attempt !== ctx.lookUp.attempt || ctx.picked) return;
  ctx.lookUp.failures = 0;
  ctx.lookUp.retryAt = null;
  ctx.match = matchOf(identification);
  ctx.shared = ctx.match.kind === 'several';
  touchAgents(ctx, out);
  askHistory(ctx, out);
}

/** Candidates in the order in which they are offered: the one whom agents picked before comes first. */
function matchOf(identification: Identification): Match {
  if (identification.kind !== 'several') return identification;
  const { candidates, learned } = identification;
  const ordered = [
    ...candidates.filter((c) => c.id === learned),
    ...candidates.filter((c) => c.id !== learned),
  ];
  return { kind: 'several', candidates: ordered, learned };
}

function askHistory(ctx: CallContext, out: Outcome): void {
  const { match, lookUp: asked } = ctx;
  if (match.kind === 'several') {
    // Whose history it is is not known yet, and a stranger's must not be shown: only when each was here last, and what about.
    ctx.history = noHistory;
    ctx.repeat = null;
    const customers = match.candidates.map(({ id }) => id);
    out.effects.push({ do: 'last-contacts', callId: ctx.id, attempt: asked.attempt, customers });
    return;
  }
  const whose = whoseHistory(ctx);
  if (whose === null) return;
  const repeat = ctx.party?.direction === 'inbound' ? repeatWindow(ctx) : null;
  out.effects.push({ do: 'history', callId: ctx.id, attempt: asked.attempt, ...whose, repeat });
}

/** Whose contacts the card tells; null while that is not known. */
export function whoseHistory({
  match,
  lookUp: asked,
  shared,
}: CallContext): { customerId: string | null; numbers: string[] } | null {
  if (match.kind === 'several') return null;
  const own = match.kind === 'one' ? match.customer.phones.map((phone) => phone.number) : [];
  const all = [...new Set([...own, ...(asked.number === null ? [] : [asked.number])])];
  // What nobody's contacts from a shared number were about may be another's.
  const numbers = all.filter((number) => !shared || number !== asked.number);
  const customerId = match.kind === 'one' ? match.customer.id : null;
  return customerId === null && numbers.length === 0 ? null : { customerId, numbers };
}

/**
 * The repeat-call warning: earlier calls of the same customer that were answered and ended within the 7 days before this one. A call of
 * ours to the customer is none: then this call returns ours.
 */
function repeatWindow({ startedAt }: CallContext): { since: string; until: string } {
  return { since: iso(Date.parse(startedAt) - repeatWindowMs), until: iso(Date.parse(startedAt)) };
}

/** The look-up failed or took too long: the card says so, and it is tried again by itself (3 s, 6 s, … 30 s). */
export function onLookUpFailed(ctx: CallContext, attempt: number, out: Outcome): void {
  if (attempt !== ctx.lookUp.attempt) return;
  ctx.lookUp.failures += 1;
  ctx.lookUp.retryAt = out.now + retryDelayMs(ctx.lookUp.failures, 3000, 30_000);
  if (ctx.match.kind !== 'looking') return;
  ctx.match = { kind: 'failed' };
  touchAgents(ctx, out);
}

export function onHistory(
  ctx: CallContext,
  { attempt, history, repeat }: { attempt: number; history: TimelineResult; repeat: Repeat },
  out: Outcome,
): void {
  if (attempt !== ctx.lookUp.attempt) return;
  ctx.lookUp.retryAt = null;
  ctx.history = history;
  ctx.repeat = repeat;
  touchAgents(ctx, out);
}

/** An agent says who it is: all desks with this call show it, the interaction gets it, and the number remembers it. */
export function onPicked(
  ctx: CallContext,
  { customer, by, added = null }: { customer: Customer; by: string | null; added?: AddedNumber | null },
  out: Outcome,
): void {
  if (by !== null) ctx.beforePick = { match: ctx.match, picked: ctx.picked };
  ctx.picked = true;
  ctx.history = noHistory;
  ctx.repeat = null;
  ctx.lookUp.attempt += 1;
  ctx.lookUp.retryAt = null;
  ctx.match = { kind: 'one', customer };
  touchAgents(ctx, out);
  if (by !== null) {
    const { number } = ctx.lookUp;
    if (ctx.added?.customerId !== customer.id) takeNumber(ctx, by, out);
    ctx.added = added ?? ctx.added;
    const isTheirs = ctx.added?.customerId === customer.id;
    const set = {
      interactionId: ctx.id,
      customerId: customer.id,
      by,
      added: isTheirs ? (ctx.added?.number ?? null) : null,
    };
    out.effects.push({ do: 'set-customer', ...set });
    if (number !== null) out.effects.push({ do: 'learn', number, customerId: customer.id, by });
  }
  askHistory(ctx, out);
}

/** It was somebody else: the number that was put on the wrong customer is not theirs. */
function takeNumber(ctx: CallContext, by: string, out: Outcome): void {
  if (ctx.added !== null) out.effects.push({ do: 'take-number', ...ctx.added, by });
  ctx.added = null;
}

/** The agent takes the word back: what was known before holds again, in the record and of the number. */
export function onUnpicked(ctx: CallContext, by: string, out: Outcome): void {
  const { beforePick } = ctx;
  if (beforePick === null) return;
  const { match, picked } = beforePick;
  ctx.beforePick = null;
  takeNumber(ctx, by, out);
  ctx.picked = picked;
  ctx.match = match;
  ctx.history = noHistory;
  ctx.repeat = null;
  ctx.lookUp.attempt += 1;
  touchAgents(ctx, out);
  const customerId = match.kind === 'one' ? match.customer.id : null;
  const learned = match.kind === 'several' ? match.learned : picked ? customerId : null;
  const { number } = ctx.lookUp;
  out.effects.push({ do: 'set-customer', interactionId: ctx.id, customerId, by, added: null });
  if (number !== null) out.effects.push({ do: 'learn', number, customerId: learned, by });
  if (match.kind === 'looking' || match.kind === 'failed') lookUp(ctx, out, { visibly: true });
  else askHistory(ctx, out);
}

export function onLastContacts(ctx: CallContext, attempt: number, last: LastContacts, out: Outcome): void {
  if (attempt !== ctx.lookUp.attempt || ctx.match.kind !== 'several') return;
  ctx.match = { ...ctx.match, last };
  touchAgents(ctx, out);
}

/** A customer was created or changed anywhere: every call that shows them, or that has one of their numbers, shows what is true now. */
export function onCustomerChanged(desks: Desks, customer: Customer, out: Outcome): void {
  const numbers = new Set(customer.phones.map((phone) => phone.number));
  for (const ctx of desks.calls.values()) {
    const { match, lookUp: asked } = ctx;
    const hasNumber = asked.number !== null && numbers.has(asked.number);
    if (match.kind === 'one' && match.customer.id === customer.id) {
      ctx.match = { kind: 'one', customer };
      touchAgents(ctx, out);
      if (hasNumber || ctx.picked) askHistory(ctx, out);
      else lookUp(ctx, out, { visibly: false });
    } else if (
      !ctx.picked &&
      (hasNumber || (match.kind === 'several' && match.candidates.some((c) => c.id === customer.id)))
    ) {
      lookUp(ctx, out, { visibly: false });
    }
  }
}

/** Retries what is due, and forgets calls of which nothing was heard for half a day. */
export function tickCalls(desks: Desks, out: Outcome): void {
  for (const ctx of desks.calls.values()) {
    const { retryAt } = ctx.lookUp;
    if (retryAt !== null && retryAt <= out.now) lookUp(ctx, out, { visibly: false });
    if (ctx.agents.size === 0 && out.now - ctx.touched > forgottenAfterMs) desks.calls.delete(ctx.id);
  }
}

/** Everybody who has a card of this call sees the change. */
export function touchAgents(ctx: CallContext, out: Outcome): void {
  for (const agent of ctx.agents) out.changed.add(agent);
}

/** A call that is over, and of which no card is open, is forgotten. */
export function forgetIfDone(desks: Desks, ctx: CallContext): void {
  if (ctx.ended && ctx.agents.size === 0) desks.calls.delete(ctx.id);
}
