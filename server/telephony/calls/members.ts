import type { QueueMember } from '@ringdesk/shared/call-events';
import type { MemberFacts, PbxEvent } from './events.ts';
import { agentOf } from './party.ts';
import type { CallState, Step } from './state.ts';
import { iso } from './state.ts';

/** Queue members and the state of agents' phones. Asterisk repeats itself a lot here; only changes are passed on. */

type Of<T extends PbxEvent['type']> = Extract<PbxEvent, { type: T }>;

function keyOf(queue: string, device: string): string {
  return `${queue}\n${device}`;
}

export function memberChanged(step: Step, at: number, facts: MemberFacts): void {
  const { members } = step.state.data;
  const { stateDevice, queue, device, name, paused, penalty, state } = facts;
  // An un-paused member keeps no reason, whatever Asterisk still says.
  const member: QueueMember = {
    queue,
    device,
    name,
    paused,
    pausedReason: paused ? facts.pausedReason : null,
    penalty,
    state,
  };
  const known = members.get(keyOf(queue, device));
  const next = { ...member, stateDevice: stateDevice ?? known?.stateDevice ?? null };
  if (known !== undefined && isSame(known, next)) return;
  members.set(keyOf(queue, device), next);
  if (known !== undefined) count(step.state, known, -1);
  count(step.state, next, 1);
  step.out.push({ type: 'member.changed', at: iso(at), member });
}

type Kept = QueueMember & { stateDevice: string | null };

/** A member is known by its interface and by the phone behind it, which are often the same. */
function count({ memberDevices }: CallState, member: Kept, by: 1 | -1): void {
  for (const device of new Set([member.device, member.stateDevice])) {
    if (device === null) continue;
    const now = (memberDevices.get(device) ?? 0) + by;
    if (now === 0) memberDevices.delete(device);
    else memberDevices.set(device, now);
  }
}

/** Counts anew, for a state that was read from a file. */
export function countMembers(state: CallState): void {
  state.memberDevices.clear();
  for (const member of state.data.members.values()) count(state, member, 1);
}

function isSame(a: Kept, b: Kept): boolean {
  return (
    a.state === b.state &&
    a.paused === b.paused &&
    a.pausedReason === b.pausedReason &&
    a.penalty === b.penalty &&
    a.name === b.name &&
    a.stateDevice === b.stateDevice
  );
}

export function memberRemoved(step: Step, event: Of<'MemberRemoved'>): void {
  const key = keyOf(event.queue, event.device);
  const known = step.state.data.members.get(key);
  if (known === undefined) return;
  step.state.data.members.delete(key);
  count(step.state, known, -1);
  step.out.push({ type: 'member.removed', at: iso(event.at), queue: event.queue, device: event.device });
}

/** Only agents' phones: trunks and Asterisk's own `Queue:sales` change with every call and concern nobody. */
export function deviceChanged(step: Step, event: Of<'Device'>): void {
  const { devices } = step.state.data;
  if (!event.device.includes('/') || agentOf(step.state, event.device) === null) return;
  if (devices.get(event.device) === event.state) return;
  devices.set(event.device, event.state);
  step.out.push({ type: 'device.changed', at: iso(event.at), device: event.device, state: event.state });
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
