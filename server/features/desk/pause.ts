import type { DeviceState, QueueMember } from '@ringdesk/shared/call-events';
import type { AgentDesk, Chosen, Desks, KnownPhone, Membership, Outcome } from './state.ts';
import { isManned } from './wrap-up.ts';

/**
 * The agent's state and the queue's pause are one thing seen from two sides. The agents are static members of their queues, so:
 * not paused = available; paused = a break with the pause's reason; paused with reason `offline` = not at work;
 * paused with reason `wrap-up` = available, and writing about the last call.
 * What the PBX says wins, whoever paused the phone; at start nothing is forced on it.
 */
const wrapUpReason = 'wrap-up';
const offlineReason = 'offline';

/** An order that the PBX does not show in its events is given again after this time, ms. */
const askAgainMs = 5000;
/** A PBX that was restarted reports its members unpaused; for so long it is told again what was chosen, ms. */
const reassertMs = 15_000;

/** The reason that the PBX is given for what an agent chose; null unpauses. */
export function pauseReasonOf(chosen: Chosen): string | null {
  if (chosen.state === 'available') return null;
  return chosen.state === 'offline' ? offlineReason : (chosen.reason ?? '');
}

function chosenFrom(reason: string | null): Chosen {
  if (reason === offlineReason) return { state: 'offline', reason: null };
  if (reason === wrapUpReason) return { state: 'available', reason: null };
  return { state: 'break', reason };
}

export function onMember(desk: AgentDesk, pbx: string, member: QueueMember, out: Outcome): void {
  const key = keyOf(pbx, member.queue, member.device);
  const before = desk.memberships.get(key);
  const reason = member.paused && member.pausedReason !== '' ? member.pausedReason : null;
  const after: Membership = { queue: member.queue, device: member.device, paused: member.paused, reason };
  desk.memberships.set(key, after);
  desk.pbx ??= pbx;
  desk.phones.set(member.device, member.state);
  out.changed.add(desk.agent.id);
  if (before?.paused === after.paused && before.reason === after.reason) return;
  if (after.paused) onPaused(desk, reason);
  else onUnpaused(desk, before, after, out);
}

function keyOf(pbx: string, queue: string, device: string): string {
  return `${pbx} ${queue} ${device}`;
}

/** All that the PBX has said of a phone, told to the desk whose it is now. */
export function onPhoneKnown(desk: AgentDesk, device: string, phone: KnownPhone, out: Outcome): void {
  for (const member of phone.members.values()) onMember(desk, phone.pbx, member, out);
  onDevice(desk, phone.pbx, device, phone.state, out);
}

/** The phone turned out to be somebody else's. */
export function onPhoneGone(desk: AgentDesk, device: string, phone: KnownPhone, out: Outcome): void {
  for (const queue of phone.members.keys()) desk.memberships.delete(keyOf(phone.pbx, queue, device));
  desk.phones.delete(device);
  out.changed.add(desk.agent.id);
}

/** Only a pause in all queues keeps calls away; in some of them it is the supervisor's choice of queues, not a break. */
function onPaused(desk: AgentDesk, reason: string | null): void {
  if (![...desk.memberships.values()].every((m) => m.paused)) return;
  if (reason === wrapUpReason && desk.known) return;
  desk.chosen = chosenFrom(reason);
  desk.known = true;
}

function onUnpaused(desk: AgentDesk, before: Membership | undefined, after: Membership, out: Outcome): void {
  const chosenReason = desk.known ? pauseReasonOf(desk.chosen) : null;
  const joined = before === undefined && desk.known;
  if (chosenReason !== null && (joined || out.now < desk.reassertUntil)) {
    // A queue that the agent joins while away, or a PBX that has forgotten: the break holds there too.
    pause(desk, { paused: true, reason: chosenReason }, [after], out);
    return;
  }
  desk.chosen = { state: 'available', reason: null };
  desk.known = true;
}

export function onDevice(
  desk: AgentDesk,
  pbx: string,
  device: string,
  state: DeviceState,
  out: Outcome,
): void {
  desk.pbx ??= pbx;
  desk.phones.set(device, state);
  out.changed.add(desk.agent.id);
}

export function onMemberRemoved(
  desk: AgentDesk,
  pbx: string,
  { queue, device }: { queue: string; device: string },
  out: Outcome,
): void {
  if (desk.memberships.delete(keyOf(pbx, queue, device))) out.changed.add(desk.agent.id);
}

/** The agent chose, and the PBX has agreed. */
export function onChosen(desk: AgentDesk, chosen: Chosen, out: Outcome): void {
  desk.chosen = chosen;
  desk.next = null;
  desk.known = true;
  desk.pauseFailed = null;
  desk.ready = chosen.state === 'available';
  out.changed.add(desk.agent.id);
}

/** A call, or its form, is at hand: what is chosen now begins when that is over, so that no work is counted as a break. */
export function isAtWork(desk: AgentDesk): boolean {
  return desk.cards.some(({ phase }) => ['ringing', 'talking', 'held', 'wrap-up'].includes(phase));
}

export function onChosenNext(desk: AgentDesk, chosen: Chosen, out: Outcome): void {
  desk.next = chosen;
  // Who was ready for the next call although the form is open is so no longer.
  desk.ready = false;
  out.changed.add(desk.agent.id);
}

/** The work is over, or nobody is there any more to end it: what was chosen during it begins. */
export function beginNext(desk: AgentDesk, out: Outcome): void {
  const { next } = desk;
  if (next === null || (isAtWork(desk) && isManned(desk, out.now))) return;
  onChosen(desk, next, out);
  const reason = pauseReasonOf(next);
  if (reason !== null) pause(desk, { paused: true, reason }, [...desk.memberships.values()], out);
}

export function onLinkDown(desk: AgentDesk): void {
  desk.beforeDown = desk.known ? desk.chosen : null;
  desk.asked = null;
}

export function onLinkUp(desk: AgentDesk, restarted: boolean, out: Outcome): void {
  const { beforeDown } = desk;
  desk.beforeDown = null;
  if (!restarted || beforeDown === null) return;
  const reason = pauseReasonOf(beforeDown);
  if (reason === null) return;
  desk.chosen = beforeDown;
  desk.reassertUntil = out.now + reassertMs;
  pause(desk, { paused: true, reason }, [...desk.memberships.values()], out);
}

function wrapUpRuns(desk: AgentDesk): boolean {
  return desk.cards.some((card) => card.phase === 'wrap-up');
}

/** Whether the phone is to be kept free of calls because the agent writes. */
export function wrapUpHolds(desk: AgentDesk): boolean {
  return desk.chosen.state === 'available' && !desk.ready && wrapUpRuns(desk);
}

/** Compares the wished pause for the wrap-up with what the PBX shows, and asks for the difference. */
export function reconcilePause(desks: Desks, desk: AgentDesk, out: Outcome): void {
  if (!wrapUpRuns(desk)) desk.ready = false;
  const link = desk.pbx === null ? undefined : desks.links.get(desk.pbx);
  const members = [...desk.memberships.values()];
  if (link?.state !== 'up' || members.length === 0 || desk.chosen.state !== 'available') return;
  const wished = wrapUpHolds(desk);
  const differing = members.filter((m) => (wished ? !m.paused : m.paused && m.reason === wrapUpReason));
  if (differing.length === 0) {
    if (desk.asked?.paused === wished) desk.asked = null;
    return;
  }
  if (desk.asked?.paused === wished && out.now - desk.asked.at < askAgainMs) return;
  desk.asked = { paused: wished, at: out.now };
  pause(desk, { paused: wished, reason: wished ? wrapUpReason : '' }, differing, out);
}

/** One order an interface: for all its queues at once where all are meant. */
function pause(
  desk: AgentDesk,
  order: { paused: boolean; reason: string },
  members: readonly Membership[],
  out: Outcome,
): void {
  const { pbx, agent, memberships } = desk;
  if (pbx === null) return;
  for (const device of new Set(members.map((member) => member.device))) {
    const meant = members.filter((member) => member.device === device).map(({ queue }) => queue);
    const all = [...memberships.values()].filter((member) => member.device === device).length;
    const queues = meant.length === all ? null : meant;
    out.effects.push({ do: 'pause', agent: agent.id, pbx, device, ...order, queues });
  }
}
