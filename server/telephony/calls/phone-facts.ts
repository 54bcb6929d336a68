import { peerOf } from './device-names.ts';

/**
 * What is known of the site's phones, apart from the settings: from the users, from the PBX, and from calls that were seen. All of it came as events
 * and is a part of the state, so that a replay knows the same. Indexes over it stand in `PhoneIndex` and are made anew when a state is read.
 */
export interface PhoneFacts {
  /** A device, or the interface of a queue member → the agent whose it is, as the users' list says. */
  owners: Map<string, string>;
  /** Extension → the phones that its hint watches. */
  hints: Map<string, string[]>;
  /** What the PBX says of an endpoint or peer. */
  endpoints: Map<string, EndpointFacts>;
  /** How a device was dialled: as itself, which is done to phones, or to reach a number through it, which is done to lines. */
  seen: Map<string, SeenDevice>;
  /** A dialplan context → what sort of channels begin in it. */
  contexts: Map<string, 'phones' | 'lines' | 'both'>;
}

export interface EndpointFacts {
  context: string | null;
  /** `phone` logs in to the PBX, `line` is where the PBX logs in; null when neither is said. */
  kind: 'phone' | 'line' | null;
  /** The number of its caller id. */
  number: string | null;
}

export interface SeenDevice {
  kind: 'phone' | 'line';
  agent: string | null;
}

export interface PhoneIndex {
  /** The interfaces of queue members: each device with the others of its memberships (itself where there is no other). */
  members: Map<string, string[]>;
  /** A phone → the extension whose hint watches it. */
  hinted: Map<string, string>;
  agents: Set<string>;
  /** A number of the world (E.164) that a user is reached at → the agent. */
  mobiles: Map<string, string>;
  patterns: readonly PhonePattern[];
}

/** A pattern of PBX_PHONES: `SIP/15001*`, `PJSIP/99{agent}`. */
export interface PhonePattern {
  text: string;
  matches: RegExp;
}

/** The part of a call state that the indexes are made of. */
interface WithPhones {
  data: { phoneFacts: PhoneFacts; members: ReadonlyMap<string, MemberDevices> };
  phoneIndex: PhoneIndex;
}

interface MemberDevices {
  device: string;
  stateDevice: string | null;
}

export function noPhoneFacts(): PhoneFacts {
  return { owners: new Map(), hints: new Map(), endpoints: new Map(), seen: new Map(), contexts: new Map() };
}

/** `*` is any run of characters, `{agent}` the part that is the agent's id. */
export function phonePattern(text: string): PhonePattern {
  const source = text
    .split(/(\*|\{agent\})/)
    .map((part) =>
      part === '*' ? '.*' : part === '{agent}' ? '(.+?)' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return { text, matches: new RegExp(`^${source}$`) };
}

export function emptyIndex(patterns: readonly string[]): PhoneIndex {
  return {
    members: new Map(),
    hinted: new Map(),
    agents: new Set(),
    mobiles: new Map(),
    patterns: patterns.map(phonePattern),
  };
}

export function indexOwners({ data, phoneIndex }: WithPhones): void {
  const { owners } = data.phoneFacts;
  phoneIndex.agents = new Set(owners.values());
  phoneIndex.mobiles = new Map([...owners].filter(([device]) => device.startsWith('+')));
}

/** A phone that several hints watch belongs to the extension of its own name, else to the one that watches the fewest. */
export function indexHints({ data, phoneIndex }: WithPhones): void {
  const best = new Map<string, { exten: string; rank: number }>();
  for (const [exten, devices] of data.phoneFacts.hints) {
    for (const device of devices) {
      const rank = peerOf(device) === exten ? 0 : devices.length;
      const known = best.get(device);
      if (known === undefined || rank < known.rank) best.set(device, { exten, rank });
    }
  }
  phoneIndex.hinted = new Map([...best].map(([device, { exten }]) => [device, exten]));
}

/** A member is known by its interface and by the phone behind it, which are often the same. */
export function indexMember(
  { phoneIndex }: Pick<WithPhones, 'phoneIndex'>,
  member: MemberDevices,
  by: 1 | -1,
): void {
  const { device, stateDevice } = member;
  const other = stateDevice ?? device;
  const sides: [string, string][] =
    other === device
      ? [[device, device]]
      : [
          [device, other],
          [other, device],
        ];
  for (const [one, partner] of sides) {
    const partners = phoneIndex.members.get(one) ?? [];
    const at = partners.indexOf(partner);
    const next = by === 1 ? [...partners, partner].sort() : partners.filter((_, index) => index !== at);
    if (next.length === 0) phoneIndex.members.delete(one);
    else phoneIndex.members.set(one, next);
  }
}

/** Makes all indexes anew, for a state that was read from a file. */
export function indexPhones(state: WithPhones): void {
  indexOwners(state);
  indexHints(state);
  state.phoneIndex.members.clear();
  for (const member of state.data.members.values()) indexMember(state, member, 1);
}
