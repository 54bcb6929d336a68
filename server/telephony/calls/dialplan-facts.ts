import type { PbxEvent } from './events.ts';
import { callOf, channelOf } from './identity.ts';
import { movedOn } from './queue-exits.ts';
import type { Call, CallState, Channel, Step } from './state.ts';
import { note } from './state.ts';

/** What only the dialplan knows and tells by UserEvent: the choice in the menu, the survey. And the voicemail, told by the application. */

type Of<T extends PbxEvent['type']> = Extract<PbxEvent, { type: T }>;

function find(state: CallState, id: string): { channel: Channel; call: Call } | null {
  const channel = channelOf(state, id);
  const call = callOf(state, channel);
  return channel === undefined || call === undefined ? null : { channel, call };
}

export function ivrChosen(step: Step, event: Of<'IvrChoice'>): void {
  const found = find(step.state, event.channel);
  if (found === null) return;
  if (found.call.entries.length === 0) found.call.ivrChoiceAt = event.at;
  note(found.call, event.at, 'ivr.choice', { choice: event.choice });
  movedOn(step, found.call, found.channel, event.at);
}

export function surveyStarted(step: Step, event: Of<'SurveyStart'>): void {
  const found = find(step.state, event.channel);
  if (found !== null) note(found.call, event.at, 'survey.started');
}

/** A caller who hangs up or presses no valid key gives no score; the survey is then null, not zero. */
export function surveyed(step: Step, event: Of<'Survey'>): void {
  const found = find(step.state, event.channel);
  if (found === null || event.score === null) return;
  found.call.score = event.score;
  note(found.call, event.at, 'survey.answered', { score: event.score });
}

/** The end of VoiceMail() on the customer's channel. An agent who listens to the mailbox ends in the same event, on the agent's. */
export function voicemailLeft(step: Step, event: Of<'VoiceMail'>): void {
  const found = find(step.state, event.channel);
  if (found === null || found.channel.id !== found.call.customer) return;
  found.call.voicemail = true;
  note(found.call, event.at, 'voicemail.left');
  movedOn(step, found.call, found.channel, event.at);
}
