import type { Presentation } from '@ringdesk/shared/interaction';
import {
  bridgeEntered,
  bridgeLeft,
  callerNamed,
  channelBegan,
  channelState,
  digit,
  hangupRequested,
  held,
  hungUp,
  presented,
} from './channels.ts';
import { inTimeOfCall } from './clock-steps.ts';
import { dialEnded } from './dial-ends.ts';
import { dialBegan } from './dialling.ts';
import { ivrChosen, surveyed, surveyStarted, voicemailLeft } from './dialplan-facts.ts';
import type { PbxEvent } from './events.ts';
import { callOf, channelOf } from './identity.ts';
import { localPair } from './local-halves.ts';
import { deviceChanged, memberChanged, memberRemoved } from './members.ts';
import { originateFailed } from './originate.ts';
import { endpointTold, hintTold, ownersTold } from './phones-told.ts';
import { pickedUp } from './pickup.ts';
import {
  agentCalled,
  agentCompleted,
  agentConnected,
  agentRangOut,
  callerAbandoned,
  callerJoined,
  callerLeft,
} from './queue.ts';
import { callbackRequested, queueResult } from './queue-exits.ts';
import type { Step } from './state.ts';
import { attendedTransferred, blindTransferred, parked, unparked } from './transfers.ts';
import { meet } from './unheard.ts';

/** Which function knows what to do with which event. In the order in which a call meets them. */
const handlers: { [T in PbxEvent['type']]: (step: Step, event: EventOf<T>) => void } = {
  Newchannel: channelBegan,
  Newstate: shown(channelState),
  NewCallerid: callerNamed,
  LocalBridge: localPair,
  IvrChoice: ivrChosen,
  Digit: digit,

  QueueCallerJoin: shown(callerJoined),
  AgentCalled: agentCalled,
  DialBegin: shown(dialBegan),
  DialEnd: dialEnded,
  AgentRingNoAnswer: agentRangOut,
  Pickup: pickedUp,
  QueueCallerAbandon: callerAbandoned,
  QueueCallerLeave: callerLeft,
  QueueResult: queueResult,
  CallbackRequest: callbackRequested,
  VoiceMail: voicemailLeft,
  OriginateFailed: originateFailed,
  AgentConnect: agentConnected,

  BridgeEnter: bridgeEntered,
  Hold: held,
  BlindTransfer: blindTransferred,
  AttendedTransfer: attendedTransferred,
  ParkedCall: parked,
  UnParkedCall: unparked,
  BridgeLeave: bridgeLeft,
  AgentComplete: agentCompleted,
  SurveyStart: surveyStarted,
  Survey: surveyed,
  HangupRequest: hangupRequested,
  Hangup: shown<EventOf<'Hangup'>>(hungUp),

  Member: (step, event) => memberChanged(step, event.at, event),
  MemberRemoved: memberRemoved,
  Device: deviceChanged,
  Hint: hintTold,
  Endpoint: endpointTold,
  Owners: ownersTold,
};

/** First whether the caller's number may be shown, then what the event says. */
function shown<E extends { at: number; channel: string | null; presentation: Presentation | null }>(
  handler: (step: Step, event: E) => void,
): (step: Step, event: E) => void {
  return (step, event) => {
    const channel = channelOf(step.state, event.channel);
    const call = callOf(step.state, channel);
    if (channel !== undefined && call !== undefined) {
      presented(step, event.at, call, channel, event.presentation);
    }
    handler(step, event);
  };
}

type EventOf<T extends PbxEvent['type']> = PbxEvent & { type: T };

export function applyTo<T extends PbxEvent['type']>(step: Step, event: EventOf<T>): void {
  const timed = inTimeOfCall(step.state, event);
  if (timed.named !== undefined) meet(step, timed.at, timed.named);
  handlers[event.type](step, timed);
}
