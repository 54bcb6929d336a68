import type { Interaction, Leg as LegRecord, Transfer } from '@ringdesk/shared/interaction';
import { callEnd, callOutcome } from './call-endings.ts';
import { entryOf } from './entries.ts';
import { legEndedBy, legOutcome } from './leg-endings.ts';
import type { Call, CallState, Leg } from './state.ts';
import { elapsed, iso } from './state.ts';

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}

/** The leg as it stands. Durations of what still goes on are null: the model has no clock to know them by. */
function legRecord(call: Call, leg: Leg): LegRecord {
  const ended = leg.endedAt !== null;
  const ringEnd = leg.answeredAt ?? leg.endedAt;
  const talked = ended && leg.answeredAt !== null;
  return {
    agent: leg.agent,
    device: leg.device,
    queue: leg.queue,
    offeredAt: iso(leg.offeredAt),
    answeredAt: isoOrNull(leg.answeredAt),
    endedAt: isoOrNull(leg.endedAt),
    ringMs: ringEnd === null ? null : elapsed(leg.offeredAt, ringEnd),
    talkMs: talked ? leg.talkMs : null,
    holdMs: talked ? leg.holdMs : null,
    wrapUpMs: null,
    outcome: legOutcome(call, leg),
    endedBy: ended ? legEndedBy(call, leg) : null,
    consultation: leg.consultation,
  };
}

/** A blind transfer names an extension. Nobody took it, but one agent alone was rung there: it was for that agent. */
function transferRecord(call: Call, transfer: Transfer, index: number): Transfer {
  const rung = call.legs.filter((leg) => !leg.consultation && iso(leg.offeredAt) >= transfer.at);
  const [agent, ...others] = new Set(rung.map((leg) => leg.agent));
  const isFor = index === call.untaken && transfer.kind === 'blind' && agent !== undefined;
  return isFor && others.length === 0 ? { ...transfer, to: agent } : { ...transfer };
}

/** The interaction as far as it is known; with `endedAt` it is the final record. */
export function recordOf(state: CallState, call: Call, endedAt: number | null): Interaction {
  const over = endedAt !== null;
  const first = call.entries.reduce<number | null>(
    (soonest, entry) => (soonest === null ? entry.enteredAt : Math.min(soonest, entry.enteredAt)),
    null,
  );
  return {
    id: call.id,
    pbx: state.options.pbx,
    channel: 'voice',
    direction: call.direction,
    ...call.party,
    customerId: null,
    startedAt: iso(call.startedAt),
    answeredAt: isoOrNull(call.answeredAt),
    endedAt: isoOrNull(endedAt),
    end: over ? callEnd(call, endedAt) : null,
    outcome: over ? callOutcome(state, call, endedAt) : null,
    ivrMs: ivrTime(call, first, endedAt),
    entries: [...call.entries].sort((a, b) => a.enteredAt - b.enteredAt).map(entryOf),
    legs: call.legs.map((leg) => legRecord(call, leg)),
    transfers: call.transfers.map((transfer, index) => transferRecord(call, transfer, index)),
    survey: call.score === null ? null : { score: call.score },
    recording: call.recording,
    callbackRequested: call.callbackRequested,
    timeline: call.timeline.map((item) => ({ ...item })),
    disposition: null,
    reason: null,
    note: null,
    requests: [],
    confidence: call.estimated || (call.clock?.backMs ?? 0) > 0 ? 'estimated' : 'live',
  };
}

/** Who meets the customer in a conference was rung by nobody. */
const wasRung = (leg: Leg) => leg.offeredAt !== leg.answeredAt;

/**
 * The time in a menu: from the start to the last choice before the first queue. A call that Asterisk answered and that reached neither a queue nor
 * a phone spent all its time there, until it was sent on outside, met a conference or left a message. A call that goes straight to a queue has no IVR
 * time, though its dialplan took milliseconds.
 */
function ivrTime(call: Call, firstEntry: number | null, endedAt: number | null): number {
  if (call.ivrChoiceAt !== null) {
    return elapsed(call.startedAt, Math.min(call.ivrChoiceAt, firstEntry ?? call.ivrChoiceAt));
  }
  const onlyMachine = call.upAt !== null && firstEntry === null && !call.legs.some(wasRung);
  if (!onlyMachine || call.direction !== 'inbound' || endedAt === null || call.voicemail) return 0;
  const until = call.metAt ?? endedAt;
  return call.upAt !== null && call.upAt < until ? elapsed(call.startedAt, until) : 0;
}
