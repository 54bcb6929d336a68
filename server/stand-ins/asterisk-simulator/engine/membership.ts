import { sayDevice } from './device-state.ts';
import { addMember, dropMember, pauseMember, queueAvailable, sayMember } from './members.ts';
import type { Member, Pbx, Queue } from './state.ts';

/** What the actions on queue members do. Each answers in Asterisk's own words when it cannot. */

function membersAt(pbx: Pbx, queueName: string | null, interfaceName: string): [Queue, Member][] {
  const found: [Queue, Member][] = [];
  for (const queue of pbx.queues.values()) {
    if (queueName !== null && queue.name !== queueName) continue;
    const member = queue.members.get(interfaceName);
    if (member !== undefined) found.push([queue, member]);
  }
  return found;
}

/** QueuePause. @param queueName null: in all queues. @returns false when it is a member nowhere */
export function pauseDevice(
  pbx: Pbx,
  queueName: string | null,
  interfaceName: string,
  paused: boolean,
  reason: string,
): boolean {
  const found = membersAt(pbx, queueName, interfaceName);
  const [first] = found;
  if (first === undefined) return false;
  const [, before] = first;
  const was = before.paused ? before.pausedReason : null;
  for (const [queue, member] of found) pauseMember(pbx, queue, member, paused, reason);
  pbx.onPaused(interfaceName, was, paused ? reason : null);
  return true;
}

/** QueuePenalty. @returns false when it is not a member */
export function changePenalty(
  pbx: Pbx,
  queueName: string | null,
  interfaceName: string,
  penalty: number,
): boolean {
  const found = membersAt(pbx, queueName, interfaceName);
  for (const [queue, member] of found) {
    member.penalty = penalty;
    sayMember(pbx, 'QueueMemberPenalty', queue, member);
  }
  return found.length > 0;
}

/** QueueMemberRingInUse. @returns false when it is not a member */
export function ringInUse(pbx: Pbx, queueName: string | null, interfaceName: string, on: boolean): boolean {
  const found = membersAt(pbx, queueName, interfaceName);
  for (const [queue, member] of found) {
    member.ringInUse = on;
    sayMember(pbx, 'QueueMemberRinginuse', queue, member);
  }
  return found.length > 0;
}

/** QueueAdd. @returns what is wrong, or null */
export function addDynamic(
  pbx: Pbx,
  queueName: string,
  wanted: {
    interface: string;
    name: string;
    stateInterface?: string;
    penalty?: number;
    paused?: boolean;
    reason?: string;
  },
): 'no such queue' | 'already there' | null {
  const queue = pbx.queues.get(queueName);
  if (queue === undefined) return 'no such queue';
  if (queue.members.has(wanted.interface)) return 'already there';
  const member = addMember(queue, {
    name: wanted.name,
    interface: wanted.interface,
    stateInterface: wanted.stateInterface ?? wanted.interface,
    membership: 'dynamic',
    penalty: wanted.penalty ?? 0,
    loginTime: Math.floor(pbx.clock.now() / 1000),
    paused: wanted.paused === true,
    pausedReason: wanted.reason ?? '',
  });
  const lamp = `Queue:${queue.name}_pause_${member.interface}`;
  sayDevice(pbx, lamp, member.paused ? 'INUSE' : 'NOT_INUSE');
  sayMember(pbx, 'QueueMemberAdded', queue, member);
  queueAvailable(pbx, queue);
  return null;
}

/** QueueRemove. A call that it has goes on. @returns false when it is not there */
export function removeMember(pbx: Pbx, queueName: string, interfaceName: string): boolean {
  const queue = pbx.queues.get(queueName);
  const member = queue?.members.get(interfaceName);
  if (queue === undefined || member === undefined) return false;
  dropMember(queue, member);
  sayMember(pbx, 'QueueMemberRemoved', queue, member);
  queueAvailable(pbx, queue);
  return true;
}
