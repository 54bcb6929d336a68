import { leaveEntry } from './entries.ts';
import { channelOf } from './identity.ts';
import { legOf } from './legs.ts';
import type { Call, CallState, Channel, Entry, Leg, Step } from './state.ts';
import { elapsed, signsMayBeLost } from './state.ts';

/**
 * A queue may ask its member to accept the call before the caller is put through (Queue()'s subroutine on the member's channel). The caller has left the
 * line by then, and whatever the member answers, Asterisk sends AgentConnect and writes CONNECT: also when the member was hung up on for pressing
 * nothing, or the caller is gone. What nobody accepted is not answered here.
 */

/** Without a question AgentConnect follows within milliseconds. */
const ASKED_MS = 200;

/** The caller left the line so long ago that the agent must have been asked meanwhile; the caller waited on, as queue_log reckons. */
export function askedFirst(entry: Entry, at: number): boolean {
  const connected = entry.outcome === null || entry.outcome === 'answered' || entry.provisional;
  return connected && entry.leftAt !== null && elapsed(entry.leftAt, at) >= ASKED_MS;
}

/**
 * The caller waited until AgentConnect at `at`, as queue_log reckons, and not until it left the line: its HoldTime tells. On a busy PBX the two are some
 * hundred milliseconds apart as well.
 * @param holdMs whole seconds
 */
export function waitedOn(entry: Entry, at: number, holdMs: number): boolean {
  if (!askedFirst(entry, at) || entry.leftAt === null) return false;
  return elapsed(entry.enteredAt, entry.leftAt) <= holdMs - 1000;
}

/** The member rings, or was picked up and is asked, if only for a moment. */
function isOpen(leg: Leg): boolean {
  return leg.queue !== null && leg.answeredAt === null && leg.endedAt === null;
}

/** The dialplan hangs up on a member: who is asked and says nothing is sent away, which is not the member's wish. Returns whether it is that. */
export function sentAway(state: CallState, channel: Channel): boolean {
  const leg = legOf(state, channel);
  const isAsked = leg !== undefined && isOpen(leg) && (leg.dialAnswered || channel.up);
  if (!isAsked || leg.requestedBy !== null) return false;
  leg.sentAway = true;
  return true;
}

/**
 * Whether the member, or the caller, has gone before the two could be put together. Settles the entry if so.
 * @param at the time of AgentConnect
 * @param member the channel that the queue has dialled: a phone, or the Local channel before it
 */
export function settleUnaccepted(
  step: Step,
  at: number,
  call: Call,
  entry: Entry,
  { leg, caller, member }: { leg: Leg; caller: Channel; member: Channel | undefined },
): boolean {
  if ((entry.outcome !== null && !entry.provisional) || !isOpen(leg)) return false;
  const phone = channelOf(step.state, leg.uniqueid);
  const goneAt = caller.requestedAt;
  const memberGoneAt = phone?.requestedAt ?? member?.requestedAt ?? null;
  const callerFirst = goneAt !== null && memberGoneAt !== null && goneAt < memberGoneAt;
  if (leg.sentAway === true || (memberGoneAt !== null && !callerFirst)) {
    leg.ringEndedAt ??= memberGoneAt ?? at;
    leaveRefused(step, call, entry, at);
    return true;
  }
  // Without the event of its leaving the line, the phone's answer tells since when the member is asked.
  entry.leftAt ??= phone?.pickedUpAt ?? null;
  if (goneAt === null || !askedFirst(entry, at)) return false;
  entry.leftAt = null;
  leaveEntry(step, call, entry, { at: goneAt, outcome: 'abandoned' });
  return true;
}

/** It was settled already that the two do not come together: AgentConnect comes all the same. */
export function isSettled(call: Call, leg: Leg | undefined): boolean {
  if (leg === undefined || leg.answeredAt !== null) return false;
  const entry = call.entries.find(({ key }) => key === leg.entry);
  return (
    entry !== undefined && !entry.provisional && /^(refused|(short-)?abandoned)$/.test(entry.outcome ?? '')
  );
}

/** The caller waited until the member did not accept. */
export function leaveRefused(step: Step, call: Call, entry: Entry, at: number): void {
  entry.leftAt = null;
  leaveEntry(step, call, entry, { at, outcome: 'refused' });
}

/** The caller's channel is gone and the queue has said no more of the member whom it asked: nobody accepted, unless that was said in a gap. */
export function wasRefused(call: Call, entry: Entry, at: number): boolean {
  if (entry.leftAt === null || signsMayBeLost(call, at)) return false;
  return call.legs.some(
    (leg) =>
      leg.entry === entry.key &&
      leg.dialAnswered &&
      leg.answeredAt === null &&
      (leg.sentAway === true || leg.requestedBy === 'agent'),
  );
}

/** Who has asked to hang up meets nobody any more, though a bridge may see both for a moment. */
export function isLeaving(channel: Channel | undefined): boolean {
  return channel === undefined || channel.requestedAt !== null;
}
