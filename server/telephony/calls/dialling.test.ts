import type { PbxEvent } from './index.ts';
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
  rings,
  tell,
  up,
} from './testing/story.ts';

/** Direct, outgoing and click-to-call calls, and calls that meet only a machine. */

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

/** A queue's member behind a Local channel that rings a desk phone and a mobile: what the mobile does is the same agent's doing. */
describe('a Local member with a mobile', () => {
  const half = (n: 1 | 2) =>
    channel(1, `pbx-1.${n + 1}`, 'PJSIP/x', { name: `Local/1001@ring-both-00000001;${n}`, linked: id });
  const member = { queue: 'sales', device: 'Local/1001@ring-both/n' };
  const offer = { at: 1, channel: id, dest: 'pbx-1.2', ...member };
  const begins: PbxEvent[] = [
    customer(0, id),
    joins(0, id),
    half(1),
    half(2),
    { type: 'LocalBridge', at: 1, one: 'pbx-1.2', two: 'pbx-1.3' },
    { type: 'AgentCalled', ...offer },
    dials(1, id, 'pbx-1.2', 'Local/1001@ring-both/n'),
    channel(2, 'pbx-1.4', '1001', { linked: id }),
    channel(2, 'pbx-1.5', 'trunk', { linked: id }),
    dials(2, 'pbx-1.3', 'pbx-1.4', '1001'),
    dials(2, 'pbx-1.3', 'pbx-1.5', '79161112233@trunk'),
  ];
  const connected = (by: string): PbxEvent[] => [
    dialled(900, 'pbx-1.3', by, 'ANSWER'),
    ...bridged(900, 'b1', by, 'pbx-1.3'),
    dialled(901, id, 'pbx-1.2', 'ANSWER'),
    { type: 'QueueCallerLeave', at: 901, channel: id, queue: 'sales' },
    { type: 'AgentConnect', ...offer, at: 901, holdMs: 0 },
    ...bridged(902, 'b2', 'pbx-1.2', id),
  ];
  const gone = (...ids: string[]) => ids.map((each) => hangsUp(6001, each));

  test('the mobile refuses, the desk phone answers, the caller hangs up: ended by the caller', () => {
    const { records, state } = tell([
      ...begins,
      asks(20, 'pbx-1.5'),
      dialled(20, 'pbx-1.3', 'pbx-1.5', 'BUSY'),
      hangsUp(20, 'pbx-1.5', 17),
      ...connected('pbx-1.4'),
      asks(6000, id),
      ...gone(id, 'pbx-1.2', 'pbx-1.3', 'pbx-1.4'),
    ]);
    expect(records).toMatchObject([{ direction: 'inbound', outcome: 'answered', end: 'caller' }]);
    expect(records[0]?.legs).toMatchObject([
      { agent: '1001', device: 'PJSIP/1001', outcome: 'answered', endedBy: 'caller', talkMs: 5099 },
    ]);
    expect(state.data.channels.size).toBe(0);
  });

  test('the mobile answers and hangs up: one leg of the agent, ended by the agent', () => {
    const { records } = tell([
      ...begins,
      dialled(899, 'pbx-1.3', 'pbx-1.4', 'CANCEL'),
      ...connected('pbx-1.5'),
      hangsUp(903, 'pbx-1.4', 26),
      asks(6000, 'pbx-1.5'),
      ...gone('pbx-1.5', 'pbx-1.3', 'pbx-1.2', id),
    ]);
    expect(records[0]?.entries).toMatchObject([{ outcome: 'answered', agent: '1001' }]);
    expect(records[0]?.legs).toMatchObject([
      { agent: '1001', outcome: 'answered', endedBy: 'agent', talkMs: 5099 },
    ]);
  });
});
