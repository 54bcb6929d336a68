import { deviceOf, isLocal } from './device-names.ts';
import type { ChannelFacts } from './events.ts';
import { agentOfNew } from './learn-phones.ts';
import { callingParty, insideParty, partyOf } from './party.ts';
import type { Call, CallState, Channel, Step } from './state.ts';
import { iso, note } from './state.ts';

/**
 * Which channels are one call: a union-find over channels. Joined are a new channel and its Linkedid, the two ends of a dial, the channels of a
 * bridge, the halves of a Local channel, and all that a transfer names (docs/decisions/call-identity.md). Linkedid alone will not do: it changes
 * silently when bridges merge, and a consultation on a second line has one of its own.
 */

export function channelOf(state: CallState, id: string | null): Channel | undefined {
  return id === null ? undefined : state.data.channels.get(id);
}

export function callOf(state: CallState, channel: Channel | undefined): Call | undefined {
  return channel === undefined ? undefined : state.data.calls.get(channel.callId);
}

/** A Uniqueid without a system name (`systemname` in asterisk.conf) would be the same on two PBXs; the PBX's name makes it ours. */
function callIdOf(state: CallState, uniqueid: string): string {
  return /^\d+(\.\d+)?$/.test(uniqueid) ? `${state.options.pbx}-${uniqueid}` : uniqueid;
}

/**
 * A new channel joins the call of its Linkedid, or begins one. `CALLERID(pres)` in Newchannel says "allowed" of every caller, and the truth a
 * millisecond later: so long nothing is shown. Without that variable (null) there is nothing to wait for; a snapshot (`sure`) has the truth.
 */
export function openChannel(step: Step, at: number, facts: ChannelFacts, sure = false): Channel {
  const { data } = step.state;
  const device = deviceOf(facts.name);
  const local = isLocal(facts.name);
  const channel: Channel = {
    id: facts.channel,
    name: facts.name,
    device,
    local,
    agent: local ? null : agentOfNew(step.state, device, facts),
    callId: '',
    createdAt: at,
    number: facts.number,
    callerName: facts.callerName,
    presentation: facts.presentation,
    unsure: facts.presentation === 'allowed' && !sure,
    exten: facts.exten,
    up: false,
    otherHalf: null,
    bridge: null,
    dialledBy: null,
    pickedUpAt: null,
    dialStatus: null,
    requestedAt: null,
    softRequestedAt: null,
    heldAt: null,
    digitAt: null,
    aliveAt: null,
    leg: null,
  };
  data.channels.set(channel.id, channel);
  data.phones.set(device, [...(data.phones.get(device) ?? []), channel.id]);
  const known = data.calls.get(data.keys.get(facts.linked) ?? data.keys.get(channel.id) ?? '');
  if (known !== undefined) {
    addChannel(step.state, known, channel, facts.linked);
    known.recording ??= facts.recording;
    return channel;
  }
  beginCall(step, at, channel, facts);
  return channel;
}

/**
 * A channel that outlives the calls it takes part in has a call of its own again: an agent who logged in once and stays on the line
 * (AgentLogin) would else tie all callers of a day together. Returns the call that it was in, if that is over now.
 */
export function standApart(step: Step, at: number, channel: Channel): Call | undefined {
  const { state } = step;
  const call = callOf(state, channel);
  if (call === undefined || call.initiator === channel.id) return undefined;
  call.channels = call.channels.filter((id) => id !== channel.id);
  call.keys = call.keys.filter((key) => key !== channel.id);
  state.data.keys.delete(channel.id);
  channel.leg = null;
  beginCall(step, at, channel, { linked: channel.id, recording: null });
  return call.channels.length === 0 ? call : undefined;
}

function beginCall(
  step: Step,
  at: number,
  channel: Channel,
  facts: Pick<ChannelFacts, 'linked' | 'recording'>,
): void {
  const outside = channel.agent === null && !channel.local;
  const call: Call = {
    id: callIdOf(step.state, channel.id),
    startedAt: at,
    direction: outside ? 'inbound' : 'internal',
    party: outside ? callingParty(step.state, channel) : insideParty(channel),
    customer: outside ? channel.id : null,
    customerHungUpAt: null,
    customerRequestedAt: null,
    initiator: channel.id,
    initiatorRequestedAt: null,
    originated: false,
    goal: null,
    channels: [],
    keys: [],
    entries: [],
    legs: [],
    transfers: [],
    timeline: [],
    answeredAt: null,
    dialStatus: null,
    score: null,
    recording: facts.recording,
    callbackRequested: false,
    voicemail: false,
    ivrChoiceAt: null,
    upAt: null,
    openTransfer: null,
    untaken: null,
    metAt: null,
    gapUntil: null,
    // Asterisk links it to a channel that we never heard of: it is the middle of a call.
    estimated: facts.linked !== channel.id && !step.state.data.gone.includes(facts.linked),
    lost: false,
  };
  step.state.data.calls.set(call.id, call);
  addChannel(step.state, call, channel, facts.linked);
  note(call, at, 'call.started');
  step.out.push({ type: 'call.started', at: iso(at), callId: call.id, party: partyOf(call) });
}

function addChannel(state: CallState, call: Call, channel: Channel, linked: string): void {
  channel.callId = call.id;
  call.channels.push(channel.id);
  for (const key of [channel.id, linked]) addKey(state, call, key);
}

function addKey(state: CallState, call: Call, key: string): void {
  const { keys, calls } = state.data;
  if (calls.has(keys.get(key) ?? '')) return;
  keys.set(key, call.id);
  call.keys.push(key);
}

/** How many channels that are gone are remembered: those of the last seconds, on a busy PBX. */
const REMEMBERED = 500;

/** Takes a channel out of the tables of identity; its call stays, even when this was the last channel. */
export function forgetChannel(state: CallState, call: Call, channel: Channel): void {
  const { data } = state;
  data.channels.delete(channel.id);
  data.gone.push(channel.id);
  if (data.gone.length > REMEMBERED) data.gone.shift();
  const others = (data.phones.get(channel.device) ?? []).filter((id) => id !== channel.id);
  if (others.length === 0) data.phones.delete(channel.device);
  else data.phones.set(channel.device, others);
  call.channels = call.channels.filter((id) => id !== channel.id);
}

export function forgetCall(state: CallState, call: Call): void {
  for (const key of call.keys) state.data.keys.delete(key);
  state.data.calls.delete(call.id);
}

/**
 * Joins the calls of two channels and returns the one that stays: the one with a customer, else the older. The other's id leads to it from
 * now on, `call.merged` says so, and its legs follow those of the call that stays (so the places of those do not change).
 */
export function join(
  step: Step,
  at: number,
  a: Channel | undefined,
  b: Channel | undefined,
): Call | undefined {
  const { state } = step;
  const one = callOf(state, a);
  const two = callOf(state, b);
  if (one === undefined || two === undefined || one === two) return one ?? two;
  const [kept, gone] = staysFirst(one, two) ? [one, two] : [two, one];
  merge(state, kept, gone);
  note(kept, at, 'call.merged', { from: gone.id });
  step.out.push({ type: 'call.merged', at: iso(at), callId: kept.id, from: gone.id });
  return kept;
}

function staysFirst(a: Call, b: Call): boolean {
  if ((a.customer === null) !== (b.customer === null)) {
    const [withCustomer, inside] = a.customer === null ? [b, a] : [a, b];
    return (a === withCustomer) !== isSideCall(withCustomer, inside);
  }
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt;
  return numericOrder(a.initiator) <= numericOrder(b.initiator);
}

/** Colleagues who have met already, and one of them dials outside to give the other away: the line outside is the transfer's goal, no customer. */
function isSideCall(outbound: Call, inside: Call): boolean {
  if (outbound.direction !== 'outbound' || outbound.originated) return false;
  const met = inside.answeredAt !== null || inside.entries.some((entry) => !entry.consultation);
  return met && inside.direction === 'internal' && inside.startedAt <= outbound.startedAt;
}

/** Uniqueids of one moment differ in the running number after the dot, which is a number and not text (`.9` comes before `.10`). */
function numericOrder(uniqueid: string): number {
  return Number(uniqueid.slice(uniqueid.lastIndexOf('.') + 1)) || 0;
}

function merge(state: CallState, kept: Call, gone: Call): void {
  const { data } = state;
  for (const id of gone.channels) {
    const channel = data.channels.get(id);
    if (channel !== undefined) channel.callId = kept.id;
  }
  kept.channels.push(...gone.channels);
  for (const key of gone.keys) data.keys.set(key, kept.id);
  kept.keys.push(...gone.keys);
  // A call in progress may be asked for by the id that it had.
  if (!data.keys.has(gone.id)) {
    data.keys.set(gone.id, kept.id);
    kept.keys.push(gone.id);
  }
  if (isSideCall(gone, kept)) for (const leg of gone.legs) leg.consultation = true;
  kept.legs.push(...gone.legs);
  kept.entries.push(...gone.entries);
  kept.transfers.push(...gone.transfers);
  kept.timeline = [...kept.timeline, ...gone.timeline.filter((item) => item.what !== 'call.started')].sort(
    (x, y) => (x.at < y.at ? -1 : x.at > y.at ? 1 : 0),
  );
  kept.recording ??= gone.recording;
  kept.estimated = kept.estimated || gone.estimated;
  kept.gapUntil ??= gone.gapUntil;
  data.calls.delete(gone.id);
}
