import { channelVariable, personName, presentationOf, text, whole } from './fields.ts';
import { ofChannel, ofDial, type Reader, withNamed } from './readers.ts';

/** Channels, dials, bridges. */

const hangupRequest = (soft: boolean) =>
  ofChannel((m, at, channel) => ({
    type: 'HangupRequest',
    at,
    channel,
    soft,
    byDialplan: !soft && text(m, 'Cause') !== null,
  }));
const hold = (on: boolean) => ofChannel((_, at, channel) => ({ type: 'Hold', at, channel, on }));

const entered = withNamed(
  ofChannel((m, at, channel) => ({
    type: 'BridgeEnter',
    at,
    channel,
    bridge: m.get('BridgeUniqueid') ?? '',
    bridgeType: m.get('BridgeType') ?? '',
    technology: m.get('BridgeTechnology') ?? '',
    // Set by MixMonitor in the dialplan, so that the Newchannel before it knew nothing of it.
    recording: channelVariable(m, 'MIXMONITOR_FILENAME'),
  })),
);

export const channelReaders: Readonly<Record<string, Reader>> = {
  Newchannel: ofChannel((m, at, channel) => ({
    type: 'Newchannel',
    at,
    channel,
    name: m.get('Channel') ?? '',
    linked: text(m, 'Linkedid') ?? channel,
    number: text(m, 'CallerIDNum'),
    callerName: personName(m, 'CallerIDName'),
    presentation: presentationOf(m),
    exten: text(m, 'Exten'),
    context: text(m, 'Context'),
    recording: channelVariable(m, 'MIXMONITOR_FILENAME'),
  })),
  Newstate: ofChannel((m, at, channel) => ({
    type: 'Newstate',
    at,
    channel,
    state: whole(m, 'ChannelState') ?? 0,
    presentation: presentationOf(m),
  })),
  NewCallerid: ofChannel((m, at, channel) => ({
    type: 'NewCallerid',
    at,
    channel,
    number: text(m, 'CallerIDNum'),
    name: personName(m, 'CallerIDName'),
    presentation: presentationOf(m),
  })),
  LocalBridge: (m, at) => {
    const one = text(m, 'LocalOneUniqueid');
    const two = text(m, 'LocalTwoUniqueid');
    return one === null || two === null ? null : { type: 'LocalBridge', at, one, two };
  },
  HangupRequest: hangupRequest(false),
  SoftHangupRequest: hangupRequest(true),
  Hangup: ofChannel((m, at, channel) => ({
    type: 'Hangup',
    at,
    channel,
    cause: whole(m, 'Cause') ?? 0,
    presentation: presentationOf(m),
  })),
  DialBegin: withNamed(
    ofDial((m, at, channel, dest) => ({
      type: 'DialBegin',
      at,
      channel,
      dest,
      dialString: text(m, 'DialString'),
      presentation: presentationOf(m),
    })),
  ),
  DialEnd: ofDial((m, at, channel, dest) => ({
    type: 'DialEnd',
    at,
    channel,
    dest,
    status: m.get('DialStatus') ?? '',
    forward: text(m, 'Forward'),
  })),
  BridgeEnter: entered,
  // Said of who takes another's place in a conference, too, where BridgeEnter is not.
  ConfbridgeJoin: entered,
  BridgeLeave: ofChannel((m, at, channel) => ({
    type: 'BridgeLeave',
    at,
    channel,
    bridge: m.get('BridgeUniqueid') ?? '',
  })),
  Hold: hold(true),
  Unhold: hold(false),
  DTMFEnd: ofChannel((m, at, channel) =>
    m.get('Direction') === 'Sent' ? null : { type: 'Digit', at, channel },
  ),
};
