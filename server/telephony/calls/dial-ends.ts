import { farEnds, frontOf, isAccepted, wayTo } from './chain.ts';
import { dialBegan } from './dialling.ts';
import { waitingEntry } from './entries.ts';
import type { PbxEvent } from './events.ts';
import { onlyColleagues, takenByOne } from './forked.ts';
import { callOf, channelOf } from './identity.ts';
import { endLeg } from './leg-endings.ts';
import { answerLeg, legOf, takenBy } from './legs.ts';
import { pickedUpUnsaid } from './pickup.ts';
import type { Call, CallState, Channel, Leg, Step } from './state.ts';
import { elapsed, iso } from './state.ts';
import { reckon } from './talk.ts';

/** How dials end: accepted, when every dial on the way to a phone was answered; given up, when one of them was. */

type Of<T extends PbxEvent['type']> = Extract<PbxEvent, { type: T }>;

export function dialEnded(step: Step, event: Of<'DialEnd'>): void {
  const { state } = step;
  const dialled = channelOf(state, event.dest);
  const call = callOf(state, dialled);
  if (dialled === undefined || call === undefined) return;
  const caller = channelOf(state, event.channel);
  if (!dialled.local && caller !== undefined && callOf(state, caller) !== call) {
    takesPlace(step, event, caller, dialled);
    return;
  }
  // Such a colleague, and the Local channel of an attended transfer, are dialled by nobody and answer all the same.
  const unheard = dialled.dialledBy === null && dialled.leg === null && !dialled.local;
  if (unheard) dialUnheard(step, event, call, dialled);
  dialled.dialledBy ??= event.channel ?? 'pbx';
  if (event.forward !== null) {
    const leg = legOf(state, dialled);
    if (leg?.uniqueid === event.dest) leg.forwardedFrom = event.channel;
    return;
  }
  const ends = farEnds(state, call, dialled);
  if (event.status === 'ANSWER') {
    dialled.pickedUpAt ??= event.at;
    for (const end of ends) if (isAccepted(state, end)) accepted(step, acceptedAt(end, event.at), call, end);
  } else for (const end of ends) givenUp(state, event, call, end);
}

/** A colleague who picks the call up has called by itself and takes another's place; Pickup, if it comes, says so a moment before or after. */
function takesPlace(step: Step, event: Of<'DialEnd'>, caller: Channel, taker: Channel): void {
  const call = callOf(step.state, caller);
  const isTaken = event.status === 'ANSWER' && taker.up && taker.dialledBy === null;
  if (call === undefined || !isTaken) return;
  const rings = ({ dialStatus, pickedUpAt }: Channel) => dialStatus === null && pickedUpAt === null;
  pickedUpUnsaid(step, event.at, call, { caller, taker }, rings);
}

/** A dial that ends has begun, heard or not: since there was the channel, for all that is known. Which number was dialled stays unknown. */
function dialUnheard(step: Step, event: Of<'DialEnd'>, call: Call, dialled: Channel): void {
  call.estimated = true;
  const { channel, dest } = event;
  const at = dialled.createdAt;
  dialBegan(step, { type: 'DialBegin', at, channel, dest, dialString: null, presentation: null });
}

/** The dials in a row end within milliseconds, and the first says when the phone was answered; what takes longer is a person who is asked to accept. */
const SAME_MOMENT_MS = 1000;

function acceptedAt(end: Channel, at: number): number {
  return end.pickedUpAt !== null && elapsed(end.pickedUpAt, at) <= SAME_MOMENT_MS ? end.pickedUpAt : at;
}

function accepted(step: Step, at: number, call: Call, end: Channel): void {
  const { state } = step;
  const leg = legOf(state, end);
  const line = channelOf(state, call.customer);
  if (leg !== undefined && line !== undefined && isSameDial(state, line, end)) {
    onlyColleagues(step, at, call, line);
  }
  takenByOne(state, call, end);
  if (leg !== undefined) legAccepted(step, at, call, leg, end);
  else if (end.agent === null && !end.local) lineAccepted(step, at, call, end);
}

function isSameDial(state: CallState, a: Channel, b: Channel): boolean {
  const front = wayTo(state, a).front;
  return front !== null && front === wayTo(state, b).front;
}

function lineAccepted(step: Step, at: number, call: Call, line: Channel): void {
  const named = call.transfers[call.untaken ?? -1]?.to ?? null;
  // It may have been named with the prefix for lines outside.
  takenBy(call, line.number !== null && named?.endsWith(line.number) === true ? named : line.number);
  if (call.direction === 'inbound') {
    // Sent on to somebody outside: answered, though by no agent.
    call.answeredAt ??= at;
  } else if (line.id === call.customer) {
    call.dialStatus ??= 'ANSWER';
    if (call.answeredAt !== null) return;
    call.answeredAt = at;
    if (call.direction === 'outbound') step.out.push({ type: 'call.answered', at: iso(at), callId: call.id });
  }
}

function legAccepted(step: Step, at: number, call: Call, leg: Leg, phone: Channel): void {
  leg.dialAnswered = true;
  takenAt(step, at, call, leg, phone);
  const front = frontOf(step.state, phone);
  // Who waits in a queue dials for the queue alone, which has not been heard to speak of this member: AgentConnect tells who is put through.
  const isQueues = front !== null && waitingEntry(call, front.id, null) !== undefined;
  if (leg.queue === null && !isQueues) {
    answerLeg(step, at, call, leg);
    reckon(step, at, call);
    return;
  }
  for (const other of call.legs) {
    if (other.entry === leg.entry && other !== leg && other.endedAt === null) other.takenElsewhere = true;
  }
}

/** Of the agent's devices this one took the call; and of those rung behind one Local channel, whose leg has it. */
function takenAt(step: Step, at: number, call: Call, leg: Leg, phone: Channel): void {
  const { state } = step;
  leg.uniqueid = phone.id;
  leg.channelName = phone.name;
  if (phone.agent !== null) leg.device = phone.device;
  for (const half of wayTo(state, phone).through) {
    const other = legOf(state, half);
    if (other === undefined || other === leg || other.answeredAt !== null) continue;
    half.leg = leg.key;
    leg.channels.push(half.id);
    other.channels = other.channels.filter((id) => id !== half.id);
    if (other.channels.length === 0) endLeg(step, at, call, other);
  }
}

/** DialEnd comes twice for a channel that is given up; the first one counts. Of an agent's several devices the last one decides. */
function givenUp(state: CallState, event: Of<'DialEnd'>, call: Call, end: Channel): void {
  if (end.dialStatus !== null) return;
  end.dialStatus = event.status;
  const leg = legOf(state, end);
  if (leg === undefined) {
    if (end.id === call.customer || call.direction === 'inbound') call.dialStatus ??= event.status;
    return;
  }
  const rings = (id: string) => {
    const other = channelOf(state, id);
    return other !== undefined && other !== end && !other.local && other.dialStatus === null;
  };
  if (leg.answeredAt !== null || leg.channels.some(rings)) return;
  leg.dialStatus ??= event.status;
  leg.ringEndedAt ??= event.at;
}
