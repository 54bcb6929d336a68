import type { EndedBy, InteractionOutcome } from '@ringdesk/shared/interaction';
import { legEndedBy, legOutcome } from './leg-endings.ts';
import type { Call, CallState, Entry, Leg } from './state.ts';
import { elapsed } from './state.ts';

/** What became of the whole call, once its last channel is gone. Pure: nothing here changes the call. */

/** An ending takes some milliseconds, and in any order; what happens within this time of the end of a talk is the same ending. */
const SAME_MOMENT_MS = 1000;

/**
 * Who or what ended it. The talk's own end, when nothing came after; the caller, whose phone hung up in a queue, a survey or a voicemail; otherwise
 * the dialplan or Asterisk (`system`).
 */
export function callEnd(call: Call, endedAt: number): EndedBy {
  if (call.lost) return 'unknown';
  const last = call.legs
    .filter((leg) => leg.answeredAt !== null && !leg.consultation)
    // Between colleagues the called one's end counts: there `caller` is who dialled.
    .filter((leg) => call.customer !== null || leg.uniqueid !== call.initiator)
    .reduce<Leg | null>((a, leg) => (a === null || (leg.endedAt ?? 0) >= (a.endedAt ?? 0) ? leg : a), null);
  const talkEnd = last?.endedAt ?? null;
  const over = call.customerHungUpAt ?? endedAt;
  const talked = last !== null && last.partedAt !== null;
  if (talked && talkEnd !== null && elapsed(talkEnd, over) <= SAME_MOMENT_MS)
    return legEndedBy(call, last) ?? 'unknown';
  // After a gap the sign may have been in it.
  const nobody = call.estimated ? 'unknown' : 'system';
  if (call.direction === 'inbound') return call.customerRequestedAt === null ? nobody : 'caller';
  if (call.direction === 'internal') return call.initiatorRequestedAt === null ? nobody : 'caller';
  return firstToAsk(call) ?? nobody;
}

/** Of an outgoing call that came to no talk: the agent gave up, the called phone refused, or Asterisk's time limit ended it. */
function firstToAsk(call: Call): EndedBy | null {
  const { customerRequestedAt: called, initiatorRequestedAt: agent } = call;
  if (called === null && agent === null) return null;
  if (called === null) return 'agent';
  return agent === null || called <= agent ? 'caller' : 'agent';
}

/** Null when the sign of it may have been in a gap (a crash, a lost link): the proof fills it in. */
export function callOutcome(state: CallState, call: Call, endedAt: number): InteractionOutcome | null {
  if (call.direction !== 'inbound') return outgoingOutcome(call);
  if (call.answeredAt !== null) return 'answered';
  if (call.callbackRequested) return 'callback';
  if (call.voicemail) return 'voicemail';
  const last = lastOf(call.entries);
  if (last !== undefined) return entryAsCall(last);
  return call.estimated ? null : directOutcome(state, call, endedAt);
}

function lastOf(entries: Entry[]): Entry | undefined {
  return entries
    .filter((entry) => !entry.consultation)
    .sort((a, b) => a.enteredAt - b.enteredAt)
    .at(-1);
}

function entryAsCall(entry: Entry): InteractionOutcome | null {
  switch (entry.outcome) {
    case null:
    case 'unknown':
      return null;
    case 'answered':
    case 'abandoned':
    case 'short-abandoned':
    case 'callback':
      return entry.outcome;
    default:
      return 'flowed-out';
  }
}

/** A call that never saw a queue: it rang at phones, or met only a machine, or nothing at all. */
function directOutcome(state: CallState, call: Call, endedAt: number): InteractionOutcome {
  const last = call.legs.at(-1);
  if (last === undefined && call.dialStatus !== null) return sentOnOutcome(state, call, endedAt);
  if (last === undefined) return call.upAt === null ? 'failed' : 'flowed-out';
  const outcome = legOutcome(call, last);
  if (outcome === 'busy' || outcome === 'declined') return 'busy';
  if (outcome === 'unreachable') return 'failed';
  return outcome === 'caller-left' ? gaveUp(state, call, endedAt) : 'no-answer';
}

/** It rang outside only (a mobile), where nobody accepted it. */
function sentOnOutcome(state: CallState, call: Call, endedAt: number): InteractionOutcome {
  if (call.customerRequestedAt !== null) return gaveUp(state, call, endedAt);
  if (call.dialStatus === 'BUSY') return 'busy';
  return /^(CHANUNAVAIL|CONGESTION)$/.test(call.dialStatus ?? '') ? 'failed' : 'no-answer';
}

function gaveUp(state: CallState, call: Call, endedAt: number): InteractionOutcome {
  const short = elapsed(call.startedAt, endedAt) <= state.options.shortAbandonMs;
  return short ? 'short-abandoned' : 'abandoned';
}

const byDialStatus: Readonly<Record<string, InteractionOutcome>> = {
  BUSY: 'busy',
  NOANSWER: 'no-answer',
  CANCEL: 'no-answer',
};

/** Of an outgoing call: the outside party's answer counts. An agent's own phone that did not answer a click-to-call is a failed attempt. */
function outgoingOutcome(call: Call): InteractionOutcome | null {
  if (call.answeredAt !== null) return 'answered';
  if (call.estimated) return null;
  if (call.customer !== null) return byDialStatus[call.dialStatus ?? ''] ?? 'failed';
  if (call.originated) return 'failed';
  const last = call.legs.at(-1);
  if (last === undefined) return call.direction === 'internal' ? queueless(call) : 'failed';
  const outcome = legOutcome(call, last);
  if (outcome === 'busy' || outcome === 'declined') return 'busy';
  return outcome === 'unreachable' ? 'failed' : 'no-answer';
}

/** An inside caller who met only a queue, a menu or a feature code. */
function queueless(call: Call): InteractionOutcome | null {
  const entry = call.entries.at(-1);
  return entry === undefined ? 'flowed-out' : entryAsCall(entry);
}
