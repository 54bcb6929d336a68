import type { PbxEvent } from './events.ts';
import { channelOf, join } from './identity.ts';
import { answerLeg, legOf, offerLeg } from './legs.ts';
import type { Call, Channel, Step } from './state.ts';
import { recordTransfer } from './transfers.ts';

/** A colleague took the call that rang at another's phone. */
export function pickedUp(step: Step, event: Extract<PbxEvent, { type: 'Pickup' }>): void {
  const { state } = step;
  const rung = channelOf(state, event.target);
  const taker = channelOf(state, event.channel);
  const call = join(step, event.at, rung, taker);
  if (call === undefined || taker?.agent == null) return;
  // Told by the dial before, or told again.
  const isTold = legOf(state, taker)?.dialAnswered === true;
  if (isTold && call.transfers.some(({ kind, by }) => kind === 'pickup' && by === taker.agent)) return;
  const ringing = legOf(state, rung);
  if (ringing !== undefined) {
    ringing.takenElsewhere = true;
    ringing.ringEndedAt ??= event.at;
  }
  const leg = offerLeg(step, taker.createdAt, call, taker, {
    agent: taker.agent,
    device: taker.device,
    queue: ringing?.queue ?? null,
    entry: ringing?.entry ?? null,
    consultation: ringing?.consultation ?? false,
  });
  leg.dialAnswered = true;
  if (leg.queue === null) answerLeg(step, event.at, call, leg);
  recordPickup(step, event.at, call, taker.agent);
}

export function recordPickup(step: Step, at: number, call: Call, by: string): void {
  recordTransfer(step, call, at, { kind: 'pickup', by, to: by, toQueue: null });
}

/**
 * A phone that called by itself stands in the place of one that rang for this caller: it has picked the call up, by a feature code or by INVITE with
 * Replaces, of which Asterisk sends no Pickup. The dial tells it: it ends with another channel than it began with (or begins anew, after a CANCEL).
 */
export function pickedUpUnsaid(
  step: Step,
  at: number,
  call: Call,
  { caller, taker }: { caller: Channel; taker: Channel },
  isReplaced: (rung: Channel) => boolean,
): void {
  const rung = call.channels
    .map((id) => channelOf(step.state, id))
    .find((other) => other?.dialledBy === caller.id && other.leg !== null && isReplaced(other));
  if (rung !== undefined) pickedUp(step, { type: 'Pickup', at, channel: taker.id, target: rung.id });
}
