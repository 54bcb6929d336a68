import { createManualClock } from '../clock.ts';
import { addBarePhone, addPhone, registerPhone, unregisterPhone } from '../engine/device.ts';
import { runFromAgents, runInbound } from '../engine/dialplan.ts';
import type { PbxEvent } from '../engine/events.ts';
import { addMember, addQueue } from '../engine/members.ts';
import { createPbx } from '../engine/pbx.ts';
import { answer, invite, pressKey, putDown, refuse, showRinging } from '../engine/phone.ts';
import type { Channel, Pbx, QueueSettings, Strategy } from '../engine/state.ts';

/** The house of the recordings: the same phones, queues and settings, with people who do as the script says. */
export interface House {
  readonly pbx: Pbx;
  readonly events: PbxEvent[];
  /** Runs `task` after so many milliseconds. */
  at(ms: number, task: () => void): void;
  /** Does what was done before the recording began: nothing that is said of it is kept. */
  before(task: () => void): void;
  /** Registers phones, with what they do when they ring. */
  phones(extensions: string[], behaviour: (leg: Channel) => void): void;
  /** What a phone does: rings, answers, talks, and hangs up unless the other side does. */
  answers(ringMs?: number, talkMs?: number, then?: (leg: Channel) => void): (leg: Channel) => void;
  lets(leg: Channel): void;
  /** A phone's registration is gone. */
  loses(extension: string): void;
  refuses(sipCode: 486 | 603): (leg: Channel) => void;
  /** A call from the carrier; hangs up after `talkMs`. */
  call(call: {
    to: string;
    number?: string;
    name?: string;
    withheld?: boolean;
    talkMs: number;
    keys?: [afterMs: number, digit: string][];
  }): Channel;
  /** A call from a phone of the house. */
  dials(extension: string, to: string, talkMs: number): Channel;
  advance(ms: number): void;
}

const PEOPLE: Readonly<Record<string, string>> = {
  '1001': 'Anna Petrova',
  '1002': 'Boris Ivanov',
  '1003': 'Clara Nowak',
  '1004': 'Dmitri Orlov',
  '1005': 'Elena Weiss',
  '1006': 'Farid Aliyev',
  '1007': 'Greta Holm',
  '1008': 'Hugo Silva',
};

/** Phones of the load runs. */
const LOAD_PHONES = { first: 3000, count: 300 };
const VOICEMAIL_BOXES = ['2000@default', '2001@default', '2002@default', '1001@default'];

const START = Date.UTC(2026, 10, 22, 14, 18, 0, 500);

function settings(strategy: Strategy, voicemailBox: string): QueueSettings {
  return {
    strategy,
    ringMs: 8000,
    retryMs: 1000,
    wrapUpSeconds: 2,
    announcePosition: true,
    voicemailBox,
  };
}

function staffedQueue(
  pbx: Pbx,
  name: string,
  set: QueueSettings,
  members: readonly (readonly [extension: string, penalty: number])[],
): void {
  const queue = addQueue(pbx, name, set);
  for (const [extension, penalty] of members) {
    const device = `PJSIP/${extension}`;
    addMember(queue, {
      name: PEOPLE[extension] ?? '',
      interface: device,
      stateInterface: device,
      membership: 'static',
      penalty,
      loginTime: Math.floor(START / 1000),
    });
  }
}

/** The phones, voicemail boxes and queues of the recorded PBX. */
function furnish(pbx: Pbx): void {
  for (const [extension, name] of Object.entries(PEOPLE)) addPhone(pbx, extension, name);
  for (let i = 0; i < LOAD_PHONES.count; i++) addBarePhone(pbx, String(LOAD_PHONES.first + i));
  for (const box of VOICEMAIL_BOXES) pbx.voicemail.set(box, 0);
  staffedQueue(pbx, 'support', settings('leastrecent', '2001'), [
    ['1004', 0],
    ['1005', 0],
    ['1003', 1],
  ]);
  staffedQueue(pbx, 'complaints', settings('ringall', '2002'), [
    ['1006', 0],
    ['1007', 0],
    ['1008', 0],
  ]);
  staffedQueue(pbx, 'sales', settings('rrmemory', '2000'), [
    ['1001', 0],
    ['1002', 0],
    ['1003', 0],
  ]);
  staffedQueue(pbx, 'load', settings('rrmemory', ''), []);
}

/**
 * @param heard is told each event as it is said
 * @param configuration that of the older recordings, or the shipped one as it was before it listed MIXMONITOR_FILENAME, or as it is
 */
export function createHouse(
  system: string,
  heard: (event: PbxEvent) => void = () => undefined,
  configuration: 'older' | 'shipped at first' | 'shipped' = 'older',
): House {
  const clock = createManualClock(START);
  const events: PbxEvent[] = [];
  const pbx = createPbx({
    system,
    clock,
    sink(event) {
      events.push(event);
      heard(event);
    },
    shippedConfiguration: configuration !== 'older',
    ...(configuration === 'shipped at first'
      ? { channelVariables: ['CALLREF', 'CALLERID(pres)'] as const }
      : {}),
    onTrunkRing: () => undefined,
  });
  furnish(pbx);
  const house: House = {
    pbx,
    events,
    at: (ms, task) => void clock.after(ms, task),
    before(task) {
      const kept = events.length;
      task();
      events.length = kept;
    },
    phones(extensions, behaviour) {
      for (const extension of extensions) {
        const phone = pbx.phones.get(`PJSIP/${extension}`);
        if (phone === undefined) throw new Error(`no phone ${extension}`);
        phone.onRing = behaviour;
        registerPhone(pbx, phone);
      }
    },
    answers:
      (ringMs = 800, talkMs = 3_600_000, then) =>
      (leg) => {
        showRinging(pbx, leg);
        clock.after(ringMs, () => {
          answer(pbx, leg);
          then?.(leg);
          clock.after(talkMs, () => putDown(pbx, leg));
        });
      },
    lets: (leg) => showRinging(pbx, leg),
    loses(extension) {
      const phone = pbx.phones.get(`PJSIP/${extension}`);
      if (phone !== undefined) unregisterPhone(pbx, phone);
    },
    refuses: (sipCode) => (leg) => refuse(pbx, leg, sipCode),
    call({ to, number = '79161234567', name = 'Caller', withheld = false, talkMs, keys = [] }) {
      const channel = invite(pbx, {
        device: 'PJSIP/trunk',
        context: 'from-trunk',
        exten: to,
        caller: { number, name, withheld },
      });
      runInbound(pbx, channel);
      for (const [afterMs, digit] of keys) clock.after(afterMs, () => pressKey(pbx, channel, digit));
      clock.after(talkMs, () => putDown(pbx, channel));
      return channel;
    },
    dials(extension, to, talkMs) {
      const device = `PJSIP/${extension}`;
      const channel = invite(pbx, {
        device,
        context: 'from-agents',
        exten: to,
        caller: { number: extension, name: PEOPLE[extension] ?? '' },
      });
      runFromAgents(pbx, channel);
      clock.after(talkMs, () => putDown(pbx, channel));
      return channel;
    },
    advance: clock.advance,
  };
  return house;
}
