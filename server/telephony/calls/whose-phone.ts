import { dialledNumber, isLocal, peerOf } from './device-names.ts';
import type { CallState } from './state.ts';

/**
 * The one place that decides whether a device is a phone of ours, and whose. What says so, the surest first:
 *
 * - `user`: it is a device of a user, or leads to a number of one;
 * - `trunk-setting`: it begins as one of PBX_TRUNKS does, so it is a line to the outside;
 * - `phone-setting`: it fits one of PBX_PHONES;
 * - `member`: it is the interface of a queue's member, or the phone behind one;
 * - `line`: the PBX logs in there, or a number was dialled through it;
 * - `hint`: an extension's hint watches it;
 * - `endpoint`: it logs in to the PBX;
 * - `twin`: FreePBX's second device of an extension, `99` before its number, for the phone in the browser;
 * - `digits`: it has a short number for a name. A DAHDI channel has a number and no name: that says nothing;
 * - `dialled`: it was dialled as itself, which is done to phones;
 * - `nothing`: nobody says anything, so it is taken for the outside.
 *
 * All down to `endpoint` are sure; the rest is a guess, and marked as one.
 */
export type PhoneReason =
  | 'user'
  | 'trunk-setting'
  | 'phone-setting'
  | 'member'
  | 'line'
  | 'hint'
  | 'endpoint'
  | 'twin'
  | 'dialled'
  | 'digits'
  | 'nothing';

export interface PhoneVerdict {
  /** Null: a line to the outside. */
  agent: string | null;
  why: PhoneReason;
  sure: boolean;
}

const line = (why: PhoneReason, sure: boolean): PhoneVerdict => ({ agent: null, why, sure });
const phone = (agent: string, why: PhoneReason, sure = true): PhoneVerdict => ({ agent, why, sure });

/** @param device `PJSIP/anna`, or a member's interface such as `Local/1001@from-queue/n` */
export function judge(state: CallState, device: string): PhoneVerdict {
  const { options, phoneIndex } = state;
  const { owners, endpoints, seen } = state.data.phoneFacts;
  const owner = owners.get(device) ?? mobileOf(state, device, null)?.agent;
  if (owner !== undefined) return phone(owner, 'user');
  if (options.trunks.some((trunk) => device.startsWith(trunk))) return line('trunk-setting', true);
  for (const { matches } of phoneIndex.patterns) {
    const found = matches.exec(device);
    if (found !== null) return phone(found[1] ?? nameOf(state, device), 'phone-setting');
  }
  const partners = phoneIndex.members.get(device);
  if (partners !== undefined) return phone(agentOfMember(state, [device, ...partners]), 'member');
  const endpoint = endpoints.get(device);
  const met = seen.get(device);
  if (endpoint?.kind === 'line' || met?.kind === 'line') return line('line', true);
  if (phoneIndex.hinted.has(device)) return phone(nameOf(state, device), 'hint');
  if (endpoint?.kind === 'phone') return phone(nameOf(state, device), 'endpoint');
  const twin = twinOf(state, device);
  if (twin !== null) return phone(twin, 'twin', false);
  const byDigits = isInside(state, peerOf(device)) && !device.startsWith('DAHDI/');
  if (byDigits) return phone(peerOf(device), 'digits', false);
  if (met?.kind === 'phone') return phone(met.agent ?? nameOf(state, device), 'dialled', false);
  return line('nothing', false);
}

/** A number at which a user is reached outside the house. */
export interface Mobile {
  /** E.164 */
  number: string;
  agent: string;
}

/**
 * The user's number that is dialled, or null for any other.
 * @param dialString of a dial, or the interface of a member that is a number: `Local/89161234567@agents/n`
 * @param line the trunk through which it is dialled, when it is known: its rules tell how numbers are written there
 */
export function mobileOf(state: CallState, dialString: string | null, line: string | null): Mobile | null {
  const { mobiles } = state.phoneIndex;
  if (mobiles.size === 0 || dialString === null) return null;
  const dialled = dialledNumber(dialString.replace(/\/[a-z]{1,4}$/, ''));
  const number = dialled === null ? null : state.options.toE164(dialled, line);
  const agent = number === null ? undefined : mobiles.get(number);
  return number === null || agent === undefined ? null : { number, agent };
}

export function agentOf(state: CallState, device: string): string | null {
  return judge(state, device).agent;
}

/** The agent to whom a queue offered a call: a member is one, whatever its interface looks like. */
export function memberAgent(state: CallState, device: string): string {
  return agentOf(state, device) ?? peerOf(device);
}

/** A number inside the house: an extension. */
export function isInside(state: CallState, number: string | null): boolean {
  return number !== null && /^\d+$/.test(number) && number.length <= state.options.maxExtensionDigits;
}

/** The agent of a phone that is no user's device itself: another device of its extension may be, else the extension is its id, else its name. */
function nameOf(state: CallState, device: string): string {
  const { owners, hints, endpoints } = state.data.phoneFacts;
  const exten = state.phoneIndex.hinted.get(device);
  if (exten !== undefined) {
    const others = new Set((hints.get(exten) ?? []).flatMap((other) => owners.get(other) ?? []));
    const [only] = others;
    return others.size === 1 && only !== undefined ? only : exten;
  }
  const twin = twinOf(state, device);
  if (twin !== null) return twin;
  const number = endpoints.get(device)?.number ?? null;
  return number !== null && isExtensionOf(state, number) ? number : peerOf(device);
}

/** The id of a user who has a device. */
export function isAgent(state: CallState, id: string): boolean {
  return state.phoneIndex.agents.has(id);
}

/** An extension that somebody has: a user's id, or one with a hint. */
export function isExtensionOf(state: CallState, number: string): boolean {
  return state.phoneIndex.agents.has(number) || state.data.phoneFacts.hints.has(number);
}

/** All names of one member: its interface, and the phone or hint behind it. */
function agentOfMember(state: CallState, names: readonly string[]): string {
  const { owners, hints } = state.data.phoneFacts;
  for (const name of names) {
    const owner = owners.get(name);
    if (owner !== undefined) return owner;
  }
  const way = names.find((name) => name.startsWith('hint:')) ?? names.find(isLocal) ?? names[0] ?? '';
  const behind = hints.get(peerOf(way)) ?? [];
  const ownersBehind = new Set(behind.flatMap((name) => owners.get(name) ?? []));
  const [only] = ownersBehind;
  if (ownersBehind.size === 1 && only !== undefined) return only;
  const hinted = names.find((name) => state.phoneIndex.hinted.has(name));
  if (hinted !== undefined) return nameOf(state, hinted);
  return peerOf(way);
}

/** The extension of which this is the second device, if that extension's first one is known. */
function twinOf(state: CallState, device: string): string | null {
  const found = /^(PJSIP|SIP)\/99(\d{2,})$/.exec(device);
  if (found === null) return null;
  const [, technology, exten = ''] = found;
  const first = `${technology}/${exten}`;
  const { owners, endpoints, seen } = state.data.phoneFacts;
  const owner = owners.get(first);
  if (owner !== undefined) return owner;
  const known =
    isExtensionOf(state, exten) ||
    state.phoneIndex.members.has(first) ||
    endpoints.get(first)?.kind === 'phone' ||
    seen.get(first)?.kind === 'phone' ||
    state.data.phones.has(first);
  return known ? memberAgent(state, first) : null;
}
