/** AMI events made comparable: two runs of one scenario differ in ids, serial numbers and times, and in nothing else. */

export interface RecordedEvent {
  name: string;
  /** Header lines in order, as they were sent. */
  headers: [key: string, value: string][];
}

export interface NormalEvent {
  name: string;
  /** The keys in order, with comparable values. */
  text: string;
  /** Whole seconds, which the recording rounds by chance: compared with a tolerance of one. */
  seconds: Map<string, number>;
  /** The channels, bridges, queues and devices that it speaks of: what its place in the order hangs on. */
  about: Set<string>;
  uniqueid: string | undefined;
}

/** Takes a recorded byte stream apart. Answers to actions and the items of their lists are left out. */
export function readEvents(stream: string): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  for (const block of stream.split('\r\n\r\n')) {
    const headers: [string, string][] = [];
    for (const line of block.split('\r\n')) {
      const colon = line.indexOf(':');
      if (colon > 0) headers.push([line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]);
    }
    const first = headers.find(([key]) => key === 'Event');
    // The banner stands in front of the first message; list items carry no Timestamp.
    if (first === undefined || !headers.some(([key]) => key === 'Timestamp')) continue;
    events.push({ name: first[1], headers: headers.slice(headers.indexOf(first)) });
  }
  return events;
}

/**
 * Left out of the comparison. None of them tells a contact centre anything: steps of the dialplan and its variables, CEL and CDR (records, not
 * events of a call), Asterisk's own test hooks, media reports, and the security log.
 */
export const NOT_COMPARED: ReadonlySet<string> = new Set([
  'VarSet',
  'Newexten',
  'CEL',
  'Cdr',
  'TestEvent',
  'RTCPSent',
  'RTCPReceived',
  'ChallengeSent',
  'SuccessfulAuth',
  'InvalidAccountID',
]);

const SECONDS: ReadonlySet<string> = new Set([
  ...['HoldTime', 'TalkTime', 'RingTime', 'Uptime', 'LastReload'],
  ...['ParkingTimeout', 'ParkingDuration'],
]);
const CLOCKS: ReadonlySet<string> = new Set(['LastCall', 'LastPause', 'LoginTime']);
const ABOUT = /(?:Uniqueid|UniqueId)$/;

/**
 * Varies from one recording to the next:
 * - InCall is 0 or 1 by chance at the moment of connecting;
 * - the counts of a bridge that is left depend on who leaves first;
 * - AgentComplete shows the caller where its dialplan happens to stand by then;
 * - New of MessageWaiting counts what is in the box;
 * - a phone is at some port (URI of ContactStatus);
 * - OriginateResponse comes when the dialplan has already begun to record the call, or not;
 * - AgentCalled, DialBegin and DialState come while the phone's own thread changes the leg to Ringing.
 */
function isChance(name: string, key: string): boolean {
  if (key === 'InCall') return true;
  if (key === 'BridgeNumChannels') return name === 'BridgeLeave';
  if (name === 'MessageWaiting') return key === 'New';
  if (name === 'ContactStatus') return key === 'URI';
  if (/^(AgentCalled|DialBegin|DialState)$/.test(name)) return key.startsWith('DestChannelState');
  return name === 'AgentComplete' && /^(Context|Exten|Priority)$/.test(key);
}

/** A channel's variables hold its id: CALLREF, and the recording's file, which is named after the call. */
export function withNames(uniqueids: ReadonlyMap<string, string>, value: string): string {
  const [, before, id, after] =
    /^(CALLREF=)(.+)()$/.exec(value) ?? /^(MIXMONITOR_FILENAME=.*\/)([^/]+)(\.wav)$/.exec(value) ?? [];
  return id === undefined ? value : `${before}${uniqueids.get(id) ?? id}${after}`;
}

interface Names {
  uniqueids: Map<string, string>;
  channels: Map<string, string>;
  bridges: Map<string, string>;
  /** What a member brought along from the calls before the recording. */
  before: Map<string, number>;
}

const deviceOf = (channel: string): string => channel.replace(/-[0-9a-f]{8}(?=(;[12])?$)/, '');

function nameChannel(names: Names, event: Map<string, string>): void {
  const channel = event.get('Channel') ?? '';
  const device = deviceOf(channel);
  let n = 1;
  while ([...names.channels.values()].includes(`${device}#${n}`)) n++;
  names.channels.set(channel, `${device}#${n}`);
  names.uniqueids.set(event.get('Uniqueid') ?? '', `${device}#${n}`);
}

function normalValue(names: Names, name: string, key: string, value: string): string {
  if (name === 'OriginateResponse' && value.startsWith('MIXMONITOR_FILENAME=')) return '*';
  if (isChance(name, key)) return '*';
  if (key === 'ActionID' || (key === 'Id' && name.startsWith('LocalOptimization'))) return 'id';
  const known = names.uniqueids.get(value) ?? names.channels.get(value);
  if (known !== undefined) return known;
  if (key.endsWith('BridgeUniqueid')) {
    if (!names.bridges.has(value)) names.bridges.set(value, `bridge#${names.bridges.size + 1}`);
    return names.bridges.get(value) ?? value;
  }
  return withNames(names.uniqueids, value);
}

/** What a member brought along from before the recording is not compared, only what changed since. */
function sinceStart(names: Names, event: Map<string, string>, key: string, value: string): string {
  const member = `${event.get('Queue')} ${event.get('Interface')} ${key}`;
  if (!names.before.has(member)) names.before.set(member, Number(value));
  const change = Number(value) - (names.before.get(member) ?? 0);
  if (key === 'CallsTaken') return `before +${change}`;
  return change === 0 ? 'before' : 'changed';
}

function normalEvent(names: Names, { name, headers }: RecordedEvent): NormalEvent {
  const first = new Map([...headers].reverse());
  if (name === 'Newchannel') nameChannel(names, first);
  const seconds = new Map<string, number>();
  const about = new Set<string>();
  const lines: string[] = [];
  for (const [key, value] of headers) {
    if (key === 'Timestamp' || key === 'SystemName') continue;
    let shown = normalValue(names, name, key, value);
    if (SECONDS.has(key)) {
      seconds.set(key, Number(value));
      shown = 'seconds';
    } else if (key === 'CallsTaken' || CLOCKS.has(key)) shown = sinceStart(names, first, key, value);
    if (ABOUT.test(key)) about.add(shown);
    lines.push(`${normalKey(names, key)}: ${shown}`);
  }
  const queue = first.get('Queue');
  if (/^QueueCaller/.test(name) && queue !== undefined) about.add(`queue ${queue}`);
  const uniqueid = names.uniqueids.get(first.get('Uniqueid') ?? '');
  return { name, text: lines.join('\n'), seconds, about, uniqueid };
}

/** `ChanVariable(PJSIP/1001-0000002a)` is a header's name. */
function normalKey(names: Names, key: string): string {
  return key.replace(/\((.+)\)$/, (_all, channel: string) => `(${names.channels.get(channel) ?? channel})`);
}

/**
 * The events that are compared, with everything that differs between two runs taken out. States of Local devices are left out too: how often
 * Asterisk says those is chance.
 */
export function normalize(events: RecordedEvent[]): NormalEvent[] {
  const names: Names = { uniqueids: new Map(), channels: new Map(), bridges: new Map(), before: new Map() };
  return events
    .filter(({ name }) => !NOT_COMPARED.has(name))
    .filter(({ headers }) => !headers.some(([key, value]) => key === 'Device' && value.startsWith('Local/')))
    .map((event) => normalEvent(names, event));
}
