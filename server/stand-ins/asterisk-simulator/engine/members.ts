import { memberStatusOf, saidMemberStatus, sayDevice } from './device-state.ts';
import { type EventName, escapeName, lines } from './events.ts';
import type { Channel, Member, Pbx, Queue, QueueSettings } from './state.ts';

/** app_queue keeps members in a hash table of 37 buckets over the first letters from the slash on, and walks them in its order. */
function bucket(interfaceName: string): number {
  const slash = interfaceName.indexOf('/');
  const from = slash < 0 ? interfaceName : interfaceName.slice(slash);
  let hash = 0;
  for (let i = 0; i < 5 && i < from.length; i++) {
    const code = from.charCodeAt(i);
    const squeezed = code < 32 ? 0 : code > 96 ? code - 64 : code - 32;
    hash += squeezed * 64 ** i;
  }
  return hash % 37;
}

export function addQueue(pbx: Pbx, name: string, settings: QueueSettings): Queue {
  const queue: Queue = {
    name,
    settings,
    members: new Map(),
    waiting: [],
    next: 0,
    completed: 0,
    abandoned: 0,
    holdSeconds: 0,
    talkSeconds: 0,
  };
  pbx.queues.set(name, queue);
  pbx.deviceState.set(`Queue:${name}`, 'NOT_INUSE');
  pbx.deviceState.set(`Queue:${name}_avail`, 'INUSE');
  return queue;
}

export function addMember(
  queue: Queue,
  wanted: Pick<Member, 'name' | 'interface' | 'stateInterface' | 'membership' | 'penalty' | 'loginTime'> & {
    paused?: boolean;
    pausedReason?: string;
  },
): Member {
  const member: Member = {
    callsTaken: 0,
    lastCall: 0,
    lastPause: 0,
    inCall: false,
    ringInUse: false,
    configuredPenalty: wanted.penalty,
    position: queue.members.size,
    ...wanted,
    paused: wanted.paused ?? false,
    pausedReason: wanted.pausedReason ?? '',
  };
  const all = [...queue.members.values(), member].sort((a, b) => bucket(a.interface) - bucket(b.interface));
  queue.members.clear();
  for (const each of all) queue.members.set(each.interface, each);
  return member;
}

/** Takes a member out; who stood behind it in the round-robin moves up. */
export function dropMember(queue: Queue, member: Member): void {
  queue.members.delete(member.interface);
  for (const other of queue.members.values()) if (other.position > member.position) other.position--;
  if (member.position < queue.next) queue.next--;
}

/** Every membership of a device, in the order in which Asterisk walks its queues. */
export function memberOfDevice(pbx: Pbx, device: string): { queue: Queue; member: Member }[] {
  const found: { queue: Queue; member: Member }[] = [];
  for (const queue of pbx.queues.values()) {
    const direct = queue.members.get(device);
    if (direct !== undefined && direct.stateInterface === device) found.push({ queue, member: direct });
    else
      for (const member of queue.members.values())
        if (member.stateInterface === device && member !== direct) found.push({ queue, member });
  }
  return found;
}

export function memberFields(pbx: Pbx, queue: Queue, member: Member): Record<string, string | number> {
  return {
    Queue: queue.name,
    MemberName: escapeName(member.name),
    Interface: member.interface,
    StateInterface: member.stateInterface,
    Membership: member.membership,
    Penalty: member.penalty,
    CallsTaken: member.callsTaken,
    LastCall: member.lastCall,
    LastPause: member.lastPause,
    LoginTime: member.loginTime,
    InCall: member.inCall ? 1 : 0,
    Status: saidMemberStatus(pbx, member.stateInterface),
    Paused: member.paused ? 1 : 0,
    PausedReason: member.pausedReason,
    Ringinuse: member.ringInUse ? 1 : 0,
    Wrapuptime: 0,
  };
}

export function sayMember(pbx: Pbx, name: EventName, queue: Queue, member: Member): void {
  pbx.emit(name, null, lines(memberFields(pbx, queue, member)));
}

/** Pauses or unpauses one membership. Repeating it is said again, as Asterisk does. */
export function pauseMember(pbx: Pbx, queue: Queue, member: Member, paused: boolean, reason: string): void {
  member.paused = paused;
  member.pausedReason = paused ? reason : '';
  if (paused) member.lastPause = Math.floor(pbx.clock.now() / 1000);
  sayDevice(pbx, `Queue:${queue.name}_pause_${member.interface}`, paused ? 'INUSE' : 'NOT_INUSE');
  sayMember(pbx, 'QueueMemberPause', queue, member);
  queueAvailable(pbx, queue);
}

/** The device `Queue:<name>_avail`, which lamps watch: in use when no member could take a call. */
export function queueAvailable(pbx: Pbx, queue: Queue): void {
  const free = [...queue.members.values()].some((member) => canTakeCall(pbx, queue, member));
  sayDevice(pbx, `Queue:${queue.name}_avail`, free ? 'NOT_INUSE' : 'INUSE');
}

/** Whether the queue would ring this member now: not paused, its phone free (or ringinuse), and the wrap-up time over. */
export function canTakeCall(pbx: Pbx, queue: Queue, member: Member): boolean {
  const status = memberStatusOf(pbx, member.stateInterface);
  const free = status === 1 || (member.ringInUse && status !== 5 && status !== 4);
  if (member.paused || !free) return false;
  const { wrapUpSeconds } = queue.settings;
  return wrapUpSeconds === 0 || Math.floor(pbx.clock.now() / 1000) - member.lastCall >= wrapUpSeconds;
}

/** The channel variable that names the member for whom a caller is meant. */
export const PREFERRED = 'PREFERRED';

/**
 * Who could be rung for this caller now, in the queue's order: the one for whom the caller is meant, alone; else all who are free, but those
 * who are reserved only when nobody else works in this queue.
 */
export function membersFor(pbx: Pbx, queue: Queue, caller: Channel): Member[] {
  const ready = [...queue.members.values()].filter((member) => canTakeCall(pbx, queue, member));
  const preferred = caller.variables.get(PREFERRED);
  if (preferred !== undefined) {
    const meant = ready.filter((member) => member.interface === preferred);
    if (meant.length > 0) return meant;
  }
  if (pbx.reserved.size === 0) return ready;
  const othersWork = [...queue.members.values()].some(
    (member) => !member.paused && !pbx.reserved.has(member.interface),
  );
  return othersWork ? ready.filter((member) => !pbx.reserved.has(member.interface)) : ready;
}

/** A call is over: it counts in every queue of that member (shared_lastcall). */
export function countCall(pbx: Pbx, interfaceName: string): void {
  const now = Math.floor(pbx.clock.now() / 1000);
  for (const queue of pbx.queues.values()) {
    const member = queue.members.get(interfaceName);
    if (member === undefined) continue;
    member.callsTaken++;
    member.lastCall = now;
    member.inCall = false;
  }
}
