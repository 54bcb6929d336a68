import fc from 'fast-check';
import { createManualClock } from './clock.ts';
import { type CompanyOptions, createCompany } from './company.ts';
import { deviceStateOf } from './engine/device-state.ts';
import type { PbxEvent } from './engine/events.ts';
import { pauseDevice } from './engine/membership.ts';

const START = Date.UTC(2026, 10, 23, 10, 0, 0);

interface Told {
  name: string;
  get(header: string): string;
}

function read({ name, text }: PbxEvent): Told {
  const headers = new Map<string, string>();
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0 && !headers.has(line.slice(0, colon)))
      headers.set(line.slice(0, colon), line.slice(colon + 2));
  }
  return { name, get: (header) => headers.get(header) ?? '' };
}

function open(options: Partial<CompanyOptions> = {}, start = START) {
  const clock = createManualClock(start);
  const events: PbxEvent[] = [];
  const company = createCompany({ seed: 1, clock, sink: (event) => events.push(event), ...options });
  company.open();
  return { ...company, clock, events };
}

/** The stream with its times as distances from the start. */
const relative = (events: PbxEvent[], start: number): string =>
  events
    .map(({ text }) =>
      text
        .replace(
          /Timestamp: (\d+)\.(\d+)/,
          (_all, s, us) => `at ${Number(s) * 1e6 + Number(us) - start * 1000}`,
        )
        .replace(/sim-\d+\./g, 'sim-')
        .replace(/(LoginTime|LastCall|LastPause): \d+/g, '$1'),
    )
    .join('');

test('the same seed gives the same calls at the same relative times', () => {
  const hour = 3_600_000;
  const [one, same, other] = [open(), open({}, START + 24 * hour), open({ seed: 2 })];
  for (const { clock } of [one, same, other]) clock.advance(hour / 4);
  expect(one.events.length).toBeGreaterThan(500);
  expect(relative(same.events, START + 24 * hour)).toBe(relative(one.events, START));
  expect(relative(other.events, START)).not.toBe(relative(one.events, START));
});

/** Finds, event by event, where a stream breaks what Asterisk promises of channels, bridges and dialling. */
function createWatch() {
  const up = new Set<string>();
  const gone = new Set<string>();
  const bridged = new Set<string>();
  const ends = new Map<string, number>();
  const broken: string[] = [];
  const rules: Record<string, (event: Told, id: string) => void> = {
    Newchannel: (_event, id) => {
      if (up.has(id) || gone.has(id)) broken.push(`${id} comes up twice`);
      up.add(id);
    },
    DialBegin: (event) => ends.set(event.get('DestUniqueid'), 0),
    DialEnd: (event) => {
      const begun = ends.get(event.get('DestUniqueid'));
      if (begun !== undefined) ends.set(event.get('DestUniqueid'), begun + 1);
    },
    BridgeEnter: (_event, id) => bridged.add(id),
    BridgeLeave: (_event, id) => bridged.delete(id),
    Hangup: (_event, id) => {
      if (bridged.has(id)) broken.push(`${id} is gone while in a bridge`);
      if (ends.get(id) === 0) broken.push(`${id} is gone while it is dialled`);
      up.delete(id);
      gone.add(id);
    },
  };
  return {
    gone,
    broken,
    see(event: Told) {
      const id = event.get('Uniqueid');
      const speaksOfChannel = id !== '' && event.name !== 'OriginateResponse' && event.name !== 'Newchannel';
      if (speaksOfChannel && !up.has(id)) broken.push(`${event.name} of ${id}, which is not up`);
      rules[event.name]?.(event, id);
    },
  };
}

test('what AMI promises holds for every call of any day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.boolean(), (seed, load) => {
      const { clock, events } = open(load ? { seed, callsPerSecond: 3, agents: 20 } : { seed });
      clock.advance(load ? 60_000 : 900_000);
      const watch = createWatch();
      for (const event of events) watch.see(read(event));
      expect(watch.broken).toEqual([]);
      expect(watch.gone.size).toBeGreaterThan(20);
    }),
    { numRuns: 8 },
  );
});

describe('a day has everything in it that a desk has to cope with', () => {
  const hours = 3;
  const inWords = (event: Told): string =>
    ['Queue', 'UserEvent', 'Choice', 'QueueStatus', 'Paused', 'PausedReason', 'RingTime', 'DialStatus']
      .map((header) => event.get(header))
      .concat(event.get('DestChannel').replace(/-.*/, ''), event.get('Channel').replace(/-.*/, ''))
      .reduce((words, word) => (word === '' ? words : `${words} ${word}`), event.name);
  const days = [5, 6].map((seed) => {
    const { clock, events, pbx } = open({ seed });
    clock.advance(hours * 3_600_000);
    const told = events.map(read);
    return { seed, told, words: told.map(inWords), text: events.map(({ text }) => text), pbx };
  });

  /** What happens, and how often at least in an hour of a working day. */
  const HAPPENS: [what: string, fits: RegExp, anHour: number][] = [
    ['a caller to sales', /^QueueCallerJoin sales/, 50],
    ['a caller to support', /^QueueCallerJoin support/, 30],
    ['a caller to complaints', /^QueueCallerJoin complaints/, 10],
    ['a talk', /^AgentConnect/, 100],
    ['a caller who gives up', /^QueueCallerAbandon/, 5],
    ['a phone that nobody picks up', /^AgentRingNoAnswer \w+ 8000/, 1],
    ['a phone that is busy or declines', /^AgentRingNoAnswer \w+ 0/, 1],
    ['a caller who is sent on', /^BlindTransfer/, 1],
    ['a caller who is sent on after a question', /^AttendedTransfer/, 1 / 3],
    ['a hold', /^Hold/, 5],
    ['a choice in the menu', /^UserEvent \w* ?IVR/, 10],
    ['a wish to be called back', /^UserEvent \w+ CallbackRequest/, 1],
    ['a mark for the talk', /^UserEvent \w+ CSAT/, 1 / 3],
    ['a message left', /^MessageWaiting/, 1 / 3],
    ['an agent who takes a break', /^QueueMemberPause \w+ 1 [А-ЯB]/, 5],
    ['an agent who comes back', /^QueueMemberPause \w+ 0/, 5],
    ['a call to somebody outside', /^DialEnd ANSWER PJSIP\/trunk/, 10],
    ['somebody outside who is busy', /^DialEnd BUSY PJSIP\/trunk/, 1 / 3],
    ['a call to a colleague', /^DialEnd ANSWER PJSIP\/\d+ PJSIP\/\d+/, 1],
  ];

  describe.each(days)('seed $seed', ({ told, words, text, pbx }) => {
    test.each(HAPPENS)('%s', (_what, fits, anHour) => {
      expect(words.filter((event) => fits.test(event)).length).toBeGreaterThanOrEqual(anHour * hours);
    });

    const joins = told.filter(({ name }) => name === 'QueueCallerJoin');
    const shown = text.filter((one) => one.startsWith('Event: QueueCallerJoin'));

    test('people who call again, who are new, who have a name, Cyrillic or Latin, and who hide their number', () => {
      const numbers = joins.map((event) => event.get('CallerIDNum'));
      expect(new Set(numbers).size).toBeLessThan(numbers.length * 0.8);
      expect(new Set(numbers).size).toBeGreaterThan(numbers.length * 0.2);
      const count = (fits: RegExp): number => shown.filter((one) => fits.test(one)).length;
      expect(count(/CallerIDName: [А-ЯЁ«]/)).toBeGreaterThan(10 * hours);
      expect(count(/CallerIDName: [B-Z]/)).toBeGreaterThan(hours);
      expect(count(/CallerIDNum: anonymous.*prohib_not_screened/s)).toBeGreaterThan(0);
      expect(count(/CallerIDNum: \d.*prohib_not_screened/s)).toBeGreaterThan(0);
    });

    test('callers who hang up in the menu', () => {
      const inMenu = told.filter(({ name, get }) => name === 'Newchannel' && get('Exten') === '2100');
      const chose = new Set(told.filter(({ name }) => name === 'UserEvent').map((e) => e.get('Uniqueid')));
      expect(inMenu.filter((event) => !chose.has(event.get('Uniqueid'))).length).toBeGreaterThan(0);
    });

    test('eight agents in three queues, of whom the five who are played all work', () => {
      const members = [...pbx.queues.values()].flatMap((queue) => [...queue.members.keys()]);
      expect(pbx.queues.size).toBe(3);
      expect(new Set(members).size).toBe(8);
      const talked = told.filter(({ name }) => name === 'AgentConnect').map((e) => e.get('Interface'));
      expect(new Set(talked).size).toBe(5);
    });

    test('most are served: the board lives, and is no heap of lost calls', () => {
      const connected = told.filter(({ name }) => name === 'AgentConnect').length;
      expect(connected / joins.length).toBeGreaterThan(0.75);
    });
  });
});

test('finished calls leave nothing behind', () => {
  const { pbx, clock } = open({ callsPerSecond: 5, agents: 40 });
  clock.advance(120_000);
  const before = { channels: pbx.channels.size, tasks: clock.pending() };
  clock.advance(240_000);
  expect(pbx.calls).toBeGreaterThan(1500);
  expect(pbx.channels.size).toBeLessThan(before.channels * 2 + 50);
  expect(clock.pending()).toBeLessThan(before.tasks * 2 + 50);
  for (const queue of pbx.queues.values()) expect(queue.waiting.length).toBeLessThan(50);
});

describe('a person takes a seat', () => {
  const SEAT = 'PJSIP/1001';
  function sit(seed: number) {
    const company = open({ seed });
    company.clock.advance(60_000);
    pauseDevice(company.pbx, null, SEAT, false, '');
    const from = company.events.length;
    const since = () => company.events.slice(from).map(read);
    return {
      ...company,
      since,
      rings: () => since().filter((e) => e.name === 'AgentCalled' && e.get('Interface') === SEAT),
    };
  }

  test('before that the seat is paused as offline and never rings', () => {
    const { clock, events } = open();
    clock.advance(1_800_000);
    expect(events.map(read).some((e) => e.name === 'AgentCalled' && e.get('Interface') === SEAT)).toBe(false);
  });

  test('a customer who is known rings within 10 s, whatever the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
        const { clock, rings } = sit(seed);
        clock.advance(10_000);
        const [first] = rings();
        expect(first?.get('CallerIDNum')).toMatch(/^\d{10,13}$/);
        expect(first?.get('Queue')).toBe('sales');
        expect(rings()).toHaveLength(1);
      }),
      { numRuns: 20 },
    );
  });

  test('the phone answers by itself, the caller ends the talk, and the next call comes at a pleasant pace', () => {
    const { clock, since, rings } = sit(1);
    clock.advance(600_000);
    const connects = since().filter((e) => e.name === 'AgentConnect' && e.get('Interface') === SEAT);
    const ends = since().filter((e) => e.name === 'AgentComplete' && e.get('Interface') === SEAT);
    // The last one may still ring.
    expect(connects.length).toBeGreaterThanOrEqual(rings().length - 1);
    expect(connects.length).toBeGreaterThan(4);
    for (const end of ends) {
      expect(end.get('Reason')).toBe('caller');
      expect(Number(end.get('TalkTime'))).toBeGreaterThanOrEqual(19);
      expect(Number(end.get('TalkTime'))).toBeLessThanOrEqual(91);
    }
    const times = rings().map((e) => Number(e.get('Timestamp')));
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThan(30);
  });

  test.each(['lunch', 'offline'])('paused with %s, the seat is left alone', (reason) => {
    const { pbx, clock, rings } = sit(1);
    clock.advance(10_000);
    pauseDevice(pbx, null, SEAT, true, reason);
    const before = rings().length;
    clock.advance(600_000);
    expect(rings()).toHaveLength(before);
    expect(deviceStateOf(pbx, SEAT)).toBe('NOT_INUSE');
    pauseDevice(pbx, null, SEAT, false, '');
    clock.advance(10_000);
    expect(rings().length).toBe(before + 1);
  });
});
