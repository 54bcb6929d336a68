import { dialledAs, peerOf } from './device-names.ts';
import type { ChannelFacts } from './events.ts';
import type { CallState, Channel } from './state.ts';
import { isExtensionOf, isInside, judge, memberAgent, mobileOf } from './whose-phone.ts';

/** What calls themselves show about devices of which nobody has said whose they are. All of it is a guess, and marked as one: see whose-phone.ts. */

const phoneContexts =
  /^(from-(internal|agents?|phones?|users?|extensions?)\b|(internal|phones|agents|users)$)/i;
const lineContexts =
  /^(from-(trunk|pstn|did|sip-external|dahdi|zaptel|digital|analog|carrier|provider|outside)\b|ext-did)/i;

/** What sort of channels begin in a context: as configured, as seen of devices that are sure, else as its name says. */
function contextKind(state: CallState, context: string | null): 'phones' | 'lines' | null {
  if (context === null) return null;
  if (state.options.phoneContexts.includes(context)) return 'phones';
  const seen = state.data.phoneFacts.contexts.get(context);
  if (seen !== undefined) return seen === 'both' ? null : seen;
  if (phoneContexts.test(context)) return 'phones';
  return lineContexts.test(context) ? 'lines' : null;
}

/** The agent whose phone a new channel is, or null; and what the channel teaches about its context. */
export function agentOfNew(state: CallState, device: string, facts: ChannelFacts): string | null {
  const { agent, why, sure } = judge(state, device);
  if (sure) {
    if (facts.context !== null) learnContext(state, facts.context, agent === null ? 'lines' : 'phones');
    return agent;
  }
  const context = contextKind(state, facts.context);
  if (agent !== null) {
    // A trunk with a short number for a name: it brings callers from outside.
    const bringsOthers = facts.number !== null && !isInside(state, facts.number);
    return why === 'digits' && context === 'lines' && bringsOthers ? null : agent;
  }
  const isAnalogPhone = context === 'phones' && device.startsWith('DAHDI/');
  const isNamedPhone = context === 'phones' && isInside(state, facts.number);
  // Who begins a call under its own name for a number is a phone: a line brings the number of who is behind it.
  const bringsItself =
    facts.number === peerOf(device) && facts.linked === facts.channel && facts.exten !== 's';
  if (!isAnalogPhone && !isNamedPhone && !bringsItself) return null;
  return nameBy(state, device, facts.number);
}

function learnContext(state: CallState, context: string, kind: 'phones' | 'lines'): void {
  const { contexts } = state.data.phoneFacts;
  const known = contexts.get(context);
  if (known === kind || known === 'both') return;
  contexts.set(context, known === undefined ? kind : 'both');
}

/** The number that a phone shows is its agent's, if somebody has that extension; a DAHDI channel has no name to go by. */
function nameBy(state: CallState, device: string, number: string | null): string {
  const isName = number !== null && (isExtensionOf(state, number) || device.startsWith('DAHDI/'));
  return isName && isInside(state, number) ? number : memberAgent(state, device);
}

/**
 * A device is dialled as itself (a phone) or to reach a number through it (a line): that corrects a guess, and is remembered. A line to a user's own
 * number is that user's phone for this call, unless it is the user who dials it.
 * @param by the agent who dials, or null
 */
export function recognise(
  state: CallState,
  dialled: Channel,
  dialString: string | null,
  by: string | null,
): void {
  if (dialled.local || dialled.leg !== null) return;
  const mobile = mobileOf(state, dialString, dialled.device);
  if (mobile !== null && mobile.agent !== by) {
    standFor(state, dialled, mobile.number);
    dialled.agent = mobile.agent;
    return;
  }
  const verdict = judge(state, dialled.device);
  if (verdict.sure) {
    dialled.agent = verdict.agent;
    return;
  }
  const how = dialledAs(dialled.device, dialString);
  if (how === 'through') {
    dialled.agent = null;
    state.data.phoneFacts.seen.set(dialled.device, { kind: 'line', agent: null });
  } else if (how === 'itself') {
    dialled.agent ??=
      browserPhoneOf(state, dialled.device, dialString) ?? nameBy(state, dialled.device, dialled.number);
    learnPhone(state, dialled.device, verdict.agent === null ? dialled.agent : null);
  }
}

/** From now on the channel counts as the device that is reached through it. */
function standFor({ data }: CallState, line: Channel, device: string): void {
  const others = (data.phones.get(line.device) ?? []).filter((id) => id !== line.id);
  if (others.length === 0) data.phones.delete(line.device);
  else data.phones.set(line.device, others);
  line.device = device;
  data.phones.set(device, [...(data.phones.get(device) ?? []), line.id]);
}

/** FreePBX's phone in the browser, of an extension of which nothing else was seen: `991001/sip:…;transport=ws`. */
function browserPhoneOf(state: CallState, device: string, dialString: string | null): string | null {
  const exten = /^(?:PJSIP|SIP)\/99(\d{2,})$/.exec(device)?.[1] ?? null;
  const inBrowser = /;transport=wss?\b/i.test(dialString ?? '');
  return inBrowser && isInside(state, exten) && !isInside(state, peerOf(device)) ? exten : null;
}

function learnPhone(state: CallState, device: string, agent: string | null): void {
  const { seen } = state.data.phoneFacts;
  if (!seen.has(device)) seen.set(device, { kind: 'phone', agent });
}

/**
 * The phone that rings for a queue's member is the member's: named by nobody but the queue (its AgentCalled), or found behind the member's Local
 * channel. A second phone behind one Local member tells a ring group: then neither is the member's for good.
 * @returns the user whose phone it is for sure, or null
 */
export function belongsTo(state: CallState, phone: Channel, agent: string): string | null {
  const verdict = judge(state, phone.device);
  if (verdict.why === 'user') return verdict.agent;
  const { seen } = state.data.phoneFacts;
  if (phone.local || verdict.sure || verdict.why === 'digits') return null;
  phone.agent = agent;
  const rival = [...seen].find(([device, other]) => device !== phone.device && other.agent === agent);
  if (rival === undefined) seen.set(phone.device, { kind: 'phone', agent });
  else seen.set(rival[0], { kind: 'phone', agent: null });
  return null;
}
