import { frontOf } from './chain.ts';
import { channelOf } from './identity.ts';
import { openLegs } from './legs.ts';
import { insideParty, partyOf } from './party.ts';
import type { Call, CallState, Channel, Leg, Step } from './state.ts';
import { iso } from './state.ts';

/** One dial that rings several phones at once, `Dial(PJSIP/1001&PJSIP/1002&PJSIP/7916…@trunk)`: a group of colleagues, or a desk phone and its mobile. */

/**
 * The legs of the phones that ring for this caller, through whatever Local channels, and that nobody has answered. A queue's rings are its own
 * business.
 */
function ringing(state: CallState, call: Call, caller: Channel): Leg[] {
  return openLegs(call).filter(
    (leg) =>
      leg.answeredAt === null &&
      leg.queue === null &&
      frontOf(state, channelOf(state, leg.uniqueid)) === caller,
  );
}

/** One of them was answered: the others were not missed. Their own DialEnd says CANCEL, as it does when the caller gives up. */
export function takenByOne(state: CallState, call: Call, answered: Channel): void {
  const caller = frontOf(state, answered);
  if (caller === null) return;
  for (const leg of ringing(state, call, caller)) if (leg.key !== answered.leg) leg.takenElsewhere = true;
}

/**
 * An outside line was only a colleague's other phone: the colleague answered at the desk (or may still, when the line is gone). So it is a call between
 * colleagues. `line` is the outside line that was taken for the customer's.
 */
export function onlyColleagues(step: Step, at: number, call: Call, line: Channel): void {
  if (call.customer !== line.id) return;
  const caller = frontOf(step.state, line);
  if (caller?.agent == null || call.originated) return;
  if (call.direction !== 'outbound' || call.answeredAt !== null || caller.id !== call.initiator) return;
  if (ringing(step.state, call, caller).length === 0) return;
  call.customer = null;
  call.dialStatus = null;
  call.direction = 'internal';
  call.party = insideParty(caller);
  step.out.push({ type: 'call.party', at: iso(at), callId: call.id, party: partyOf(call) });
}
