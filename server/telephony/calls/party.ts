import type { CallParty } from '@ringdesk/shared/call-events';
import type { Presentation } from '@ringdesk/shared/interaction';
import { identityDigits, saysNobody, saysWithheld } from '@ringdesk/shared/phone-text';
import type { Call, CallState, Channel, Party, Step } from './state.ts';
import { iso } from './state.ts';

/** The parties of a call, as they are shown. Whose a phone is: whose-phone.ts. */

/**
 * The number that tells this party from all others: E.164, else the digits; null for what is no number (`Unknown`, `s`, `0`, letters), by which
 * nobody may be known again.
 */
function numberOf(state: CallState, raw: string | null, device: string | null): string | null {
  return raw === null ? null : (state.options.toE164(raw, device) ?? identityDigits(raw));
}

function presentationOf(channel: Channel, number: string | null): Presentation {
  if (channel.presentation === 'withheld') return 'withheld';
  if (channel.number !== null && saysWithheld(channel.number)) return 'withheld';
  return number === null || channel.presentation === 'unavailable' ? 'unavailable' : 'allowed';
}

/** The number that was called; null for the dialplan's own extensions (`s` where a line has no number, `i`, `h`, `t`). */
function didOf(exten: string | null): string | null {
  return exten === null || /^[a-z]$/i.test(exten) || saysNobody(exten) ? null : exten;
}

const nobodyYet: Party = {
  number: null,
  numberRaw: null,
  presentation: 'unavailable',
  name: null,
  did: null,
};

/**
 * The outside party who called in. A withheld number is in no field at all (`numberRaw` and the name included), so that it can leak nowhere,
 * even when the carrier sends it in clear.
 */
export function callingParty(state: CallState, channel: Channel): Party {
  const did = didOf(channel.exten);
  if (channel.unsure) return { ...nobodyYet, did };
  const number = numberOf(state, channel.number, channel.device);
  const presentation = presentationOf(channel, number);
  const { callerName } = channel;
  const named = presentation !== 'withheld' && callerName !== null && !saysNobody(callerName);
  return {
    number: presentation === 'allowed' ? number : null,
    numberRaw: presentation === 'allowed' ? channel.number : null,
    presentation,
    name: named ? callerName : null,
    did,
  };
}

/** An inside caller: no number of the outside world, but the extension and the name, for the colleague whose phone rings. */
export function insideParty(channel: Channel): Party {
  return {
    number: null,
    numberRaw: channel.agent ?? channel.number,
    presentation: 'allowed',
    name: channel.callerName,
    did: didOf(channel.exten),
  };
}

/** The outside party whom we call. @param device the line to the outside, once it is known */
export function calledParty(state: CallState, raw: string | null, device: string | null = null): Party {
  return {
    number: numberOf(state, raw, device),
    numberRaw: raw,
    presentation: raw === null ? 'unavailable' : 'allowed',
    name: null,
    did: null,
  };
}

export function partyOf(call: Call): CallParty {
  return { direction: call.direction, ...call.party };
}

/** Sets the outside party and says so, if anything changed. */
export function setParty(step: Step, call: Call, at: number, party: Party): void {
  const before = JSON.stringify(call.party);
  call.party = party;
  if (JSON.stringify(party) === before) return;
  step.out.push({ type: 'call.party', at: iso(at), callId: call.id, party: partyOf(call) });
}
