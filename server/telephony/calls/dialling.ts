import { isConsulting } from './consultation.ts';
import { waitingEntry } from './entries.ts';
import type { PbxEvent } from './events.ts';
import { onlyColleagues, takenByOne } from './forked.ts';
import { ringsInstead, sentOn } from './forwarded.ts';
import { callOf, channelOf, join } from './identity.ts';
import { addLine, addPhone, answerLeg, legOf, offerLeg } from './legs.ts';
import { calledParty, dialledNumber, insideParty, partyOf } from './party.ts';
import { movedOn } from './queue-exits.ts';
import type { Call, CallState, Channel, Leg, Step } from './state.ts';
import { iso, note } from './state.ts';
import { connected, reckon } from './talk.ts';

/** Who dials whom: a colleague, the phone behind a Local member, the outside world, or (click-to-call) the PBX an agent's phone. */

type Of<T extends PbxEvent['type']> = Extract<PbxEvent, { type: T }>;

export function dialBegan(step: Step, event: Of<'DialBegin'>): void {
  const { state } = step;
  const caller = channelOf(state, event.channel);
  const dialled = channelOf(state, event.dest);
  if (dialled === undefined) return;
  const call = caller === undefined ? callOf(state, dialled) : join(step, event.at, caller, dialled);
  if (call === undefined) return;
  dialled.dialledBy = event.channel ?? 'pbx';
  if (caller !== undefined) movedOn(step, call, caller, event.at);
  const sent = caller === undefined ? undefined : sentOn(call, caller);
  if (sent !== undefined && dialled.leg === null) ringsInstead(step, event.at, call, sent, dialled);
  else if (dialled.local) {
    // Click-to-call by another program: Local/1001@…, behind which the agent's phone is rung.
    if (event.channel === null && call.customer === null) directionOfOriginated(step, event.at, call, caller);
  } else if (dialled.agent === null) dialledOutside(step, event, call, caller, dialled);
  else if (dialled.leg === null) dialledAgent(step, event, call, caller, dialled, dialled.agent);
}

function dialledAgent(
  step: Step,
  { at, channel: dialler }: Of<'DialBegin'>,
  call: Call,
  caller: Channel | undefined,
  phone: Channel,
  agent: string,
): void {
  const behind = legBehind(step.state, caller);
  if (behind !== undefined) {
    if (behind.forwarded && behind.agent !== agent) ringsInstead(step, at, call, behind, phone);
    else addPhone(call, behind, phone);
    return;
  }
  // Whose channel it is that dials was not heard: by no means nobody's.
  const known = caller !== undefined || dialler === null;
  if (call.customer === null && known) directionOfOriginated(step, at, call, caller);
  call.openTransfer = null;
  // A channel that waits in a queue dials for the queue alone: its AgentCalled, which comes first, was not heard.
  const entry = caller === undefined ? undefined : waitingEntry(call, caller.id, null);
  offerLeg(step, at, call, phone, {
    agent,
    device: phone.device,
    queue: entry?.queue ?? null,
    entry: entry?.key ?? null,
    consultation: entry?.consultation ?? (caller !== undefined && isConsulting(step.state, caller)),
  });
}

/** The leg of the Local channel through which this one dials: a Local member's, or one that was sent on. */
function legBehind(state: CallState, caller: Channel | undefined): Leg | undefined {
  const leg = legOf(state, channelOf(state, caller?.otherHalf ?? null));
  return leg !== undefined && leg.answeredAt === null && leg.endedAt === null ? leg : undefined;
}

/** Click-to-call goes outside, so far as is known, until it dials a colleague. */
function directionOfOriginated(step: Step, at: number, call: Call, caller: Channel | undefined): void {
  if (caller === undefined) {
    if (call.originated) return;
    call.originated = true;
    call.direction = 'outbound';
    call.party = calledParty(step.state, call.goal);
  } else if (call.originated && caller.id === call.initiator && call.direction === 'outbound') {
    call.direction = 'internal';
    call.party = insideParty(caller);
  } else return;
  step.out.push({ type: 'call.party', at: iso(at), callId: call.id, party: partyOf(call) });
}

/** The first outside party of a call without a customer is its customer; a later one is somebody the customer is passed on to. */
function dialledOutside(
  step: Step,
  event: Of<'DialBegin'>,
  call: Call,
  caller: Channel | undefined,
  line: Channel,
): void {
  line.number = dialledNumber(event.dialString) ?? line.number;
  const behind = legBehind(step.state, caller);
  if (behind !== undefined) {
    // The agent's other phone, not another party.
    addLine(behind, line);
    return;
  }
  if (call.customer !== null && call.customer !== line.id) return;
  const isNew = call.direction !== 'outbound' || call.customer === null;
  call.customer = line.id;
  call.direction = 'outbound';
  const raw = dialledNumber(event.dialString) ?? call.goal;
  call.party = calledParty(step.state, raw, line.device);
  if (isNew) {
    step.out.push({ type: 'call.party', at: iso(event.at), callId: call.id, party: partyOf(call) });
    note(call, event.at, 'call.dialled');
  }
  const agent = caller === undefined ? undefined : dialler(step, caller);
  if (agent !== undefined) ownLeg(step, call, agent);
}

/** The agent's phone that dials: the caller itself, or (through a Local channel) the one at the other end. */
function dialler(step: Step, caller: Channel): Channel | undefined {
  if (caller.agent !== null) return caller;
  if (!caller.local) return undefined;
  const group = [...connected(step.state, caller.id)].map((id) => channelOf(step.state, id));
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

export function dialEnded(step: Step, event: Of<'DialEnd'>): void {
  const { state } = step;
  const dialled = channelOf(state, event.dest);
  const call = callOf(state, dialled);
  if (dialled === undefined || call === undefined) return;
  // A colleague who picks the call up, and the Local channel of an attended transfer, are dialled by nobody and answer all the same.
  const unheard = dialled.dialledBy === null && dialled.leg === null && !dialled.local;
  if (unheard) dialUnheard(step, event, call, dialled);
  const leg = legOf(state, dialled);
  if (event.status === 'ANSWER') {
    const line = channelOf(state, call.customer);
    if (leg !== undefined && line?.dialledBy === dialled.dialledBy && line !== undefined) {
      onlyColleagues(step, event.at, call, line);
    }
    takenByOne(state, call, dialled);
  }
  if (leg !== undefined) legDialled(step, event, call, leg);
  else if (event.status === 'ANSWER' && call.direction === 'inbound' && isOutside(dialled)) {
    // Sent on to somebody outside: answered, though by no agent.
    call.answeredAt ??= event.at;
  } else if (dialled.id === call.customer) {
    call.dialStatus ??= event.status;
    if (event.status === 'ANSWER') customerAnswered(step, event.at, call);
  }
}

/** A dial that ends has begun, heard or not: since there was the channel, for all that is known. Which number was dialled stays unknown. */
function dialUnheard(step: Step, event: Of<'DialEnd'>, call: Call, dialled: Channel): void {
  call.estimated = true;
  const { channel, dest } = event;
  const at = dialled.createdAt;
  dialBegan(step, { type: 'DialBegin', at, channel, dest, dialString: null, presentation: null });
}

function isOutside(channel: Channel): boolean {
  return channel.agent === null && !channel.local;
}

function customerAnswered(step: Step, at: number, call: Call): void {
  if (call.answeredAt !== null) return;
  call.answeredAt = at;
  if (call.direction === 'outbound') step.out.push({ type: 'call.answered', at: iso(at), callId: call.id });
}

/** DialEnd comes twice for a leg that is given up; the first one counts. */
function legDialled(step: Step, event: Of<'DialEnd'>, call: Call, leg: Leg): void {
  if (event.forward !== null) {
    if (leg.uniqueid === event.dest) leg.forwardedFrom = event.channel;
    return;
  }
  if (event.status !== 'ANSWER') {
    leg.dialStatus ??= event.status;
    if (leg.answeredAt === null) leg.ringEndedAt ??= event.at;
    return;
  }
  leg.dialAnswered = true;
  if (leg.queue === null) {
    answerLeg(step, event.at, call, leg);
    reckon(step, event.at, call);
    return;
  }
  for (const other of call.legs) {
    if (other.entry === leg.entry && other !== leg && other.endedAt === null) other.takenElsewhere = true;
  }
}
