import { callOf, channelOf } from './identity.ts';
import { openLegs, say, takenBy } from './legs.ts';
import type { Call, CallState, Leg, Step } from './state.ts';
import { elapsed } from './state.ts';

/**
 * Who talks with whom. Two channels are connected when a path of bridges and Local halves leads from one to the other, so a member behind a Local
 * channel, optimised away or not, talks from the moment the customer is really on the line. An agent's leg counts `talk` while connected with
 * the customer and `hold` while the agent has the customer on hold, also when the agent's own channel has gone to another bridge to consult.
 */

/** All channels connected with this one, itself included. Parking lots connect nobody. */
export function connected(state: CallState, from: string): Set<string> {
  const found = new Set<string>();
  const next = [from];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (found.has(id)) continue;
    const channel = channelOf(state, id);
    if (channel === undefined) continue;
    found.add(id);
    if (channel.otherHalf !== null) next.push(channel.otherHalf);
    const bridge = channel.bridge === null ? undefined : state.data.bridges.get(channel.bridge);
    if (bridge !== undefined && !bridge.holding) next.push(...bridge.members);
  }
  return found;
}

/** Counts anew who is connected, after a bridge, a Local pair or a hold has changed. */
export function reckon(step: Step, at: number, call: Call): void {
  const legs = openLegs(call).filter((leg) => leg.answeredAt !== null);
  if (legs.length === 0) return;
  const withCustomer = call.customer === null ? null : connected(step.state, call.customer);
  const partner = channelOf(step.state, call.customer ?? call.initiator);
  for (const leg of legs) {
    if (withCustomer !== null && mayTakeOver(call, leg) && reaches(withCustomer, leg)) {
      takeOver(step, at, call, leg);
    }
    const on = isConnected(step.state, leg, withCustomer);
    const held = leg.channels.some((id) => channelOf(step.state, id)?.heldAt != null);
    // A program may connect a customer with an agent whom it had called by itself.
    if (on && withCustomer !== null && !leg.consultation && call.direction === 'inbound')
      call.answeredAt ??= at;
    // An agent who has put the customer on hold and then left the bridge is consulting, not gone.
    if (on) setPhase(leg, at, held ? 'hold' : 'talk');
    else setPhase(leg, at, held && leg.phase !== 'off' && partner !== undefined ? 'hold' : 'off');
  }
}

/** An agent who calls somebody outside for advice does not take over: the line is the agent's own. */
function mayTakeOver(call: Call, leg: Leg): boolean {
  return leg.consultation && leg.uniqueid !== call.initiator;
}

function reaches(group: Set<string>, leg: Leg): boolean {
  return leg.channels.some((id) => group.has(id));
}

function isConnected(state: CallState, leg: Leg, withCustomer: Set<string> | null): boolean {
  if (withCustomer !== null && !leg.consultation) return reaches(withCustomer, leg);
  // Inside calls and consultations: anybody at the other end will do.
  const phone = leg.uniqueid;
  if (phone === null) return false;
  for (const id of connected(state, phone)) {
    if (leg.channels.includes(id)) continue;
    if (channelOf(state, id)?.local === false) return true;
  }
  return false;
}

/** A consulted colleague got the customer: from here on it is a leg of the customer's, with its own talk from zero. */
function takeOver(step: Step, at: number, call: Call, leg: Leg): void {
  leg.consultation = false;
  leg.talkMs = 0;
  leg.holdMs = 0;
  leg.phase = 'off';
  call.answeredAt ??= at;
  takenBy(call, leg.agent);
  say(step, 'leg.answered', at, call, leg);
}

export function setPhase(leg: Leg, at: number, phase: Leg['phase']): void {
  if (phase === leg.phase) return;
  const spent = elapsed(leg.phaseAt, at);
  if (leg.phase === 'talk') leg.talkMs += spent;
  if (leg.phase === 'hold') leg.holdMs += spent;
  if (leg.phase !== 'off' && phase === 'off') leg.partedAt = at;
  leg.phase = phase;
  leg.phaseAt = at;
}

/**
 * Bridges in which channels wait side by side and do not hear each other: parking lots, agents logged in by AgentLogin(), and what programs (ARI) and
 * BridgeWait() make of the same technology.
 */
const holdingTypes: ReadonlySet<string> = new Set(['parking', 'agent_hold']);

export function enterBridge(
  step: Step,
  at: number,
  id: string,
  bridgeId: string,
  kind: { type: string; technology?: string | undefined },
): void {
  const { state } = step;
  const holding = holdingTypes.has(kind.type) || kind.technology === 'holding_bridge';
  const channel = channelOf(state, id);
  if (channel === undefined || channel.bridge === bridgeId) return;
  if (channel.bridge !== null) leaveBridge(step, at, id, channel.bridge);
  const bridge = state.data.bridges.get(bridgeId) ?? { members: [], holding };
  bridge.members.push(id);
  state.data.bridges.set(bridgeId, bridge);
  channel.bridge = bridgeId;
}

/** Takes a channel out of its bridge. Who leaves first says nothing about who ended the talk: AMI promises no order. */
export function leaveBridge(step: Step, at: number, id: string, bridgeId: string): void {
  const { state } = step;
  const channel = channelOf(state, id);
  if (channel?.bridge !== bridgeId) return;
  const call = callOf(state, channel);
  channel.bridge = null;
  const bridge = state.data.bridges.get(bridgeId);
  if (bridge === undefined) return;
  bridge.members = bridge.members.filter((member) => member !== id);
  if (bridge.members.length === 0) state.data.bridges.delete(bridgeId);
  if (call !== undefined) reckon(step, at, call);
}
