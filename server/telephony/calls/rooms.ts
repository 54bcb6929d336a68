import { callOf, channelOf, join, standApart } from './identity.ts';
import { answerLeg, legOf, offerLeg } from './legs.ts';
import type { Call, CallState, Channel, Step } from './state.ts';
import { enterBridge, leaveBridge } from './talk.ts';

/**
 * Conferences. Who is in a room talks with all who are, and the calls of those who came are left apart: they have nothing else in common. An agent who
 * meets a customer there is on that customer's call, as who fetches one from a parking lot; with several customers, on that of the first. Talk is
 * counted once.
 */

/** Somebody has come in. Returns the calls that are over by that: those of customers who left agents behind who now meet the next one. */
export function metInRoom(step: Step, at: number, members: readonly string[]): Call[] {
  const { state } = step;
  const present = members.flatMap((id) => channelOf(state, id) ?? []);
  const agents = present.filter(({ agent }) => agent !== null);
  const over: Call[] = [];
  for (const customer of present.filter((channel) => isCustomer(state, channel))) {
    const call = callOf(state, customer);
    if (agents.length === 0 || call === undefined) continue;
    if (call.direction === 'inbound') call.answeredAt ??= at;
    for (const agent of agents) {
      const left = leftBehind(step, at, agent);
      if (left !== undefined) over.push(left);
      if (mayCome(state, call, agent)) comeIn(step, at, customer, agent);
    }
  }
  return over;
}

function isCustomer(state: CallState, channel: Channel): boolean {
  return callOf(state, channel)?.customer === channel.id;
}

/** The customer whom the agent met here is gone. */
function leftBehind(step: Step, at: number, agent: Channel): Call | undefined {
  const call = callOf(step.state, agent);
  const gone = call !== undefined && call.customer !== null && call.customerHungUpAt !== null;
  return gone ? standApart(step, at, agent) : undefined;
}

/** An agent who dialled into the room, or was called by a program to come, and has nobody else; or one on the customer's call already, without a leg. */
function mayCome(state: CallState, call: Call, agent: Channel): boolean {
  const own = callOf(state, agent);
  if (own === undefined) return false;
  // The second line of who is about to give the customer away: the leg is that of the first.
  if (call.legs.some((leg) => leg.endedAt === null && leg.agent === agent.agent)) return false;
  if (own === call) return agent.leg === null;
  return own.customer === null && own.entries.length === 0 && own.legs.every((leg) => leg.key === agent.leg);
}

function comeIn(step: Step, at: number, customer: Channel, agent: Channel): void {
  const known = legOf(step.state, agent);
  // What was said in the room before the customer came was among colleagues: the talk begins anew.
  if (known !== undefined) known.consultation = true;
  const call = join(step, at, customer, agent);
  if (call === undefined || known !== undefined) return;
  talksFromNowOn(step, at, call, agent);
}

/** Nobody's phone rang: a leg of talk only. */
export function talksFromNowOn(step: Step, at: number, call: Call, agent: Channel): void {
  if (agent.agent === null) return;
  const leg = offerLeg(step, at, call, agent, {
    agent: agent.agent,
    device: agent.device,
    queue: null,
    entry: null,
    consultation: false,
  });
  answerLeg(step, at, call, leg);
}

/** The customer takes the place of an agent's second line in a room: Asterisk says so of neither. */
export function takeSeat(step: Step, at: number, second: Channel, customer: Channel): void {
  const { state } = step;
  const room = second.bridge;
  if (room === null || state.data.bridges.get(room)?.holding !== false) return;
  leaveBridge(step, at, second.id, room);
  enterBridge(step, at, customer.id, room, { type: 'base' });
  metInRoom(step, at, state.data.bridges.get(room)?.members ?? []);
}
