import { phonesInHint } from './device-names.ts';
import type { PhoneEvent } from './events.ts';
import { type AmiFields, deviceState, text } from './fields.ts';
import type { EndpointFacts } from './phone-facts.ts';

/**
 * What the PBX says of its phones, asked or not: a hint (ExtensionStateList, ExtensionStatus), an endpoint (PJSIPShowEndpoints, and RingdeskEndpoint of
 * our journal), a peer of chan_sip (SIPpeers), a state. The items of lists are read as events too: a recording has them wherever somebody asked.
 */
type PhoneReader = (m: AmiFields, at: number) => PhoneEvent | null;

const endpoint = (at: number, device: string, facts: EndpointFacts): PhoneEvent => ({
  type: 'Endpoint',
  at,
  device,
  facts,
});

/** An endpoint that must log in is a phone; one where the PBX logs in is a line. One that does neither (known by its address) may be either. */
function kindOf(auth: string | null, outboundAuth: string | null): EndpointFacts['kind'] {
  if (outboundAuth !== null) return 'line';
  return auth === null ? null : 'phone';
}

/** `"Anna Petrova" <1001>` → `1001` */
function numberOf(callerId: string | null): string | null {
  return /<([^>]+)>\s*$/.exec(callerId ?? '')?.[1] ?? (/^\d+$/.test(callerId ?? '') ? callerId : null);
}

export const phoneReaders: Readonly<Record<string, PhoneReader>> = {
  ExtensionStatus: (m, at) => {
    const exten = text(m, 'Exten');
    const hint = text(m, 'Hint');
    return exten === null || hint === null ? null : { type: 'Hint', at, exten, devices: phonesInHint(hint) };
  },
  EndpointList: (m, at) => {
    const name = text(m, 'ObjectName');
    if (name === null) return null;
    const kind = kindOf(text(m, 'Auths'), text(m, 'OutboundAuths'));
    return endpoint(at, `PJSIP/${name}`, { context: null, kind, number: null });
  },
  RingdeskEndpoint: (m, at) => {
    const device = text(m, 'Device');
    if (device === null) return null;
    return endpoint(at, device, {
      context: text(m, 'Context'),
      kind: kindOf(text(m, 'Auth'), text(m, 'OutboundAuth')),
      number: numberOf(text(m, 'CallerId')),
    });
  },
  PeerEntry: (m, at) => {
    const name = text(m, 'ObjectName');
    const technology = text(m, 'Channeltype');
    if (name === null || technology === null) return null;
    // A peer whose address is not set logs in and tells it.
    const kind = /^yes$/i.test(m.get('Dynamic') ?? '') ? 'phone' : null;
    return endpoint(at, `${technology}/${name}`, { context: null, kind, number: null });
  },
  DeviceStateChange: (m, at) => {
    const device = text(m, 'Device');
    return device === null ? null : { type: 'Device', at, device, state: deviceState(m.get('State')) };
  },
};

const readers = new Map(Object.entries(phoneReaders));

/** An item of a snapshot, if it is about a phone. */
export function readPhone(m: AmiFields, at: number): PhoneEvent | null {
  return readers.get(m.get('Event') ?? '')?.(m, at) ?? null;
}
