import type { Transfer } from '@ringdesk/shared/interaction';
import { frontOf } from './chain.ts';
import { replaceCaller, sayJoined } from './entries.ts';
import type { PbxEvent } from './events.ts';
import { callOf, channelOf, join } from './identity.ts';
import { endLeg } from './leg-endings.ts';
import { legOf, openLegs } from './legs.ts';
import { takeSeat, talksFromNowOn } from './rooms.ts';
import type { Call, CallState, Channel, Leg, Step } from './state.ts';
import { iso, note } from './state.ts';
import { connected, reckon, setPhase } from './talk.ts';

/** A call changes hands: blind and attended transfers, pickup, parking (attended: the bridges move first, then AttendedTransfer tells it). */

type Of<T extends PbxEvent['type']> = Extract<PbxEvent, { type: T }>;

export function recordTransfer(
  step: Step,
  call: Call,
  at: number,
  move: Omit<Transfer, 'at'>,
): number | null {
  const last = call.transfers.at(-1);
  if (last !== undefined && last.at === iso(at) && last.kind === move.kind) return null;
  const transfer: Transfer = { ...move, at: iso(at) };
  call.transfers.push(transfer);
  note(call, at, 'call.transferred', { kind: move.kind, by: move.by, to: move.to, toQueue: move.toQueue });
  step.out.push({ type: 'call.transferred', at: iso(at), callId: call.id, transfer: { ...transfer } });
  return call.transfers.length - 1;
}

export function blindTransferred(step: Step, event: Of<'BlindTransfer'>): void {
  const { state } = step;
  const by = channelOf(state, event.by);
  const call = callOf(state, by) ?? callOf(state, channelOf(state, event.transferee));
  if (call === undefined) return;
  const leg = legOf(state, by);
  if (leg !== undefined) leg.transferred = true;
  const place = recordTransfer(step, call, event.at, {
    kind: 'blind',
    by: leg?.agent ?? by?.agent ?? null,
    to: event.extension || null,
    toQueue: null,
  });
  // A queue's extension is known to be one when the customer joins: then `to` gives way to `toQueue`.
  if (place === null) return;
  call.openTransfer = place;
  call.untaken = place;
}

export function attendedTransferred(step: Step, event: Of<'AttendedTransfer'>): void {
  const { state, out } = step;
  const first = channelOf(state, event.by);
  const second = channelOf(state, event.second);
  const customer = channelOf(state, event.transferee);
  join(step, event.at, first, second);
  join(step, event.at, first, channelOf(state, event.target));
  const call = join(step, event.at, first, customer) ?? callOf(state, first);
  if (call === undefined) return;
  const queue =
    event.intoApp && second !== undefined && customer !== undefined
      ? takePlace(step, event.at, call, second, customer)
      : null;
  const leg = legOf(state, first);
  for (const mine of [leg, legOf(state, second)]) {
    if (mine === undefined) continue;
    mine.transferred = true;
    if (mine.channels.every((id) => !isWithCustomer(state, call, id))) setPhase(mine, event.at, 'off');
  }
  reckon({ state, out }, event.at, call);
  const named = channelOf(state, event.target);
  for (const met of [customer, named]) {
    if (met?.leg === null && met.id !== call.initiator && met.id !== call.customer)
      talksFromNowOn(step, event.at, call, met);
  }
  reckon({ state, out }, event.at, call);
  const goal = target(call, [first, second, customer], named);
  const place = recordTransfer(step, call, event.at, {
    kind: 'attended',
    by: leg?.agent ?? first?.agent ?? null,
    to: goal.to,
    toQueue: queue ?? goal.queue,
  });
  // While it rings nobody has taken it; in a queue, the entry tells who does.
  if (place !== null && goal.rings && queue === null) call.untaken = place;
  // Only now: who sits in the room takes the call.
  if (event.intoApp && second !== undefined && customer !== undefined) {
    takeSeat(step, event.at, second, customer);
    reckon({ state, out }, event.at, call);
  }
}

function isWithCustomer(state: CallState, call: Call, id: string): boolean {
  return call.customer !== null && connected(state, id).has(call.customer);
}

/** The second line waited in a queue (or a phone rang for it): the customer waits there now, and nothing else tells so. */
function takePlace(step: Step, at: number, call: Call, second: Channel, customer: Channel): string | null {
  let queue: string | null = null;
  for (const entry of call.entries) {
    if (entry.channel !== second.id || entry.leftAt !== null) continue;
    replaceCaller(step, entry, customer);
    entry.consultation = false;
    queue = entry.queue;
    sayJoined(step, at, call, entry);
  }
  for (const leg of openLegs(call)) {
    const rings = leg.answeredAt === null && leg.uniqueid !== null;
    const phone = channelOf(step.state, leg.uniqueid);
    const entry = call.entries.find((candidate) => candidate.key === leg.entry);
    const moved = entry === undefined ? frontOf(step.state, phone) === second : entry.channel === customer.id;
    if (rings && moved) leg.consultation = false;
  }
  return queue;
}

/**
 * To whom: who was talking with the second line; else (it rings) whom the second line has rung; else who is left with the one that was given away.
 * `parted` are the two lines of who transfers, and who is given away.
 */
function target(
  call: Call,
  parted: (Channel | undefined)[],
  named: Channel | undefined,
): { to: string | null; queue: string | null; rings: boolean } {
  const mine = parted.map((channel) => channel?.leg);
  const others = openLegs(call).filter((leg) => !leg.consultation && !mine.includes(leg.key));
  const ringing = others.filter((leg) => leg.answeredAt === null);
  // Half a Local channel is a way to somebody, not who it is.
  const unnamed = named === undefined || named.local;
  const leg =
    others.find((l) => l.key === named?.leg) ??
    others.findLast((l) => l.phase !== 'off') ??
    (unnamed ? (ringing.at(-1) ?? others.at(-1)) : undefined);
  const rings = leg === undefined ? unnamed : leg.answeredAt === null;
  if (leg !== undefined) return { to: leg.agent, queue: leg.queue, rings };
  return { to: named?.agent ?? named?.number ?? null, queue: null, rings };
}

/** The agent who parked is done with the call; the customer waits in the lot, where no agent owns the time. */
export function parked(step: Step, event: Of<'ParkedCall'>): void {
  const { state } = step;
  const parkee = channelOf(state, event.parkee);
  const call = callOf(state, parkee);
  if (call === undefined) return;
  const leg = openLegs(call).findLast((l) => l.answeredAt !== null && fitsParker(l, event.parkerDevice));
  recordTransfer(step, call, event.at, { kind: 'park', by: leg?.agent ?? null, to: null, toQueue: null });
  if (leg === undefined) return;
  leg.transferred = true;
  endLeg(step, event.at, call, leg);
}

function fitsParker(leg: Leg, device: string | null): boolean {
  return device === null || leg.device === device;
}

/** Whoever fetches the call is the one to whom it was handed on. */
export function fetchedBy(call: Call, agent: string): void {
  const transfer = call.transfers.findLast(({ kind }) => kind === 'park');
  if (transfer !== undefined) transfer.to ??= agent;
}

/** Nobody's phone rang: the colleague who took it from the lot has a leg of talk only. */
export function unparked(step: Step, event: Of<'UnParkedCall'>): void {
  const { state } = step;
  const parkee = channelOf(state, event.parkee);
  const taker = channelOf(state, event.retriever);
  const call = join(step, event.at, parkee, taker);
  if (call === undefined || taker?.agent == null) return;
  fetchedBy(call, taker.agent);
  talksFromNowOn(step, event.at, call, taker);
}
