import type { CallEvent } from '@ringdesk/shared/call-events';
import type { Interaction } from '@ringdesk/shared/interaction';
import { applyTo } from './apply.ts';
import type { PbxEvent, Snapshot } from './events.ts';
import { recordOf } from './record.ts';
import { applySnapshotTo } from './snapshot.ts';
import type { CallState, Step } from './state.ts';

/**
 * The call model: AMI events in, what happened in the words of a contact centre out. Pure: no clock (time is the events' Timestamp), no I/O, no
 * library. One state per PBX; it is changed in place by `applyEvent`, `applySnapshot` and `linkDown`, and nowhere else.
 */

export { askedToHangUp } from './asked.ts';
export type { MemberFacts, PbxEvent, Snapshot } from './events.ts';
export { exportState, importState, type JsonValue } from './export.ts';
export { type AmiFields, timestampMs } from './fields.ts';
export { type ListedDevice, listPhones } from './list-phones.ts';
export { currentMembers } from './members.ts';
export { openEvents } from './open-events.ts';
export { ownersFrom, ownersText } from './owners-text.ts';
export { readEvent, wantedEvents } from './read-event.ts';
export { readSnapshot } from './read-snapshot.ts';
export { type CallModelOptions, type CallState, createCallState } from './state.ts';
export { testCall } from './test-call.ts';
export { judge as whosePhone, type PhoneReason } from './whose-phone.ts';

/** Applies one event and returns what it means, in order. An event that is repeated, or is about channels that are gone, means nothing. */
export function applyEvent(state: CallState, event: PbxEvent): CallEvent[] {
  const step: Step = { state, out: [] };
  applyTo(step, event);
  return step.out;
}

/** Brings the state in step with the answers to CoreShowChannels and QueueStatus. To be called at each login, before the events that follow it. */
export function applySnapshot(state: CallState, snapshot: Snapshot): CallEvent[] {
  const step: Step = { state, out: [] };
  applySnapshotTo(step, snapshot);
  return step.out;
}

/** The link to the PBX was lost at `at` (ms since 1970). Live calls are kept as they are; the next snapshot tells which ones are left. */
export function linkDown(state: CallState, at: number): void {
  state.data.downSince = state.data.downSince ?? at;
}

/** The live interaction, also by the id of a call that was merged into it; null when there is none. */
export function interactionOf(state: CallState, callId: string): Interaction | null {
  const { calls, keys } = state.data;
  const call = calls.get(callId) ?? calls.get(keys.get(callId) ?? '');
  return call === undefined ? null : recordOf(state, call, null);
}

/** All live interactions, oldest first. */
export function liveCalls(state: CallState): Interaction[] {
  return [...state.data.calls.values()]
    .sort((a, b) => a.startedAt - b.startedAt)
    .map((call) => recordOf(state, call, null));
}

export interface WaitingCaller {
  callId: string;
  /** 1 is next. Asterisk tells it at the join only; this is the place now. */
  position: number;
}

/** Who waits in a queue, first in line first. */
export function waitingIn(state: CallState, queue: string): WaitingCaller[] {
  return (state.data.waiting.get(queue) ?? []).map((channel, index) => ({
    callId: state.data.channels.get(channel)?.callId ?? '',
    position: index + 1,
  }));
}
