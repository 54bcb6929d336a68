import type { QueueMember } from '@ringdesk/shared/call-events';
import type { MemberFacts, PbxEvent } from './events.ts';
import { indexMember } from './phone-facts.ts';
import type { CallState, Step } from './state.ts';
import { iso } from './state.ts';
import { agentOf, memberAgent } from './whose-phone.ts';

/** Queue members and the state of agents' phones. Asterisk repeats itself a lot here; only changes are passed on. */

type Of<T extends PbxEvent['type']> = Extract<PbxEvent, { type: T }>;

function keyOf(queue: string, device: string): string {
  return `${queue}\n${device}`;
}

export function memberChanged(step: Step, at: number, facts: MemberFacts): void {
  const { members } = step.state.data;
  const { queue, device, name, paused, penalty, state } = facts;
  const known = members.get(keyOf(queue, device));
  const stateDevice = facts.stateDevice ?? known?.stateDevice ?? null;
  if (known?.stateDevice !== stateDevice) {
    if (known !== undefined) indexMember(step.state, known, -1);
    indexMember(step.state, { device, stateDevice }, 1);
  }
  // An un-paused member keeps no reason, whatever Asterisk still says.
  const pausedReason = paused ? facts.pausedReason : null;
  const agent = memberAgent(step.state, device);
  const next = { queue, device, name, paused, pausedReason, penalty, state, agent, stateDevice };
  if (known === undefined || !isSame(known, next)) tellMember(step, at, next);
}

function tellMember(step: Step, at: number, next: Kept): void {
  step.state.data.members.set(keyOf(next.queue, next.device), next);
  const { stateDevice: _, ...member } = next;
  step.out.push({ type: 'member.changed', at: iso(at), member });
}

type Kept = QueueMember & { stateDevice: string | null };

function isSame(a: Kept, b: Kept): boolean {
  return (
    a.state === b.state &&
    a.paused === b.paused &&
    a.pausedReason === b.pausedReason &&
    a.penalty === b.penalty &&
    a.name === b.name &&
    a.agent === b.agent &&
    a.stateDevice === b.stateDevice
  );
}

export function memberRemoved(step: Step, event: Of<'MemberRemoved'>): void {
  const key = keyOf(event.queue, event.device);
  const known = step.state.data.members.get(key);
  if (known === undefined) return;
  step.state.data.members.delete(key);
  indexMember(step.state, known, -1);
  const { queue, device, agent } = known;
  step.out.push({ type: 'member.removed', at: iso(event.at), queue, device, agent });
}

/** Only agents' phones are told of: trunks and Asterisk's own `Queue:sales` change with every call and concern nobody. */
export function deviceChanged(step: Step, event: Of<'Device'>): void {
  const { devices } = step.state.data;
  const { device, state, at } = event;
  if (!device.includes('/') || device.includes(':') || devices.get(device) === state) return;
  devices.set(device, state);
  const agent = agentOf(step.state, device);
  if (agent !== null) step.out.push({ type: 'device.changed', at: iso(at), device, state, agent });
}

/** Somebody said whose phones are: members and phones are told again with the agents whose they are now. */
export function announcePhones(step: Step, at: number): void {
  const { members, devices } = step.state.data;
  for (const known of [...members.values()]) {
    const agent = memberAgent(step.state, known.device);
    if (agent !== known.agent) tellMember(step, at, { ...known, agent });
  }
  for (const [device, state] of devices)
    step.out.push({ type: 'device.changed', at: iso(at), device, state, agent: agentOf(step.state, device) });
}

/** Brings the members in step with QueueStatus: after a restart of Asterisk pauses and added members are gone without a word. */
export function membersListed(step: Step, at: number, listed: MemberFacts[]): void {
  const present = new Set(listed.map((member) => keyOf(member.queue, member.device)));
  for (const [key, { queue, device }] of [...step.state.data.members]) {
    if (!present.has(key)) memberRemoved(step, { type: 'MemberRemoved', at, queue, device });
  }
  for (const facts of listed) memberChanged(step, at, facts);
}

/** All members as they are now. */
export function currentMembers(state: CallState): QueueMember[] {
  return [...state.data.members.values()].map(({ stateDevice: _, ...member }) => member);
}
