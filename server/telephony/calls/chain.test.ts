import type { PbxEvent } from './index.ts';
import {
  asks,
  bridged,
  channel,
  customer,
  dialled,
  dials,
  hangsUp,
  joins,
  leaves,
  rings,
  tell,
  up,
} from './testing/story.ts';

/** Dials in a row: what counts is who calls, whose phone rings at the far end, and whether every dial between the two was answered. */

const id = 'pbx-1.1';

/** Two halves of a Local channel, dialled by `caller`: `one` is the half that was dialled, `two` the one that dials on. */
function local(at: number, caller: string | null, one: string, two: string, name: string): PbxEvent[] {
  return [
    channel(at, one, 'x', { name: `Local/${name}-00000001;1`, linked: id }),
    channel(at, two, 'x', { name: `Local/${name}-00000001;2`, linked: id }),
    { type: 'LocalBridge', at, one, two },
    dials(at, caller, one, name),
  ];
}

const phone = (at: number, caller: string, one: string, peer: string, dialString = peer): PbxEvent[] => [
  channel(at, one, peer, { linked: id, exten: 's' }),
  dials(at, caller, one, dialString),
];
const gone = (at: number, ...ids: string[]) => ids.map((each) => hangsUp(at, each));

/** Follow-me: the desk phone and the mobile, each behind a Local channel, and the mobile must press a key. */
const followMe = (at: number, caller: string) => [
  ...local(at, caller, 'l.1', 'l.2', 'FMPR-1001@from-internal'),
  ...local(at, caller, 'l.3', 'l.4', 'FMGL-79161112233#@from-internal'),
  ...phone(at + 1, 'l.2', 'p.1', '1001'),
  ...phone(at + 1, 'l.4', 'p.2', 'trunk', '79161112233@trunk'),
];

describe('follow-me', () => {
  test('the mobile picks up and presses no key, the desk phone answers: one talk, the desk phone`s', () => {
    const { records, state } = tell([
      customer(0, id),
      ...followMe(10, id),
      dialled(3000, 'l.4', 'p.2', 'ANSWER'),
      dialled(8000, 'l.2', 'p.1', 'ANSWER'),
      dialled(8001, id, 'l.3', 'CANCEL'),
      ...gone(8001, 'l.3', 'p.2', 'l.4'),
      dialled(8002, id, 'l.1', 'ANSWER'),
      ...bridged(8003, 'b1', 'p.1', 'l.2'),
      ...bridged(8003, 'b2', 'l.1', id),
      asks(18_003, id),
      ...gone(18_003, id, 'l.1', 'l.2', 'p.1'),
    ]);
    expect(records).toMatchObject([{ outcome: 'answered', answeredAt: new Date(8000).toISOString() }]);
    expect(records[0]?.legs).toMatchObject([{ agent: '1001', ringMs: 7989, talkMs: 10_000 }]);
    expect(state.data.channels.size).toBe(0);
  });

  test('accepted after a while: answered when the key was pressed, not when the phone was picked up', () => {
    const { records } = tell([
      customer(0, id),
      ...local(10, id, 'l.1', 'l.2', 'confirm@from-internal'),
      ...phone(11, 'l.2', 'p.1', '1001'),
      dialled(3000, 'l.2', 'p.1', 'ANSWER'),
      dialled(9000, id, 'l.1', 'ANSWER'),
      ...bridged(9001, 'b1', 'p.1', 'l.2'),
      ...bridged(9001, 'b2', 'l.1', id),
      ...gone(19_001, id, 'l.1', 'l.2', 'p.1'),
    ]);
    expect(records[0]?.legs).toMatchObject([{ outcome: 'answered', ringMs: 8989, talkMs: 10_000 }]);
  });

  test('nobody accepts, and the outer dial rings out: missed, although the phones say CANCEL', () => {
    const { records } = tell([
      customer(0, id),
      ...followMe(10, id),
      dialled(3000, 'l.4', 'p.2', 'ANSWER'),
      ...[1, 3].map((n) => dialled(20_000, id, `l.${n}`, 'NOANSWER')),
      ...gone(20_001, 'l.1', 'l.3'),
      dialled(20_001, 'l.2', 'p.1', 'CANCEL'),
      ...gone(20_002, 'p.1', 'p.2', 'l.2', 'l.4', id),
    ]);
    expect(records).toMatchObject([{ outcome: 'no-answer', answeredAt: null }]);
    expect(records[0]?.legs).toMatchObject([
      { agent: '1001', outcome: 'missed', endedAt: new Date(20_000).toISOString() },
    ]);
  });

  test('of a queue`s member: desk phone, softphone and mobile behind two Local channels are one ring', () => {
    const member = { queue: 'sales', device: 'Local/1001@from-queue/n' };
    const { records } = tell([
      customer(0, id),
      joins(1, id),
      ...local(2, id, 'm.1', 'm.2', '1001@from-queue').slice(0, 3),
      { type: 'AgentCalled', at: 2, channel: id, dest: 'm.1', ...member },
      dials(2, id, 'm.1', 'Local/1001@from-queue/n'),
      ...followMe(10, 'm.2'),
      dialled(5000, 'l.4', 'p.2', 'ANSWER'),
      dialled(9000, 'm.2', 'l.3', 'ANSWER'),
      dialled(9000, 'm.2', 'l.1', 'CANCEL'),
      ...gone(9000, 'l.1', 'l.2', 'p.1'),
      dialled(9001, id, 'm.1', 'ANSWER'),
      leaves(9001, id),
      { type: 'AgentConnect', at: 9001, channel: id, dest: 'm.1', holdMs: 9000, ...member },
      ...bridged(9002, 'b1', 'p.2', 'l.4'),
      ...bridged(9002, 'b2', 'l.3', 'm.2'),
      ...bridged(9002, 'b3', 'm.1', id),
      asks(19_002, 'p.2'),
      ...gone(19_002, 'p.2', 'l.4', 'l.3', 'm.2', 'm.1', id),
    ]);
    expect(records[0]?.entries).toMatchObject([{ outcome: 'answered', agent: '1001' }]);
    expect(records[0]?.legs).toMatchObject([
      { agent: '1001', queue: 'sales', ringMs: 8999, talkMs: 10_000, endedBy: 'agent' },
    ]);
  });
});

describe('a group behind one Local member', () => {
  const member = { queue: 'sales', device: 'Local/night@groups/n' };

  test('each phone has its own ring, and the talk and the queue`s entry are of who answered', () => {
    const { records, said } = tell([
      customer(0, id),
      joins(1, id),
      ...local(2, id, 'm.1', 'm.2', 'night@groups').slice(0, 3),
      { type: 'AgentCalled', at: 2, channel: id, dest: 'm.1', ...member },
      dials(2, id, 'm.1', 'Local/night@groups/n'),
      ...phone(10, 'm.2', 'p.1', '1001'),
      ...phone(10, 'm.2', 'p.2', '1002'),
      dialled(4000, 'm.2', 'p.2', 'ANSWER'),
      dialled(4000, 'm.2', 'p.1', 'CANCEL'),
      hangsUp(4000, 'p.1', 26),
      dialled(4001, id, 'm.1', 'ANSWER'),
      leaves(4001, id),
      { type: 'AgentConnect', at: 4001, channel: id, dest: 'm.1', holdMs: 4000, ...member },
      ...bridged(4002, 'b1', 'p.2', 'm.2'),
      ...bridged(4002, 'b2', 'm.1', id),
      asks(14_002, id),
      ...gone(14_002, id, 'm.1', 'm.2', 'p.2'),
    ]);
    expect(records[0]?.entries).toMatchObject([{ outcome: 'answered', agent: '1002' }]);
    expect(records[0]?.legs).toMatchObject([
      { agent: '1001', outcome: 'elsewhere', talkMs: null },
      { agent: '1002', outcome: 'answered', talkMs: 10_000 },
    ]);
    const offered = said.filter((e) => e.type === 'leg.offered').map((e) => e.leg.agent);
    expect(offered.slice(-2)).toEqual(['1001', '1002']);
  });
});

test('a forward in the dialplan of a member`s extension: the colleague`s ring, in the place of the member`s', () => {
  const member = { queue: 'sales', device: 'Local/1001@from-queue/n' };
  const { records } = tell([
    customer(0, id),
    joins(1, id),
    ...local(2, id, 'm.1', 'm.2', '1001@from-queue').slice(0, 3),
    { type: 'AgentCalled', at: 2, channel: id, dest: 'm.1', ...member },
    dials(2, id, 'm.1', 'Local/1001@from-queue/n'),
    ...local(3, 'm.2', 'l.1', 'l.2', '1005@from-internal'),
    ...phone(4, 'l.2', 'p.1', '1005'),
    dialled(4000, 'l.2', 'p.1', 'ANSWER'),
    dialled(4000, 'm.2', 'l.1', 'ANSWER'),
    dialled(4001, id, 'm.1', 'ANSWER'),
    leaves(4001, id),
    { type: 'AgentConnect', at: 4001, channel: id, dest: 'm.1', holdMs: 4000, ...member },
    ...bridged(4002, 'b1', 'p.1', 'l.2'),
    ...bridged(4002, 'b2', 'l.1', 'm.2'),
    ...bridged(4002, 'b3', 'm.1', id),
    ...gone(14_002, id, 'm.1', 'm.2', 'l.1', 'l.2', 'p.1'),
  ]);
  expect(records[0]?.entries).toMatchObject([{ outcome: 'answered', agent: '1005' }]);
  expect(records[0]?.legs).toMatchObject([
    { agent: '1001', outcome: 'elsewhere' },
    { agent: '1005', outcome: 'answered', talkMs: 10_000 },
  ]);
});

test('a phone that nobody has named is its own, and not of the one who sent the call on to it', () => {
  const { records } = tell([
    customer(0, id),
    ...phone(10, id, 'p.1', '150010001', '150010001/150010001/10.0.0.7'),
    ...local(20, null, 'l.1', 'l.2', '202@phones').slice(0, 3),
    { type: 'DialEnd', at: 20, channel: id, dest: 'p.1', status: 'CANCEL', forward: '202' },
    dials(21, id, 'l.1', '202@phones'),
    hangsUp(22, 'p.1'),
    ...phone(30, 'l.2', 'p.2', '150010002', '150010002/150010002/10.0.0.8'),
    dialled(4000, 'l.2', 'p.2', 'ANSWER'),
    dialled(4001, id, 'l.1', 'ANSWER'),
    ...bridged(4002, 'b1', 'p.2', 'l.2'),
    ...bridged(4002, 'b2', 'l.1', id),
    ...gone(14_002, id, 'l.1', 'l.2', 'p.2'),
  ]);
  expect(records[0]?.legs).toMatchObject([
    { agent: '150010001', outcome: 'elsewhere' },
    { agent: '150010002', outcome: 'answered', talkMs: 10_000 },
  ]);
});

test('a second trunk is tried when the first one fails: the call is the one that was answered', () => {
  const { records } = tell([
    channel(0, id, '1002', { number: '1002', exten: '979165550002' }),
    ...phone(10, id, 'p.1', 'trunk', '79165550002@trunk'),
    dialled(20, id, 'p.1', 'CONGESTION'),
    hangsUp(20, 'p.1', 34),
    ...phone(30, id, 'p.2', 'trunk-b', '79165550002@trunk-b'),
    dialled(3000, id, 'p.2', 'ANSWER'),
    ...bridged(3000, 'b', id, 'p.2'),
    asks(13_000, 'p.2'),
    ...gone(13_000, 'p.2', id),
  ]);
  expect(records).toMatchObject([
    { direction: 'outbound', outcome: 'answered', end: 'caller', number: '+79165550002' },
  ]);
  expect(records[0]?.legs).toMatchObject([{ agent: '1002', talkMs: 10_000 }]);
});

test('a phone dialled in the place of one that rang has picked the call up, though nothing says so', () => {
  const { records } = tell([
    customer(0, id),
    ...phone(10, id, 'p.1', '1001'),
    channel(4000, 'p.2', '1005', { exten: '*8' }),
    up(4010, 'p.2'),
    dialled(4020, id, 'p.1', 'CANCEL'),
    dials(4020, id, 'p.2', '1001'),
    hangsUp(4030, 'p.1', 0),
    dialled(4040, id, 'p.2', 'ANSWER'),
    ...bridged(4050, 'b', id, 'p.2'),
    ...gone(9050, 'p.2', id),
  ]);
  expect(records).toHaveLength(1);
  expect(records[0]?.legs).toMatchObject([
    { agent: '1001', outcome: 'elsewhere' },
    { agent: '1005', outcome: 'answered', talkMs: 5000 },
  ]);
  expect(records[0]?.transfers).toMatchObject([{ kind: 'pickup', by: '1005', to: '1005' }]);
});

describe('a program that bridges (ARI)', () => {
  const enters = (at: number, bridge: string, technology: string, ...ids: string[]): PbxEvent[] =>
    ids.map((each) => ({
      type: 'BridgeEnter',
      at,
      channel: each,
      bridge,
      bridgeType: 'stasis',
      technology,
      recording: null,
    }));

  test('who waits in a holding bridge talks with nobody; two in a mixing bridge are one call', () => {
    const { records } = tell([
      customer(0, id),
      up(10, id),
      ...enters(1000, 'hold', 'holding_bridge', id),
      channel(2000, 'p.1', '1001', { exten: 's' }),
      dials(2000, null, 'p.1', '1001'),
      dialled(4000, null, 'p.1', 'ANSWER'),
      ...enters(4000, 'hold', 'holding_bridge', 'p.1'),
      { type: 'BridgeLeave', at: 5000, channel: id, bridge: 'hold' },
      { type: 'BridgeLeave', at: 5000, channel: 'p.1', bridge: 'hold' },
      ...enters(5000, 'talk', 'simple_bridge', id, 'p.1'),
      asks(15_000, id),
      ...gone(15_000, id, 'p.1'),
    ]);
    expect(records).toMatchObject([{ direction: 'inbound', outcome: 'answered', end: 'caller' }]);
    expect(records[0]?.legs).toMatchObject([{ agent: '1001', talkMs: 10_000 }]);
  });

  test('a channel that listens is nobody', () => {
    const { records } = tell([
      customer(0, id),
      channel(1, 'snoop', 'x', { name: 'Snoop/pbx-1.1-00000001' }),
      ...enters(2, 'ears', 'softmix', 'snoop'),
      ...gone(5000, 'snoop', id),
    ]);
    expect(records).toHaveLength(1);
  });
});

test('a colleague`s call is older than the customer`s that is handed over to it: the customer`s call goes on', () => {
  const { records } = tell([
    channel(0, 'in.1', '1010', { number: '1010', exten: '1001' }),
    ...phone(10, 'in.1', 'in.2', '1001').map((e) => (e.type === 'Newchannel' ? { ...e, linked: 'in.1' } : e)),
    dialled(1000, 'in.1', 'in.2', 'ANSWER'),
    ...bridged(1000, 'b1', 'in.1', 'in.2'),
    customer(2000, id),
    ...rings(2010, id, 'p.1', '1001'),
    dialled(3000, id, 'p.1', 'ANSWER'),
    ...bridged(3000, 'b2', id, 'p.1'),
    ...bridged(4000, 'b2', 'in.1'),
    {
      type: 'AttendedTransfer',
      at: 4000,
      by: 'p.1',
      second: 'in.2',
      transferee: id,
      target: 'in.1',
      intoApp: false,
    },
    ...gone(4001, 'p.1', 'in.2'),
    ...gone(9000, id, 'in.1'),
  ]);
  expect(records).toMatchObject([
    { id: 'pbx-1.1', direction: 'inbound', transfers: [{ by: '1001', to: '1010' }] },
  ]);
});
