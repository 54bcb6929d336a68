import { change, NOBODY } from './channel.ts';
import { deviceChanged } from './device.ts';
import type { Channel, ChannelState, Owner, Party, Pbx } from './state.ts';

const CAUSE_TEXT: Readonly<Record<number, string>> = {
  0: 'Unknown',
  1: 'Unallocated (unassigned) number',
  16: 'Normal Clearing',
  17: 'User busy',
  19: 'User alerting, no answer',
  21: 'Call Rejected',
  26: 'Answered elsewhere',
  127: 'Interworking, unspecified',
};

/** Nobody has it in hand: asked to end, it ends. */
function nobodysChannel(pbx: Pbx): Owner {
  return { ended: (channel) => hangUp(pbx, channel) };
}

export interface NewChannel {
  device: string;
  state: ChannelState;
  context: string;
  exten: string;
  caller: Party;
  linkedid?: string;
  uniqueid?: string;
  /** The name, where it is not the device and a serial number (Local channels). */
  name?: string;
}

/** A channel comes up; says Newchannel. */
export function newChannel(pbx: Pbx, wanted: NewChannel): Channel {
  const uniqueid = wanted.uniqueid ?? pbx.newUniqueid();
  const channel: Channel = {
    name: wanted.name ?? `${wanted.device}-${pbx.newSerial('pjsip')}`,
    uniqueid,
    linkedid: wanted.linkedid ?? uniqueid,
    device: wanted.device,
    state: wanted.state,
    caller: wanted.caller,
    connected: NOBODY,
    context: wanted.context,
    exten: wanted.exten,
    priority: 1,
    callref: '',
    recording: '',
    createdAt: pbx.clock.now(),
    application: '',
    applicationData: '',
    owner: nobodysChannel(pbx),
    bridge: null,
    visit: null,
    otherHalf: null,
    upstream: null,
    lateCaller: null,
    onBridgeOver: null,
    asksToEnd: false,
    runsDialplan: false,
    redirected: false,
    cause: 0,
    techCause: '',
    survey: false,
    held: false,
    variables: new Map(),
    gone: false,
    snapshots: new Map(),
  };
  pbx.channels.set(uniqueid, channel);
  pbx.byName.set(channel.name, channel);
  const siblings = pbx.ofDevice.get(channel.device);
  if (siblings === undefined) pbx.ofDevice.set(channel.device, new Set([channel]));
  else siblings.add(channel);
  pbx.say('Newchannel', channel);
  return channel;
}

export function setState(pbx: Pbx, channel: Channel, state: ChannelState): void {
  if (channel.state === state) return;
  change(channel, { state });
  pbx.say('Newstate', channel);
}

/** Who is at the other end, as this channel's phone shows it. Said only when it changes. */
export function connectTo(pbx: Pbx, channel: Channel, party: Party): void {
  if (channel.gone) return;
  if (channel.connected.number === party.number && channel.connected.name === party.name) return;
  change(channel, { connected: party });
  pbx.say('NewConnectedLine', channel);
}

export function setCaller(pbx: Pbx, channel: Channel, caller: Party): void {
  change(channel, { caller });
  sayCaller(pbx, channel);
}

export function sayCaller(pbx: Pbx, channel: Channel): void {
  pbx.say('NewCallerid', channel, { 'CID-CallingPres': '0 (Presentation Allowed, Not Screened)' });
}

/** HangupRequest: the far end wants to end. The cause is said only where Asterisk knows one. */
export function sayHangupRequest(pbx: Pbx, channel: Channel): void {
  const { cause, techCause } = channel;
  channel.asksToEnd = true;
  const tech = techCause === '' ? {} : { TechCause: techCause };
  pbx.say('HangupRequest', channel, cause === 0 ? {} : { Cause: cause, ...tech });
}

/** SoftHangupRequest: the dialplan of this channel is over. */
export function saySoftHangup(pbx: Pbx, channel: Channel, cause = 16): void {
  const tech = channel.techCause === '487' ? { TechCause: channel.techCause } : {};
  pbx.say('SoftHangupRequest', channel, { Cause: cause, ...tech });
}

/** The channel is gone; says Hangup and the new state of its device. A Local channel takes its other half with it. */
export function hangUp(pbx: Pbx, channel: Channel): void {
  if (channel.gone) return;
  channel.gone = true;
  pbx.channels.delete(channel.uniqueid);
  pbx.byName.delete(channel.name);
  pbx.ofDevice.get(channel.device)?.delete(channel);
  const half = channel.otherHalf;
  const takesHalf = half !== null && !half.gone;
  if (takesHalf) {
    half.cause = 16;
    sayHangupRequest(pbx, half);
  }
  const tech = channel.techCause === '' ? {} : { TechCause: channel.techCause };
  pbx.say('Hangup', channel, {
    Cause: channel.cause,
    'Cause-txt': CAUSE_TEXT[channel.cause] ?? 'Unknown',
    ...tech,
  });
  deviceChanged(pbx, channel.device);
  if (takesHalf) half.owner.ended(half);
}
