import { channelOf } from './identity.ts';
import { endLeg } from './leg-endings.ts';
import { addPhone, offerLeg, openLegs } from './legs.ts';
import type { Call, Channel, Leg, Step } from './state.ts';

/**
 * A phone that sends its calls on (SIP 302). Asterisk ends its ring with DialEnd and `Forward`, and lets the same caller dial a Local channel that leads
 * there; a queue goes on to speak of the member that it rang, whoever takes the call (as with a pickup, the device is credited).
 */

/** The leg that was sent on and that this caller dials anew. */
export function sentOn(call: Call, caller: Channel): Leg | undefined {
  return openLegs(call).find((leg) => leg.forwardedFrom === caller.id);
}

/**
 * The leg rings at `channel` now. At a Local channel or a line outside it is still the same agent's; at a colleague's phone it is the colleague's, in
 * the same place of the same queue, and the first agent's is over.
 */
export function ringsInstead(step: Step, at: number, call: Call, leg: Leg, channel: Channel): void {
  leg.forwardedFrom = null;
  leg.forwarded = true;
  // Asterisk takes the phone's "look elsewhere" for a wish to hang up.
  leg.requestedBy = null;
  if (channel.agent === null || channel.agent === leg.agent) addPhone(call, leg, channel);
  else goesElsewhere(step, at, call, leg, channel, channel.agent);
}

/** A colleague's phone rings in the place of the leg: from here on it is the colleague's, and the first agent's is over. */
export function goesElsewhere(
  step: Step,
  at: number,
  call: Call,
  leg: Leg,
  phone: Channel,
  agent: string,
): void {
  const { queue, entry, consultation } = leg;
  const offer = { agent, device: phone.device, queue, entry, consultation };
  const colleague = offerLeg(step, at, call, phone, offer);
  for (const id of leg.channels) {
    const half = channelOf(step.state, id);
    if (half?.local !== true) continue;
    half.leg = colleague.key;
    colleague.channels.push(id);
  }
  leg.channels = leg.channels.filter((id) => !colleague.channels.includes(id));
  leg.takenElsewhere = true;
  endLeg(step, at, call, leg);
}
