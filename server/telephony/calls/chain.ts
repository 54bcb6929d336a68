import { channelOf } from './identity.ts';
import { legOf } from './legs.ts';
import type { Call, CallState, Channel, Leg } from './state.ts';

/**
 * Dials in a row. A dialplan rings a phone directly or through any number of Local channels (a member behind a Local channel, follow-me, a ring group,
 * a forward, a confirmation by key): who calls dials a Local half, the other half dials on. What counts is at the far ends: who calls, and whose phone
 * rings. A phone that was picked up is accepted when every dial between the two was answered, for only then the caller is put through.
 */

/** The dialled Local halves between this channel and who calls (nearest first), and who calls: null when it is not known, or the PBX itself. */
export interface Way {
  through: Channel[];
  front: Channel | null;
  /** Rung by the PBX on behalf of nobody's channel (Originate). */
  byPbx: boolean;
}

/** More dials in a row than any dialplan makes: an end for what would go in a circle. */
const FARTHEST = 32;

export function wayTo(state: CallState, channel: Channel): Way {
  const through: Channel[] = [];
  let rung = channel;
  while (through.length < FARTHEST) {
    const caller = channelOf(state, rung.dialledBy);
    if (caller === undefined) break;
    const half = caller.local ? channelOf(state, caller.otherHalf) : undefined;
    // A half that nobody dialled is itself who calls: click-to-call, once the agent's phone stands behind the other half.
    if (half === undefined || half.dialledBy === null) return { through, front: caller, byPbx: false };
    through.push(half);
    rung = half;
  }
  return { through, front: null, byPbx: rung.dialledBy === 'pbx' };
}

/** Who calls, through whatever stands between. */
export function frontOf(state: CallState, channel: Channel | undefined): Channel | null {
  return channel === undefined ? null : wayTo(state, channel).front;
}

/** Every dial on the way to this channel was answered: the caller is, or will in a moment be, put through to it. */
export function isAccepted(state: CallState, channel: Channel): boolean {
  const passed = (half: Channel) => half.pickedUpAt !== null || (half.dialledBy === 'pbx' && half.up);
  return channel.pickedUpAt !== null && wayTo(state, channel).through.every(passed);
}

/** The phones and lines that a dialled channel leads to: itself, or what is rung behind a Local half (itself, when nothing is known of that). */
export function farEnds(state: CallState, call: Call, dialled: Channel): Channel[] {
  if (!dialled.local) return [dialled];
  const ends = call.channels
    .map((id) => channelOf(state, id))
    .filter((channel) => channel !== undefined)
    .filter((channel) => !channel.local && wayTo(state, channel).through.includes(dialled));
  return ends.length === 0 ? [dialled] : ends;
}

/** The leg of the Local channel through which this one is rung: a member's, or one that was sent on. */
export function legBehind(state: CallState, rung: Channel): Leg | undefined {
  return wayTo(state, rung)
    .through.map((half) => legOf(state, half))
    .find((leg) => leg !== undefined && leg.endedAt === null && isOpenTo(state, leg));
}

/** Not answered yet; or the dialplan behind the Local channel answered by itself, and only now rings a phone. */
function isOpenTo(state: CallState, leg: Leg): boolean {
  return leg.answeredAt === null || leg.channels.every((id) => channelOf(state, id)?.local === true);
}

/** A Local half is gone (optimised away, or hung up): what it has dialled was dialled by who dialled the other half. */
export function bypass(state: CallState, call: Call, gone: Channel): void {
  const other = channelOf(state, gone.otherHalf);
  if (other === undefined) return;
  for (const [half, dialled] of [
    [gone, other],
    [other, gone],
  ] as const) {
    if (dialled.dialledBy === null) continue;
    for (const id of call.channels) {
      const rung = channelOf(state, id);
      if (rung?.dialledBy !== half.id) continue;
      rung.dialledBy = dialled.dialledBy;
      if (dialled.pickedUpAt === null) rung.pickedUpAt = null;
    }
  }
}
