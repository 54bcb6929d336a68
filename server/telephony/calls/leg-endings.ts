import type { EndedBy, LegOutcome } from '@ringdesk/shared/interaction';
import { refOf } from './legs.ts';
import type { Call, Entry, Leg, Step } from './state.ts';
import { iso, note } from './state.ts';
import { setPhase } from './talk.ts';

/** How legs end. Signs are collected as they come, in whatever order, and the best one is believed; so the order of an ending does not matter. */

/** Ends a leg; `at` is when its last channel hung up, or when the customer went elsewhere. */
export function endLeg(step: Step, at: number, call: Call, leg: Leg): void {
  if (leg.endedAt !== null) return;
  setPhase(leg, at, 'off');
  leg.endedAt = endTime(leg, at);
  const outcome = legOutcome(call, leg) ?? 'missed';
  const endedBy = legEndedBy(call, leg);
  note(call, leg.endedAt, 'leg.ended', { agent: leg.agent, outcome });
  step.out.push({
    type: 'leg.ended',
    at: iso(leg.endedAt),
    callId: call.id,
    leg: refOf(call, leg),
    outcome,
    endedBy,
  });
}

/** A talk ended when the two parted, a ring when it stopped; the hang-up comes a few milliseconds later and in any order. */
function endTime(leg: Leg, at: number): number {
  if (leg.answeredAt !== null) return Math.max(leg.partedAt ?? at, leg.answeredAt);
  return Math.max(leg.ringEndedAt ?? at, leg.offeredAt);
}

/**
 * Who ended a talk. A transfer is certain; then whose phone asked to hang up; then the queue's own view; then the signs that Asterisk makes itself.
 * AgentComplete is not believed before the phones: at the moment of an attended transfer it says "caller" about a customer who talks on.
 */
export function legEndedBy(call: Call, leg: Leg): EndedBy | null {
  if (leg.answeredAt === null) return null;
  if (leg.lost) return 'unknown';
  if (leg.transferred) return 'transfer';
  const asked = leg.requestedBy ?? leg.completedBy;
  // After a gap the weak signs are worth nothing: the strong one may have been in it.
  if (asked !== null || call.estimated) return asked ?? 'unknown';
  return leg.softRequestedBy ?? 'unknown';
}

/**
 * The outcome of a leg that has ended; null while it has not.
 * A leg that was given up (DialEnd CANCEL) says nothing by itself; the queue entry does: answered by another, or the caller left.
 */
export function legOutcome(call: Call, leg: Leg): LegOutcome | null {
  if (leg.answeredAt !== null) return leg.endedAt === null ? null : 'answered';
  if (leg.endedAt === null) return null;
  if (leg.declined) return 'declined';
  // The agent took it up and hung up before the caller was put through (queue_log: AGENTDUMP).
  if (leg.dialAnswered && leg.requestedBy === 'agent') return 'declined';
  if (leg.sentAway) return 'missed';
  const entry = call.entries.find((candidate) => candidate.key === leg.entry);
  if (leg.takenElsewhere || saidElsewhere(leg, entry)) return 'elsewhere';
  const refusal = refused(leg);
  if (refusal !== null) return refusal;
  if (leg.rangOut) return 'missed';
  if (entry === undefined) return directOutcome(leg);
  // The queue never cuts a ring short by itself: it was answered by another, or the caller left.
  if (isReplaced(call, leg, entry)) return 'elsewhere';
  return entry.outcome === 'answered' ? 'elsewhere' : 'caller-left';
}

/**
 * Asterisk itself says that another phone answered, by the cause of the hang-up (AST_CAUSE_ANSWERED_ELSEWHERE): it may come before the DialEnd of the
 * phone that did. Options of Dial (`c`) and Queue (`C`) make it say so to the phone also when the caller gave up.
 */
function saidElsewhere(leg: Leg, entry: Entry | undefined): boolean {
  if (leg.cause !== 26 || leg.requestedBy === 'caller') return false;
  return entry === undefined || entry.outcome === null || entry.outcome === 'answered';
}

/** Another phone stands in its place (INVITE with Replaces): its channel goes without a cause and an end of its dial, and AgentConnect is still to come. */
function isReplaced(call: Call, leg: Leg, entry: Entry): boolean {
  const waits = entry.outcome === null && !entry.abandonSeen && call.customerRequestedAt === null;
  return waits && leg.cause === 0 && leg.dialStatus === null && !leg.lost;
}

/** ISUP causes as Asterisk maps SIP's answers to them: 486/600 → 17, 603/403 → 21, 408 → 18, 480 → 19, 404 → 1, 5xx → 34/38. */
function refused(leg: Leg): LegOutcome | null {
  if (leg.cause === 17 || leg.dialStatus === 'BUSY') return 'busy';
  if (leg.cause === 21) return 'declined';
  const dead = [1, 2, 3, 18, 20, 22, 27, 34, 38, 41, 42, 44, 58, 66];
  const unreachable = dead.includes(leg.cause) || /^(CHANUNAVAIL|CONGESTION)$/.test(leg.dialStatus ?? '');
  return unreachable ? 'unreachable' : null;
}

function directOutcome(leg: Leg): LegOutcome {
  return leg.dialStatus === 'CANCEL' || leg.requestedBy === 'caller' ? 'caller-left' : 'missed';
}
