import type { CallParty } from '@ringdesk/shared/call-events';
import type { Presentation } from '@ringdesk/shared/interaction';
import { identityDigits, saysNobody, saysWithheld } from '@ringdesk/shared/phone-text';
import type { Call, CallState, Channel, Party, Step } from './state.ts';
import { iso } from './state.ts';

/**
 * Who is who. A channel is a Local half (nobody), an agent's phone, or the outside world:
 * 1. `options.agentOf(device)` decides, if it gives an answer (a name: an agent; null: outside);
 * 2. a device that begins as one of `options.trunks` does is outside;
 * 3. a queue's member, or the phone behind a member, is an agent: the part after the slash;
 * 4. a peer named by at most `maxExtensionDigits` digits (`PJSIP/1001`, `SIP/204`) is an agent, but a DAHDI line has a number and no name:
 *    `DAHDI/4` may be a phone or a line to the outside, and is taken for the latter;
 * 5. all else (`PJSIP/trunk`, `DAHDI/i1`, `PJSIP/74955550100`) is outside.
 */

/** `PJSIP/1001-0000002a` → `PJSIP/1001`; `Local/1005@agents-00000003;2` → `Local/1005@agents`. */
export function deviceOf(channelName: string): string {
  return channelName.replace(/(;[12])$/, '').replace(/-[0-9a-f]+$/i, '');
}

export function isLocal(channelName: string): boolean {
  return channelName.startsWith('Local/');
}

/** `PJSIP/1001` → `1001`, `Local/1005@agents/n` → `1005`. */
export function peerOf(device: string): string {
  return device.slice(device.indexOf('/') + 1).replace(/[@/].*$/, '');
}

export function agentOf(state: CallState, device: string): string | null {
  const given = state.options.agentOf?.(device);
  if (given !== undefined) return given;
  if (state.options.trunks.some((trunk) => device.startsWith(trunk))) return null;
  const peer = peerOf(device);
  const named = isInside(state, peer) && !device.startsWith('DAHDI/');
  return named || state.memberDevices.has(device) ? peer : null;
}

/** The agent to whom a queue offered a call: a member is one, whatever its interface looks like. */
export function memberAgent(state: CallState, device: string): string {
  return agentOf(state, device) ?? peerOf(device);
}

/** A number inside the house: an extension. */
export function isInside(state: CallState, number: string | null): boolean {
  return number !== null && /^\d+$/.test(number) && number.length <= state.options.maxExtensionDigits;
}

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

/** The number in a dial string: `79165550001@trunk`, `PJSIP/7916…@trunk`, `SIP/trunk/7916…`, `sip:+7916…@host`. */
export function dialledNumber(dialString: string | null): string | null {
  const found = /([+*#\d]{2,})@/.exec(dialString ?? '') ?? /(?:^|[/:])([+*#\d]{2,})$/.exec(dialString ?? '');
  return found?.[1] ?? null;
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
