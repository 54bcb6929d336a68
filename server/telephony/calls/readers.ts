import type { NamedChannel, PbxEvent } from './events.ts';
import { type AmiFields, channelVariable, personName, presentationOf, text } from './fields.ts';

/** How events are read: each kind of event names its channels and queues in the same fields, and is nothing without them. */

export type Reader = (m: AmiFields, at: number) => PbxEvent | null;

/** Events about one channel: nothing is read when the channel is missing. */
export function ofChannel(read: (m: AmiFields, at: number, channel: string) => PbxEvent | null): Reader {
  return (m, at) => {
    const channel = text(m, 'Uniqueid');
    return channel === null ? null : read(m, at, channel);
  };
}

export function ofDial(
  read: (m: AmiFields, at: number, channel: string | null, dest: string) => PbxEvent,
): Reader {
  return (m, at) => {
    const dest = text(m, 'DestUniqueid');
    return dest === null ? null : read(m, at, text(m, 'Uniqueid'), dest);
  };
}

export function ofQueue(
  read: (m: AmiFields, at: number, channel: string, queue: string) => PbxEvent,
): Reader {
  return ofChannel((m, at, channel) => {
    const queue = text(m, 'Queue');
    return queue === null ? null : read(m, at, channel, queue);
  });
}

interface Offered {
  at: number;
  channel: string;
  dest: string;
  queue: string;
  device: string;
}
export function ofOffer(read: (m: AmiFields, offered: Offered) => PbxEvent): Reader {
  return ofMember((m, at, queue, device) => {
    const channel = text(m, 'Uniqueid');
    const dest = text(m, 'DestUniqueid');
    return channel === null || dest === null ? null : read(m, { at, channel, dest, queue, device });
  });
}

export function ofMember(
  read: (m: AmiFields, at: number, queue: string, device: string) => PbxEvent | null,
): Reader {
  return (m, at) => {
    const queue = text(m, 'Queue');
    const device = text(m, 'Interface');
    return queue === null || device === null ? null : read(m, at, queue, device);
  };
}

/** The channel that a message describes in full; `Dest` for the one that is dialled. */
function namedChannel(m: AmiFields, end: '' | 'Dest'): NamedChannel | null {
  const channel = text(m, `${end}Uniqueid`);
  const name = text(m, `${end}Channel`);
  if (channel === null || name === null) return null;
  return {
    channel,
    name,
    linked: text(m, `${end}Linkedid`) ?? channel,
    number: text(m, `${end}CallerIDNum`),
    callerName: personName(m, `${end}CallerIDName`),
    presentation: end === '' ? presentationOf(m) : null,
    exten: text(m, `${end}Exten`),
    // Where it stands now, not where it began: that would tell nothing of its endpoint.
    context: null,
    recording: end === '' ? channelVariable(m, 'MIXMONITOR_FILENAME') : null,
    up: m.get(`${end}ChannelState`) === '6',
  };
}

/** Reads the event and the channels that it names. */
export function withNamed(read: Reader): Reader {
  return (m, at) => {
    const event = read(m, at);
    if (event === null) return null;
    const named = [namedChannel(m, ''), namedChannel(m, 'Dest')].filter((channel) => channel !== null);
    return { ...event, named };
  };
}
