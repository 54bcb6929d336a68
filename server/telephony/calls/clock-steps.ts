import type { PbxEvent } from './events.ts';
import { callOf, channelOf } from './identity.ts';
import type { Call, CallState } from './state.ts';

/** Asterisk's threads write events some milliseconds out of order; a clock that was set back is off by more. */
const toleranceMs = 1000;

/**
 * The event in the time of its call. When the PBX's clock is set back during a call, what follows is told by the clock as it was before, so that
 * nothing ends before it began; the time between the two events of the step is not known and counts as none. The call's confidence says so.
 */
export function inTimeOfCall<E extends PbxEvent>(state: CallState, event: E): E {
  const call = callOfEvent(state, event);
  if (call === undefined) return event;
  const clock = call.clock ?? { latestAt: call.startedAt, backMs: 0 };
  let at = event.at + clock.backMs;
  if (at < clock.latestAt - toleranceMs) {
    clock.backMs = clock.latestAt - event.at;
    at = clock.latestAt;
  }
  clock.latestAt = Math.max(clock.latestAt, at);
  call.clock = clock;
  return clock.backMs === 0 ? event : { ...event, at };
}

function callOfEvent(state: CallState, event: PbxEvent): Call | undefined {
  if (event.type === 'Newchannel') return state.data.calls.get(state.data.keys.get(event.linked) ?? '');
  if (!('channel' in event) || typeof event.channel !== 'string') return undefined;
  return callOf(state, channelOf(state, event.channel));
}
