import type { PbxEvent } from './events.ts';
import { callOf, channelOf } from './identity.ts';
import { calledParty, insideParty, setParty } from './party.ts';
import type { CallState, Step } from './state.ts';
import { isInside } from './whose-phone.ts';

/**
 * A click-to-call that failed before it dialled anybody: whom it was for stands in OriginateResponse alone, which comes before the Hangup of the phone
 * that was rung (Asterisk's Originate dials the phone first and the extension then).
 */
export function originateFailed(step: Step, event: Extract<PbxEvent, { type: 'OriginateFailed' }>): void {
  const { state } = step;
  for (const id of [...(state.data.phones.get(event.device) ?? [])].reverse()) {
    const phone = channelOf(state, id);
    const call = callOf(state, phone);
    if (phone === undefined || call?.initiator !== id || !call.originated || call.customer !== null) continue;
    const dialled = event.exten ?? '';
    if (isInside(state, dialled)) {
      call.direction = 'internal';
      setParty(step, call, event.at, { ...insideParty(phone), did: dialled });
    } else if (call.goal === null && /^[+*#\d]{2,}$/.test(dialled)) {
      call.goal = outsideNumber(state, dialled);
      setParty(step, call, event.at, calledParty(state, call.goal));
    }
    return;
  }
}

/** The number without what is dialled before it for an outside line. */
function outsideNumber({ options }: CallState, dialled: string): string {
  const { outboundPrefix } = options;
  return dialled.startsWith(outboundPrefix) ? dialled.slice(outboundPrefix.length) : dialled;
}
