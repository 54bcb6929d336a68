import type { CallEvent } from '@ringdesk/shared/call-events';
import { hangupRequested } from './channels.ts';
import { legOf } from './legs.ts';
import type { CallState, Step } from './state.ts';

/**
 * What this program asks of the PBX itself, and the PBX does not say whose wish it was.
 *
 * The channel of this name is about to be hung up by AMI's Hangup, at `at` (ms since 1970): as good as if its phone had asked. Asterisk makes
 * no HangupRequest of it, and its queue says that the caller hung up (AgentComplete, Reason: caller). A channel that is gone means nothing.
 */
export function askedToHangUp(state: CallState, channelName: string, at: number): CallEvent[] {
  const step: Step = { state, out: [] };
  const channel = [...state.data.channels.values()].find(({ name }) => name === channelName);
  if (channel === undefined) return [];
  hangupRequested(step, { type: 'HangupRequest', at, channel: channel.id, soft: false, byDialplan: false });
  const leg = legOf(state, channel);
  if (leg !== undefined && leg.answeredAt === null && channel.agent === leg.agent) leg.declined = true;
  return step.out;
}
