import { frontOf, legBehind, wayTo } from './chain.ts';
import { isConsulting } from './consultation.ts';
import { dialledNumber, peerOf } from './device-names.ts';
import { waitingEntry } from './entries.ts';
import type { PbxEvent } from './events.ts';
import { goesElsewhere, ringsInstead, sentOn } from './forwarded.ts';
import { callOf, channelOf, join } from './identity.ts';
import { belongsTo, recognise } from './learn-phones.ts';
import { addLine, addPhone, answerLeg, offerLeg, openLegs, say } from './legs.ts';
import { pairUnheard } from './local-halves.ts';
import { calledParty, insideParty, partyOf } from './party.ts';
import { pickedUpUnsaid } from './pickup.ts';
import { movedOn } from './queue-exits.ts';
import type { Call, CallState, Channel, Leg, Step } from './state.ts';
import { iso, note } from './state.ts';
import { connected } from './talk.ts';
import { agentOf, isAgent } from './whose-phone.ts';

/** Who dials whom: a colleague, the phone behind a Local member, the outside world, or (click-to-call) the PBX an agent's phone. */

type Of<T extends PbxEvent['type']> = Extract<PbxEvent, { type: T }>;

export function dialBegan(step: Step, event: Of<'DialBegin'>): void {
  const { state } = step;
  const caller = channelOf(state, event.channel);
  const dialled = channelOf(state, event.dest);
  if (dialled === undefined) return;
  pairUnheard(step, event.at, caller);
  recognise(state, dialled, event.dialString, whoDials(state, caller));
  const call = caller === undefined ? callOf(state, dialled) : join(step, event.at, caller, dialled);
  if (call === undefined) return;
  if (caller !== undefined && dialled.dialledBy !== null) ringsOn(state, call, dialled);
  else if (caller !== undefined && dialled.up) {
    const isGone = ({ dialStatus }: Channel) => dialStatus === 'CANCEL';
    pickedUpUnsaid(step, event.at, call, { caller, taker: dialled }, isGone);
  }
  dialled.dialledBy = event.channel ?? 'pbx';
  if (caller !== undefined) movedOn(step, call, caller, event.at);
  if (!dialled.local && caller !== undefined) call.metAt ??= event.at;
  const sent = caller === undefined ? undefined : sentOn(call, caller);
  if (sent !== undefined && dialled.leg === null) ringsInstead(step, event.at, call, sent, dialled);
  else if (dialled.local) {
    // Click-to-call by another program: Local/1001@…, behind which the agent's phone is rung.
    if (event.channel === null && call.customer === null)
      directionOfOriginated(step, event.at, call, dialled);
  } else if (dialled.agent === null) dialledOutside(step, event, call, dialled);
  else if (dialled.leg === null) dialledAgent(step, event.at, call, dialled, dialled.agent);
}

/** The agent who dials, if one does; through whatever Local channels stand between. */
function whoDials(state: CallState, caller: Channel | undefined): string | null {
  if (caller?.local !== true) return caller?.agent ?? null;
  return frontOf(state, channelOf(state, caller.otherHalf ?? ''))?.agent ?? null;
}

/**
 * A ring that goes on for another caller (a transfer while it rings): Asterisk ends the first dial (DialEnd NOANSWER) and begins another of the same
 * channel. Nothing has ended.
 */
function ringsOn(state: CallState, call: Call, dialled: Channel): void {
  for (const id of call.channels) {
    const rung = channelOf(state, id);
    if (rung === undefined || rung.pickedUpAt !== null || !isOnWay(state, rung, dialled)) continue;
    rung.dialStatus = null;
    const leg = openLegs(call).find(({ key }) => key === rung.leg);
    if (leg !== undefined && leg.answeredAt === null)
      Object.assign(leg, { dialStatus: null, ringEndedAt: null });
  }
}

function isOnWay(state: CallState, rung: Channel, dialled: Channel): boolean {
  return rung === dialled || wayTo(state, rung).through.includes(dialled);
}

function dialledAgent(step: Step, at: number, call: Call, phone: Channel, agent: string): void {
  const { state } = step;
  const behind = legBehind(state, phone);
  if (behind !== undefined) {
    ringsBehind(step, at, call, behind, phone);
    return;
  }
  const ringing = sameRing(state, call, phone, agent);
  if (ringing !== undefined) {
    addPhone(call, ringing, phone);
    return;
  }
  if (call.customer === null) directionOfOriginated(step, at, call, phone);
  call.openTransfer = null;
  const caller = channelOf(state, phone.dialledBy);
  // A channel that waits in a queue dials for the queue alone: its AgentCalled, which comes first, was not heard.
  const entry = caller === undefined ? undefined : waitingEntry(call, caller.id, null);
  offerLeg(step, at, call, phone, {
    agent,
    device: phone.device,
    queue: entry?.queue ?? null,
    entry: entry?.key ?? null,
    consultation: entry?.consultation ?? (caller !== undefined && isConsulting(state, caller)),
  });
}

/** Another device, or another contact, of an agent whose phone rings already for the same caller: it is one ring. */
function sameRing(state: CallState, call: Call, phone: Channel, agent: string): Leg | undefined {
  const front = frontOf(state, phone);
  return openLegs(call).find((leg) => {
    const other = channelOf(state, leg.uniqueid);
    const rings = leg.agent === agent && leg.answeredAt === null && leg.queue === null;
    return rings && other !== undefined && other.dialStatus === null && frontOf(state, other) === front;
  });
}

/** A phone rings behind the Local channel of a leg: a device of the same agent, or a colleague to whom the dialplan leads. */
function ringsBehind(step: Step, at: number, call: Call, behind: Leg, phone: Channel): void {
  const { state } = step;
  const rung = behind.channels.some((id) => channelOf(state, id)?.local === false);
  // One that was sent on leads to anybody.
  const owner = rung || behind.forwarded ? null : belongsTo(state, phone, behind.agent);
  const agent = phone.agent ?? behind.agent;
  /** The queue may know its member by an interface that is nobody's, while the phone behind it is somebody's. */
  const isNobodys =
    agentOf(state, behind.device) === null || (owner !== null && !isAgent(state, behind.agent));
  if (behind.agent === agent) addPhone(call, behind, phone);
  else if (rung) {
    // A group behind one Local channel: each who is rung has a ring of the own.
    const { queue, entry, consultation } = behind;
    offerLeg(step, at, call, phone, { agent, device: phone.device, queue, entry, consultation });
  } else if (behind.forwarded || !isNobodys) {
    goesElsewhere(step, at, call, behind, phone, agent);
  } else {
    // The Local channel is named after no agent: its phone tells whose ring it is.
    addPhone(call, behind, phone);
    renamed(call, behind.entry, behind.agent, agent);
    behind.agent = agent;
    say(step, 'leg.offered', behind.offeredAt, call, behind);
  }
}

function renamed(call: Call, entry: number | null, from: string, to: string): void {
  const stay = call.entries.find((candidate) => candidate.key === entry);
  if (stay?.agent === from) stay.agent = to;
}

/** Click-to-call goes outside, so far as is known, until it dials a colleague. `rung`: whom the PBX, or the agent's phone, has dialled. */
function directionOfOriginated(step: Step, at: number, call: Call, rung: Channel): void {
  const { through, front, byPbx } = wayTo(step.state, rung);
  if (byPbx) {
    if (call.originated) return;
    call.originated = true;
    call.direction = 'outbound';
    call.party = calledParty(step.state, call.goal);
  } else if (call.originated && front?.id === call.initiator && call.direction === 'outbound') {
    const agent = speaker(step.state, front);
    call.direction = 'internal';
    const party = insideParty(agent ?? front);
    // A Local half has its own number for extension, not the one that it calls.
    call.party = front.local ? { ...party, did: extensionOf(through.at(-1) ?? rung) } : party;
    // Behind a Local channel it is the agent's phone that calls.
    call.initiator = agent?.id ?? call.initiator;
  } else return;
  step.out.push({ type: 'call.party', at: iso(at), callId: call.id, party: partyOf(call) });
}

/** The number that was dialled to reach this phone, or a Local channel on the way to it. */
function extensionOf(rung: Channel): string | null {
  return rung.agent ?? peerOf(rung.device);
}

/** The first outside party of a call without a customer is its customer; a later one is somebody the customer is passed on to. */
function dialledOutside(step: Step, event: Of<'DialBegin'>, call: Call, line: Channel): void {
  const { state } = step;
  line.number = dialledNumber(event.dialString) ?? line.number;
  const behind = legBehind(state, line);
  if (behind !== undefined) {
    // The agent's other phone, not another party.
    addLine(behind, line);
    return;
  }
  const next = call.customer !== line.id && isNextAttempt(state, call);
  if (call.customer !== null && call.customer !== line.id && !next) return;
  const isNew = call.direction !== 'outbound' || call.customer === null || next;
  if (next) Object.assign(call, { dialStatus: null, customerHungUpAt: null, customerRequestedAt: null });
  call.customer = line.id;
  call.direction = 'outbound';
  const raw = dialledNumber(event.dialString) ?? call.goal;
  call.party = calledParty(state, raw, line.device);
  if (isNew) {
    step.out.push({ type: 'call.party', at: iso(event.at), callId: call.id, party: partyOf(call) });
    note(call, event.at, 'call.dialled');
  }
  const agent = speaker(state, frontOf(state, line));
  if (agent !== undefined) ownLeg(step, call, agent);
}

/** The line that was tried first is gone, unanswered: the dialplan tries another one (a second trunk). */
function isNextAttempt(state: CallState, call: Call): boolean {
  if (call.direction !== 'outbound' || call.answeredAt !== null) return false;
  return call.customerHungUpAt !== null && channelOf(state, call.customer) === undefined;
}

/** The agent's phone that dials: the caller itself, or (behind a Local channel) the one at its other end. */
function speaker(state: CallState, front: Channel | null): Channel | undefined {
  if (front === null) return undefined;
  if (front.agent !== null) return front;
  if (!front.local) return undefined;
  const group = [...connected(state, front.id)].map((id) => channelOf(state, id));
  return group.find((channel) => channel?.agent != null);
}

/** The agent's own end of an outgoing call: it rang nowhere, the agent is there from the start. */
function ownLeg(step: Step, call: Call, phone: Channel): void {
  const { agent } = phone;
  if (agent === null || phone.leg !== null) return;
  const leg = offerLeg(step, phone.createdAt, call, phone, {
    agent,
    device: phone.device,
    queue: null,
    entry: null,
    consultation: isConsulting(step.state, phone),
  });
  answerLeg(step, phone.createdAt, call, leg);
}
