import type { PbxEvent } from './events.ts';
import { channelOf, join } from './identity.ts';
import type { Channel, Step } from './state.ts';
import { reckon } from './talk.ts';

/** The two halves of a Local channel belong to one call. */
export function localPair(step: Step, event: Extract<PbxEvent, { type: 'LocalBridge' }>): void {
  const one = channelOf(step.state, event.one);
  const two = channelOf(step.state, event.two);
  const call = join(step, event.at, one, two);
  if (one === undefined || two === undefined || call === undefined) return;
  one.otherHalf = two.id;
  two.otherHalf = one.id;
  reckon(step, event.at, call);
}

/** A Local half dials and its LocalBridge was not heard: the other one is the live channel whose name differs in the last digit alone. */
export function pairUnheard(step: Step, at: number, half: Channel | undefined): void {
  if (half?.local !== true || half.otherHalf !== null) return;
  const name = half.name.replace(/[12]$/, (side) => (side === '1' ? '2' : '1'));
  const other = (step.state.data.phones.get(half.device) ?? [])
    .map((id) => channelOf(step.state, id))
    .find((channel) => channel?.name === name);
  if (other !== undefined) localPair(step, { type: 'LocalBridge', at, one: other.id, two: half.id });
}
