import { callOf, channelOf } from './identity.ts';
import { legOf } from './legs.ts';
import type { CallState, Channel } from './state.ts';
import { connected } from './talk.ts';
import { isInside } from './whose-phone.ts';

/** An agent who has a customer and calls somebody else: what comes of it is ours, and no contact of a customer. */

/** A Local channel speaks for an inside caller when its number is an extension, or an agent (and no customer) is at its other end. */
export function isInsideCaller(state: CallState, channel: Channel): boolean {
  if (channel.agent !== null) return true;
  if (!channel.local) return false;
  if (channel.number !== null) return isInside(state, channel.number);
  const group = [...connected(state, channel.id)].map((id) => channelOf(state, id));
  const customer = callOf(state, channel)?.customer;
  return group.some((c) => c?.agent != null) && !group.some((c) => c?.id === customer);
}

/**
 * Whether what this channel does is a consultation: it belongs to an agent who has a customer elsewhere. True for the second line of a phone
 * whose first line has one, and for the Local channel that Asterisk makes for its own attended transfer.
 */
export function isConsulting(state: CallState, caller: Channel): boolean {
  if (caller.local) return isInsideCaller(state, caller) && callOf(state, caller)?.customer != null;
  if (caller.agent === null) return false;
  const lines = (state.data.phones.get(caller.device) ?? []).filter((id) => id !== caller.id);
  return lines.some((id) => {
    const line = channelOf(state, id);
    const leg = legOf(state, line);
    return leg !== undefined && leg.answeredAt !== null && callOf(state, line)?.customer != null;
  });
}
