import type { PbxEvent, Snapshot } from '../../server/telephony/calls/index.ts';

type Row = Snapshot['channels'][number];

/**
 * What a PBX would answer to CoreShowChannels, QueueStatus and ExtensionStateList after a stream of events: kept from the events alone, without the call model, so that it
 * can be held against it. Durations are cut to whole seconds, as Asterisk gives them.
 */
export function snapshotAfter(events: PbxEvent[], at: number): Snapshot {
  const rows = new Map<string, Row & { since: number }>();
  const bridgeTypes = new Map<string, string>();
  const waits = new Map<string, { queue: string; channel: string; position: number | null; since: number }>();
  for (const event of events) {
    follow(rows, event);
    if (event.type === 'BridgeEnter') bridgeTypes.set(event.bridge, event.bridgeType);
    queue(waits, rows, event);
  }
  const whole = (since: number) => Math.floor((at - since) / 1000) * 1000;
  return {
    at,
    channels: [...rows.values()].map(({ since, ...row }) => ({ ...row, forMs: whole(since) })),
    entries: [...waits.values()].map(({ since, ...entry }) => ({ ...entry, waitMs: whole(since) })),
    members: membersAfter(events),
    bridgeTypes,
    phones: events.filter((event) => event.type === 'Hint'),
  };
}

function membersAfter(events: PbxEvent[]): Snapshot['members'] {
  const members = new Map<string, Snapshot['members'][number]>();
  for (const event of events) {
    if (event.type === 'MemberRemoved') members.delete(`${event.queue} ${event.device}`);
    if (event.type !== 'Member') continue;
    const { at: _, type: __, ...facts } = event;
    members.set(`${event.queue} ${event.device}`, facts);
  }
  return [...members.values()];
}

function follow(rows: Map<string, Row & { since: number }>, event: PbxEvent): void {
  if (event.type === 'Newchannel') {
    const { at, type: _, ...facts } = event;
    const more = { up: false, bridge: null, application: null, applicationData: null, forMs: 0, since: at };
    rows.set(event.channel, { ...facts, ...more });
  } else if (event.type === 'Hangup') rows.delete(event.channel);
  else {
    applications(rows, event);
    const row = 'channel' in event && event.channel !== null ? rows.get(event.channel) : undefined;
    if (row !== undefined) state(row, event);
  }
}

/** In which application of the dialplan a channel stands. */
function applications(rows: Map<string, Row>, event: PbxEvent): void {
  if (event.type === 'DialBegin') {
    const [caller, dialled] = [rows.get(event.channel ?? ''), rows.get(event.dest)];
    if (dialled !== undefined) dialled.application ??= event.channel === null ? 'AppDial2' : 'AppDial';
    if (caller !== undefined && (caller.application ?? 'AppDial2') === 'AppDial2') {
      Object.assign(caller, { application: 'Dial', applicationData: `PJSIP/${event.dialString},30` });
    }
  }
  if (event.type === 'AgentCalled') {
    Object.assign(rows.get(event.dest) ?? {}, { application: 'AppQueue', exten: event.queue });
  }
  if (event.type === 'QueueCallerJoin') {
    const row = rows.get(event.channel) ?? {};
    Object.assign(row, { application: 'Queue', applicationData: `${event.queue},tT,,,300` });
  }
  handedOn(rows, event);
}

function handedOn(rows: Map<string, Row>, event: PbxEvent): void {
  if (event.type === 'UnParkedCall') {
    Object.assign(rows.get(event.retriever) ?? {}, { application: 'ParkedCall' });
  }
  if (event.type === 'AttendedTransfer' && event.intoApp) {
    const { application, applicationData } = rows.get(event.second) ?? {};
    Object.assign(rows.get(event.transferee ?? '') ?? {}, { application, applicationData });
  }
}

function state(row: Row, event: PbxEvent): void {
  if (event.type === 'Newstate') row.up = event.state === 6;
  if (event.type === 'BridgeLeave') row.bridge = null;
  if (event.type === 'BridgeEnter') row.bridge = event.bridge;
}

function queue(
  waits: Map<string, { queue: string; channel: string; position: number | null; since: number }>,
  rows: Map<string, Row>,
  event: PbxEvent,
): void {
  if (event.type === 'QueueCallerJoin') {
    const { queue: name, channel, position, at } = event;
    waits.set(`${channel} ${name}`, { queue: name, channel, position, since: at });
  }
  if (event.type === 'QueueCallerLeave') waits.delete(`${event.channel} ${event.queue}`);
  // The transferred customer stands in the place of the second line, and no event says so.
  if (event.type === 'AttendedTransfer' && event.intoApp && event.transferee !== null) {
    for (const [key, wait] of [...waits]) {
      if (wait.channel !== event.second) continue;
      waits.delete(key);
      waits.set(`${event.transferee} ${wait.queue}`, { ...wait, channel: event.transferee });
    }
  }
  for (const [key, wait] of [...waits]) if (!rows.has(wait.channel)) waits.delete(key);
}
