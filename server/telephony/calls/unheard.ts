import { isMachine } from './device-names.ts';
import type { NamedChannel } from './events.ts';
import { callOf, channelOf, openChannel } from './identity.ts';
import { callingParty, insideParty, partyOf } from './party.ts';
import type { Call, Channel, Step } from './state.ts';
import { iso } from './state.ts';
import { isTestChannel } from './test-call.ts';

/**
 * Channels whose Newchannel was not heard: a stream that begins in mid-call, an event that was lost. What later events say of them is used, what they
 * do not say stays unknown, and the call is `estimated`.
 */

/** Takes up the channels that an event names and that are neither known nor gone. */
export function meet(step: Step, at: number, named: readonly NamedChannel[]): void {
  for (const facts of named) {
    if (channelOf(step.state, facts.channel) !== undefined) continue;
    if (isTestChannel(facts.channel) || isMachine(facts.name)) continue;
    if (step.state.data.gone.includes(facts.channel)) continue;
    const channel = openChannel(step, at, facts, true);
    channel.up = facts.up;
    const call = callOf(step.state, channel);
    if (call === undefined) continue;
    const headless = call.estimated && call.keys.includes(channel.id);
    call.estimated = true;
    if (headless && channel.id === facts.linked) beginsWith(step, at, call, channel);
  }
}

/** The channel to which the others of this call are linked is the one that began it: a customer's, or an inside caller's. */
function beginsWith(step: Step, at: number, call: Call, channel: Channel): void {
  if (call.customer !== null || call.initiator === channel.id || channel.local) return;
  call.initiator = channel.id;
  if (channel.agent === null) {
    call.customer = channel.id;
    call.direction = 'inbound';
    call.party = callingParty(step.state, channel);
  } else call.party = insideParty(channel);
  step.out.push({ type: 'call.party', at: iso(at), callId: call.id, party: partyOf(call) });
}
