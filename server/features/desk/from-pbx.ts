import type { CallEvent, LegRef } from '@ringdesk/shared/call-events';
import type { QueueEntry } from '@ringdesk/shared/interaction';
import { noteAttempt } from './attempt.ts';
import { contextOf, forgetIfDone, learnParty, touchAgents } from './calls.ts';
import {
  endAll,
  mergeCards,
  onAnswered,
  onCustomerAnswered,
  onHold,
  onLegEnded,
  onOffered,
  onTransferred,
} from './cards.ts';
import { noteEnd } from './missed.ts';
import {
  onDevice,
  onLinkDown,
  onLinkUp,
  onMember,
  onMemberRemoved,
  onPhoneGone,
  onPhoneKnown,
} from './pause.ts';
import type { CallContext, DeskInput, Desks, KnownPhone, Outcome } from './state.ts';
import { thaw } from './wrap-up.ts';

/** What the PBX says: calls and their legs, phones and queue members, and whether it can be heard at all. */

export function onCallEvent(desks: Desks, event: CallEvent, pbx: string, out: Outcome): void {
  if (event.type === 'member.changed' || event.type === 'member.removed' || event.type === 'device.changed') {
    onPhone(desks, event, pbx, out);
    return;
  }
  if (event.type === 'interaction.ended' && !desks.calls.has(event.callId)) return;
  const ctx = contextOf(desks, { callId: event.callId, pbx, at: event.at }, out.now);
  switch (event.type) {
    case 'call.started':
      ctx.startedAt = event.at;
      learnParty(ctx, event.party, out);
      break;
    case 'call.party':
      learnParty(ctx, event.party, out);
      break;
    case 'call.answered':
      onCustomerAnswered(desks, ctx, event.at, out);
      break;
    case 'call.merged':
      onMerged(desks, ctx, event.from, out);
      break;
    case 'queue.joined':
      onJoined(ctx, event.entry);
      break;
    case 'queue.left':
      break;
    case 'call.transferred':
      onTransferred(desks, ctx, event.transfer, out);
      break;
    case 'interaction.ended':
      endAll(desks, ctx, event.at, (leg) => event.interaction.legs[leg]?.outcome ?? null, out);
      noteAttempt(desks, ctx, event.interaction.outcome, out);
      noteEnd(desks, ctx, event.interaction.outcome, out);
      forgetIfDone(desks, ctx);
      break;
    default:
      onLeg(desks, ctx, event, pbx, out);
      break;
  }
}

/** A replay says it again; a consultation's stay in a queue is not the customer's. */
function onJoined(ctx: CallContext, entry: QueueEntry): void {
  const { queue, enteredAt, consultation } = entry;
  if (consultation || ctx.entries.some((e) => e.queue === queue && e.enteredAt === enteredAt)) return;
  ctx.entries.push({ queue, enteredAt });
}

type LegCallEvent = Extract<CallEvent, { leg: LegRef }>;

function onLeg(desks: Desks, ctx: CallContext, event: LegCallEvent, pbx: string, out: Outcome): void {
  const { leg } = event;
  if (!leg.consultation && !ctx.legs.includes(leg.agent)) {
    ctx.legs.push(leg.agent);
    touchAgents(ctx, out);
  }
  const desk = desks.agents.get(leg.agent);
  if (desk === undefined) return;
  desk.pbx = pbx;
  switch (event.type) {
    case 'leg.offered':
      onOffered(desks, ctx, desk, event, out);
      break;
    case 'leg.answered':
      onAnswered(desks, ctx, desk, event, out);
      break;
    case 'leg.held':
      onHold(ctx, desk, event, true, out);
      break;
    case 'leg.resumed':
      onHold(ctx, desk, event, false, out);
      break;
    case 'leg.ended':
      onLegEnded(desks, ctx, desk, event, out);
      break;
  }
}

function onMerged(desks: Desks, into: CallContext, fromId: string, out: Outcome): void {
  const from = desks.calls.get(fromId);
  if (from === undefined || from === into) return;
  desks.calls.delete(fromId);
  for (const entry of from.entries) into.entries.push(entry);
  for (const id of from.legs) if (!into.legs.includes(id)) into.legs.push(id);
  into.answered ||= from.answered;
  mergeCards(desks, into, from, out);
  const better = into.party === null || into.party.direction === 'internal';
  if (better && from.party !== null && from.party.direction !== 'internal') {
    into.startedAt = from.startedAt;
    learnParty(into, from.party, out);
  }
  touchAgents(into, out);
}

type PhoneEvent = Extract<CallEvent, { type: 'member.changed' | 'member.removed' | 'device.changed' }>;

function onPhone(desks: Desks, event: PhoneEvent, pbx: string, out: Outcome): void {
  const { device, agent } = event.type === 'member.changed' ? event.member : event;
  const phone = phoneOf(desks, { device, agent, pbx }, out);
  const desk = desks.agents.get(agent ?? '');
  switch (event.type) {
    case 'member.changed':
      phone.members.set(event.member.queue, event.member);
      phone.state = event.member.state;
      if (desk !== undefined) onMember(desk, pbx, event.member, out);
      break;
    case 'member.removed':
      phone.members.delete(event.queue);
      if (desk !== undefined) onMemberRemoved(desk, pbx, event, out);
      break;
    case 'device.changed':
      phone.state = event.state;
      if (desk !== undefined) onDevice(desk, pbx, device, event.state, out);
  }
}

/** The phone as the PBX described it so far. When it is somebody else's than before, it changes desks with all that is known of it. */
function phoneOf(
  desks: Desks,
  { device, agent, pbx }: { device: string; agent: string | null; pbx: string },
  out: Outcome,
): KnownPhone {
  const key = `${pbx} ${device}`;
  const known = desks.phones.get(key);
  const phone = known ?? { device, pbx, agent, state: 'unknown', members: new Map() };
  desks.phones.set(key, phone);
  if (phone.agent === agent) return phone;
  const before = desks.agents.get(phone.agent ?? '');
  if (before !== undefined) onPhoneGone(before, device, phone, out);
  phone.agent = agent;
  const after = desks.agents.get(agent ?? '');
  if (after !== undefined) onPhoneKnown(after, device, phone, out);
  return phone;
}

export function onLink(desks: Desks, input: Extract<DeskInput, { type: 'link' }>, out: Outcome): void {
  const before = desks.links.get(input.pbx);
  const { warning = null } = input;
  const same = before?.state === input.state && before.message === input.message;
  if (same && before.warning === warning) return;
  const turned = before?.state !== input.state;
  desks.links.set(input.pbx, {
    state: input.state,
    since: turned || before === undefined ? out.now : before.since,
    message: input.message,
    warning,
  });
  for (const desk of desks.agents.values()) {
    if (desk.pbx !== null && desk.pbx !== input.pbx) continue;
    out.changed.add(desk.agent.id);
    if (!turned) continue;
    if (input.state === 'down') onLinkDown(desk);
    else onLinkUp(desk, input.restarted, out);
  }
  if (turned && input.state === 'up' && before !== undefined) thaw(desks, input.pbx, before.since, out);
}

export function isDown(desks: Desks, pbx: string): boolean {
  return desks.links.get(pbx)?.state !== 'up';
}
