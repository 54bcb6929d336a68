import type { PbxEvent } from './index.ts';
import { createCallState, interactionOf, liveCalls } from './index.ts';
import {
  answers,
  asks,
  bridged,
  channel,
  customer,
  dialled,
  dials,
  hangsUp,
  joins,
  options,
  rings,
  tell,
  up,
} from './testing/story.ts';

/** Calls that no recorded stream has: direct, outgoing, merged, private ones. */

const id = 'pbx-1.1';

describe('a direct call to an agent', () => {
  const begins = [
    customer(0, id),
    channel(10, 'pbx-1.2', '1005', { linked: id, exten: 's' }),
    dials(10, id, 'pbx-1.2', '1005'),
  ];
  const answered = [
    dialled(900, id, 'pbx-1.2', 'ANSWER'),
    ...bridged(901, 'b', id, 'pbx-1.2'),
    asks(5901, 'pbx-1.2'),
    hangsUp(5902, 'pbx-1.2'),
    hangsUp(5903, id),
  ];

  test('answered', () => {
    const [record] = tell([...begins, ...answered]).records;
    expect(record).toMatchObject({ direction: 'inbound', outcome: 'answered', end: 'agent', entries: [] });
    expect(record?.legs).toMatchObject([{ agent: '1005', queue: null, ringMs: 890, talkMs: 5001 }]);
  });

  test.each<[string, PbxEvent[], string, string]>([
    [
      'not answered',
      [dialled(9000, id, 'pbx-1.2', 'NOANSWER'), hangsUp(9000, 'pbx-1.2', 0)],
      'missed',
      'no-answer',
    ],
    ['busy', [dialled(20, id, 'pbx-1.2', 'BUSY'), hangsUp(20, 'pbx-1.2', 17)], 'busy', 'busy'],
    [
      'not registered',
      [dialled(20, id, 'pbx-1.2', 'CHANUNAVAIL'), hangsUp(20, 'pbx-1.2', 0)],
      'unreachable',
      'failed',
    ],
    [
      'given up by the caller',
      [asks(9000, id), dialled(9000, id, 'pbx-1.2', 'CANCEL'), hangsUp(9000, 'pbx-1.2', 0)],
      'caller-left',
      'abandoned',
    ],
  ])('%s', (_what, events, leg, call) => {
    const [record] = tell([...begins, ...events, hangsUp(9001, id)]).records;
    expect([record?.legs[0]?.outcome, record?.outcome]).toEqual([leg, call]);
  });
});

describe('a call that meets only a machine', () => {
  test('answered by a menu and hung up: all its time was the menu', () => {
    const [record] = tell([customer(0, id), up(5, id), asks(7000, id), hangsUp(7001, id)]).records;
    expect(record).toMatchObject({ outcome: 'flowed-out', end: 'caller', ivrMs: 7001, legs: [] });
  });

  test('refused without an answer', () => {
    const [record] = tell([customer(0, id), hangsUp(3, id, 1)]).records;
    expect(record).toMatchObject({ outcome: 'failed', end: 'system', ivrMs: 0 });
  });
});

describe('an outgoing call', () => {
  const goes = (dialString: string) => [
    channel(0, id, '1002', { number: '1002', exten: '979165550002' }),
    channel(3, 'pbx-1.2', 'trunk', { linked: id, exten: 's' }),
    dials(3, id, 'pbx-1.2', dialString),
  ];

  test.each([
    ['79165550002@trunk'],
    ['PJSIP/79165550002@trunk'],
    ['trunk/79165550002'],
    ['PJSIP/trunk/sip:79165550002@203.0.113.5'],
    ['SIP/trunk/79165550002'],
  ])('to the number in the dial string %s', (dialString) => {
    const party = tell(goes(dialString)).said.find((e) => e.type === 'call.party');
    expect(party).toMatchObject({ party: { direction: 'outbound', number: '+79165550002', name: null } });
  });

  test.each<[string, string, string]>([
    ['BUSY', 'busy', 'caller'],
    ['NOANSWER', 'no-answer', 'system'],
    ['CANCEL', 'no-answer', 'agent'],
    ['CONGESTION', 'failed', 'system'],
  ])('%s', (status, outcome, end) => {
    const asking = { caller: [asks(4, 'pbx-1.2')], agent: [asks(4, id)], system: [] }[end] ?? [];
    const ends = [dialled(5, id, 'pbx-1.2', status), hangsUp(5, 'pbx-1.2'), hangsUp(6, id)];
    const [record] = tell([...goes('79165550002@trunk'), ...asking, ...ends]).records;
    expect(record).toMatchObject({ outcome, end, legs: [{ agent: '1002', talkMs: 0, queue: null }] });
  });

  test('the customer is passed on to an outside number, and stays the customer', () => {
    const [record] = tell([
      customer(0, id),
      joins(1, id),
      ...rings(2, id, 'pbx-1.2', '1001'),
      ...answers(1000, id, 'pbx-1.2', '1001'),
      { type: 'BlindTransfer', at: 2000, by: 'pbx-1.2', transferee: id, extension: '979165550002' },
      { type: 'BridgeLeave', at: 2000, channel: id, bridge: 'b-pbx-1.2' },
      hangsUp(2001, 'pbx-1.2'),
      channel(2010, 'pbx-1.3', 'trunk', { linked: id }),
      dials(2010, id, 'pbx-1.3', '79165550002@trunk'),
      dialled(3000, id, 'pbx-1.3', 'ANSWER'),
      ...bridged(3000, 'b2', id, 'pbx-1.3'),
      asks(60_000, id),
      hangsUp(60_001, 'pbx-1.3'),
      hangsUp(60_002, id),
    ]).records;
    expect(record).toMatchObject({
      direction: 'inbound',
      number: '+79161234567',
      outcome: 'answered',
      end: 'caller',
    });
    expect(record?.transfers).toMatchObject([
      { kind: 'blind', by: '1001', to: '979165550002', toQueue: null },
    ]);
    expect(record?.legs).toHaveLength(1);
  });
});

test('click-to-call to a colleague is an inside call', () => {
  const [record] = tell([
    channel(0, id, '1001', { number: '1001', exten: 's' }),
    dials(1, null, id, '1001'),
    dialled(500, null, id, 'ANSWER'),
    channel(510, 'pbx-1.2', '1005', { linked: id, exten: 's' }),
    dials(510, id, 'pbx-1.2', '1005'),
    dialled(900, id, 'pbx-1.2', 'ANSWER'),
    ...bridged(900, 'b', id, 'pbx-1.2'),
    asks(5900, 'pbx-1.2'),
    hangsUp(5900, 'pbx-1.2'),
    hangsUp(5901, id),
  ]).records;
  expect(record).toMatchObject({ direction: 'internal', outcome: 'answered', number: null });
  expect(record?.legs.map((l) => [l.agent, l.talkMs])).toEqual([
    ['1001', 5000],
    ['1005', 5000],
  ]);
});

describe('a withheld number is nowhere', () => {
  const number = '79161112233';
  const says = (more: object) =>
    channel(0, id, 'trunk', { number, callerName: 'Тайна', exten: '2000', ...more });

  test('sent in clear, but marked (CALLERID(pres))', () => {
    const { said } = tell([says({ presentation: 'withheld' }), joins(5, id), asks(6, id), hangsUp(7, id)]);
    expect(JSON.stringify(said)).not.toContain('161112233');
    expect(JSON.stringify(said)).not.toContain('Тайна');
    expect(said[0]).toMatchObject({ party: { number: null, numberRaw: null, presentation: 'withheld' } });
  });

  test('marked a moment later: it is taken back at once', () => {
    const state: PbxEvent = { type: 'Newstate', at: 1, channel: id, state: 6, presentation: 'withheld' };
    const { said, records } = tell([says({}), state, asks(6, id), hangsUp(7, id)]);
    expect(said[1]).toMatchObject({ type: 'call.party', party: { number: null, name: null, did: '2000' } });
    expect(JSON.stringify(records)).not.toContain('161112233');
  });

  test.each([
    ['anonymous', 'withheld'],
    ['Restricted', 'withheld'],
    ['unavailable', 'unavailable'],
    [null, 'unavailable'],
  ])('the number %j is %s', (word, presentation) => {
    expect(tell([customer(0, id, word)]).said[0]).toMatchObject({ party: { number: null, presentation } });
  });
});

describe('who is an agent', () => {
  test.each<[string, string, string]>([
    ['PJSIP/1001', 'an extension', 'internal'],
    ['SIP/204', 'an extension of three digits', 'internal'],
    ['PJSIP/trunk', 'a word', 'inbound'],
    ['PJSIP/74955550100', 'a long number', 'inbound'],
    ['DAHDI/i1/79161234567', 'a line of a PRI', 'inbound'],
  ])('%s: %s', (peer, _why, direction) => {
    expect(tell([channel(0, id, peer)]).said[0]).toMatchObject({ party: { direction } });
  });

  test('a member of a queue, and the phone behind its interface, whatever they are called', () => {
    const member = {
      queue: 'sales',
      name: 'Anna',
      paused: false,
      pausedReason: null,
      penalty: 0,
      state: 'idle',
    } as const;
    const told: PbxEvent = {
      type: 'Member',
      at: 0,
      device: 'Local/anna@agents/n',
      stateDevice: 'PJSIP/anna-desk',
      ...member,
    };
    expect(tell([told, channel(0, id, 'anna-desk')]).said[1]).toMatchObject({
      party: { direction: 'internal' },
    });
  });

  test('the configuration has the last word', () => {
    const own = {
      ...options,
      trunks: ['DAHDI/'],
      agentOf: (d: string) => (d === 'PJSIP/lobby' ? 'lobby' : undefined),
    };
    const direction = (peer: string) => tell([channel(0, id, peer)], createCallState(own)).said[0];
    expect(direction('DAHDI/4')).toMatchObject({ party: { direction: 'inbound' } });
    expect(direction('lobby')).toMatchObject({ party: { direction: 'internal' } });
    expect(direction('1001')).toMatchObject({ party: { direction: 'internal' } });
  });
});

describe('calls that become one', () => {
  test('the one with the customer stays, though the other is older, and answers to both ids', () => {
    const { said, state } = tell([
      channel(0, 'pbx-1.5', '1005', { exten: '*8' }),
      customer(10, id),
      ...bridged(20, 'b', id, 'pbx-1.5'),
    ]);
    expect(said.at(-1)).toMatchObject({ type: 'call.merged', callId: id, from: 'pbx-1.5' });
    expect(interactionOf(state, 'pbx-1.5')?.id).toBe(id);
    expect(liveCalls(state)).toHaveLength(1);
  });

  test('of two without, the older; Uniqueids are numbers, not text', () => {
    const two = [channel(0, 'pbx-1.10', '1001'), channel(0, 'pbx-1.9', '1002')];
    const { said } = tell([...two, ...bridged(20, 'b', 'pbx-1.10', 'pbx-1.9')]);
    expect(said.at(-1)).toMatchObject({ type: 'call.merged', callId: 'pbx-1.9', from: 'pbx-1.10' });
  });

  test('a parking lot and a conference make no call of their guests', () => {
    const parked = [id, 'pbx-1.2'].map(
      (who): PbxEvent => ({ type: 'BridgeEnter', at: 9, channel: who, bridge: 'lot', bridgeType: 'parking' }),
    );
    const met = [id, 'pbx-1.2'].map(
      (who): PbxEvent => ({ type: 'BridgeEnter', at: 9, channel: who, bridge: 'room', bridgeType: 'base' }),
    );
    for (const enters of [parked, met]) {
      expect(liveCalls(tell([customer(0, id), customer(1, 'pbx-1.2'), ...enters]).state)).toHaveLength(2);
    }
  });
});

test('transferred to a colleague whose phone still rings: the ring becomes the customer’s', () => {
  const { records, said } = tell([
    customer(0, id),
    joins(1, id),
    ...rings(2, id, 'pbx-1.2', '1001'),
    ...answers(1000, id, 'pbx-1.2', '1001'),
    channel(2000, 'pbx-1.3', '1001', { number: '1001', exten: '1005' }),
    channel(2001, 'pbx-1.4', '1005', { linked: 'pbx-1.3', exten: 's' }),
    dials(2001, 'pbx-1.3', 'pbx-1.4', '1005'),
    {
      type: 'AttendedTransfer',
      at: 3000,
      by: 'pbx-1.2',
      second: 'pbx-1.3',
      transferee: id,
      target: null,
      intoApp: true,
    },
    { type: 'BridgeLeave', at: 3000, channel: id, bridge: 'b-pbx-1.2' },
    hangsUp(3001, 'pbx-1.2'),
    hangsUp(3001, 'pbx-1.3'),
    dialled(4000, id, 'pbx-1.4', 'ANSWER'),
    ...bridged(4000, 'b2', id, 'pbx-1.4'),
    asks(9000, id),
    hangsUp(9000, 'pbx-1.4'),
    hangsUp(9001, id),
  ]);
  expect(said.find((e) => e.type === 'leg.offered' && e.leg.agent === '1005')).toMatchObject({
    leg: { consultation: true },
  });
  expect(records).toHaveLength(1);
  expect(records[0]?.transfers).toMatchObject([{ kind: 'attended', by: '1001', to: '1005' }]);
  expect(records[0]?.legs.map((l) => [l.agent, l.consultation, l.talkMs, l.endedBy])).toEqual([
    ['1001', false, 2000, 'transfer'],
    ['1005', false, 5000, 'caller'],
  ]);
});

test('a consultation that leads nowhere stays a consultation', () => {
  const [consulting] = tell([
    customer(0, id),
    joins(1, id),
    ...rings(2, id, 'pbx-1.2', '1001'),
    ...answers(1000, id, 'pbx-1.2', '1001'),
    channel(2000, 'pbx-1.3', '1001', { number: '1001', exten: '1005' }),
    channel(2001, 'pbx-1.4', '1005', { linked: 'pbx-1.3', exten: 's' }),
    dials(2001, 'pbx-1.3', 'pbx-1.4', '1005'),
    dialled(3000, 'pbx-1.3', 'pbx-1.4', 'ANSWER'),
    ...bridged(3000, 'b2', 'pbx-1.3', 'pbx-1.4'),
    asks(7000, 'pbx-1.3'),
    hangsUp(7000, 'pbx-1.3'),
    hangsUp(7001, 'pbx-1.4'),
  ]).records;
  expect(consulting).toMatchObject({ direction: 'internal', numberRaw: '1001', outcome: 'answered' });
  expect(consulting?.legs).toMatchObject([{ agent: '1005', consultation: true, talkMs: 4000 }]);
});

describe('ids', () => {
  const call = (uniqueid: string) => [customer(0, uniqueid), hangsUp(5, uniqueid)];

  test('with a system name the Uniqueid, without one the PBX’s name before it', () => {
    expect(tell(call('lab-1795357080.0')).records[0]?.id).toBe('lab-1795357080.0');
    expect(tell(call('1795357080.0')).records[0]?.id).toBe('main-1795357080.0');
  });

  test('two PBXs at once do not clash, nor know of each other', () => {
    const [north, south] = ['north', 'south'].map((pbx) => createCallState({ ...options, pbx }));
    if (north === undefined || south === undefined) throw new Error('two states');
    tell([customer(0, '1795357080.0')], north);
    const { records } = tell(call('1795357080.0'), south);
    expect(records.map((r) => [r.id, r.pbx])).toEqual([['south-1795357080.0', 'south']]);
    expect(liveCalls(north).map((r) => [r.id, r.pbx])).toEqual([['north-1795357080.0', 'north']]);
  });
});

test('clocks that run backwards give no negative durations', () => {
  const { records } = tell([
    customer(1000, id),
    joins(999, id),
    ...rings(998, id, 'pbx-1.2', '1001'),
    ...answers(997, id, 'pbx-1.2', '1001'),
    hangsUp(996, 'pbx-1.2'),
    hangsUp(995, id),
  ]);
  const [record] = records;
  expect([record?.entries[0]?.waitMs, record?.legs[0]?.talkMs, record?.legs[0]?.ringMs]).toEqual([0, 0, 0]);
});

test('what comes after the end of a call is nobody’s', () => {
  const { state, said } = tell([customer(0, id), hangsUp(5, id)]);
  const late = tell([hangsUp(6, id), joins(7, id), asks(8, id), up(9, id), ...bridged(9, 'b', id)], state);
  expect(said.at(-1)?.type).toBe('interaction.ended');
  expect(late.said).toEqual([]);
  expect(state.data.bridges.size).toBe(0);
});

test('50,000 finished calls leave nothing behind', () => {
  const state = createCallState(options);
  let ended = 0;
  for (let n = 0; n < 50_000; n++) {
    const [at, one, two] = [n * 10, `pbx-${n}.1`, `pbx-${n}.2`];
    const life = [
      customer(at, one),
      joins(at, one),
      ...rings(at, one, two, '1001'),
      ...(n % 3 === 0 ? [asks(at + 3, one)] : answers(at + 1, one, two, '1001')),
      hangsUp(at + 5, two),
      hangsUp(at + 6, one),
    ];
    ended += tell(life, state).records.length;
  }
  expect(ended).toBe(50_000);
  for (const [name, part] of Object.entries(state.data)) {
    if (part instanceof Map) expect([name, part.size]).toEqual([name, 0]);
  }
});
