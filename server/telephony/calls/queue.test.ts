import type { PbxEvent } from './index.ts';
import { waitingIn } from './index.ts';
import {
  abandons,
  answers,
  asks,
  bridged,
  customer,
  dialled,
  hangsUp,
  joins,
  leaves,
  result,
  rings,
  tell,
  up,
} from './testing/story.ts';

/** Why a caller left a queue: by the dialplan's word where there is one, by what else was seen where there is none. */

const start = [customer(0, 'pbx-1.1'), up(5, 'pbx-1.1'), joins(10, 'pbx-1.1')];
const hungUp = [asks(9000, 'pbx-1.1', true), hangsUp(9000, 'pbx-1.1')];
const id = 'pbx-1.1';

describe('the outcome of a wait', () => {
  test.each<[string, PbxEvent[], string, string | null]>([
    [
      'the caller hangs up',
      [asks(8000, id), abandons(8001, id), leaves(8001, id), hangsUp(8002, id)],
      'abandoned',
      'abandoned',
    ],
    [
      'at once',
      [asks(4000, id), abandons(4001, id), leaves(4001, id), hangsUp(4002, id)],
      'short-abandoned',
      'short-abandoned',
    ],
    [
      'exactly at the limit is short',
      [asks(5010, id), abandons(5010, id), leaves(5010, id), hangsUp(5010, id)],
      'short-abandoned',
      'short-abandoned',
    ],
    [
      'cut off, and nobody asked (AMI Hangup)',
      [abandons(8000, id), leaves(8000, id), hangsUp(8001, id)],
      'abandoned',
      'abandoned',
    ],
    [
      'time limit, then hung up later',
      [abandons(6000, id), leaves(6000, id), ...hungUp],
      'timeout',
      'flowed-out',
    ],
    [
      'time limit, and the dialplan says so',
      [
        abandons(6000, id),
        leaves(6000, id),
        result(6000, id, 'TIMEOUT'),
        asks(6001, id, true),
        hangsUp(6001, id),
      ],
      'timeout',
      'flowed-out',
    ],
    [
      'the dialplan says in `h` that the caller hung up',
      [abandons(8000, id), leaves(8000, id), result(8000, id, '', true), hangsUp(8001, id)],
      'abandoned',
      'abandoned',
    ],
    [
      'no agents are left',
      [abandons(6000, id), leaves(6000, id), result(6000, id, 'LEAVEEMPTY'), ...hungUp],
      'empty',
      'flowed-out',
    ],
    [
      'withdrawn by a supervisor',
      [abandons(6000, id), leaves(6000, id), result(6000, id, 'WITHDRAW'), ...hungUp],
      'withdrawn',
      'flowed-out',
    ],
    ['a key', [{ type: 'Digit', at: 5900, channel: id }, leaves(6000, id), ...hungUp], 'key', 'flowed-out'],
    [
      'a callback',
      [
        { type: 'Digit', at: 5900, channel: id },
        leaves(6000, id),
        { type: 'CallbackRequest', at: 6000, channel: id, queue: 'sales' },
        ...hungUp,
      ],
      'callback',
      'callback',
    ],
    ['nothing tells why', [leaves(6000, id), ...hungUp], 'unknown', null],
    ['not even the leaving is told', [asks(8000, id), hangsUp(8001, id)], 'abandoned', 'abandoned'],
  ])('%s', (_why, events, entry, call) => {
    const { records } = tell([...start, ...events]);
    expect([records[0]?.entries[0]?.outcome, records[0]?.outcome]).toEqual([entry, call]);
    expect(records[0]?.entries).toHaveLength(1);
  });

  test('a digit pressed in the menu before is no key pressed in the queue', () => {
    const early: PbxEvent[] = [{ type: 'Digit', at: 5, channel: id }];
    const { records } = tell([customer(0, id), ...early, joins(10, id), leaves(6000, id), ...hungUp]);
    expect(records[0]?.entries[0]?.outcome).toBe('unknown');
  });

  test.each([
    ['FULL', 'full'],
    ['JOINEMPTY', 'empty'],
    ['JOINUNAVAIL', 'empty'],
  ])('a queue that takes nobody (%s) is an entry without length, told twice or not', (status, outcome) => {
    const { records } = tell([
      customer(0, id),
      up(5, id),
      result(20, id, status),
      result(20, id, status),
      ...hungUp,
    ]);
    expect(records[0]?.entries.map((e) => [e.queue, e.waitMs, e.outcome, e.position])).toEqual([
      ['sales', 0, outcome, null],
    ]);
    expect(records[0]?.outcome).toBe('flowed-out');
  });

  test('taken out by AMI Redirect: where the dialplan tells every result, a missing one tells', () => {
    const other = [
      customer(0, 'pbx-1.9'),
      joins(1, 'pbx-1.9'),
      abandons(5, 'pbx-1.9'),
      leaves(5, 'pbx-1.9'),
      result(6, 'pbx-1.9', 'TIMEOUT'),
    ];
    const moved = [abandons(6000, id), leaves(6000, id), joins(6500, id, 'support'), ...hungUp];
    const outcomes = (told: ReturnType<typeof tell>) =>
      told.records.find((r) => r.id === id)?.entries.map((e) => e.outcome);
    expect(outcomes(tell([...other, ...start, ...moved]))?.[0]).toBe('redirected');
    expect(outcomes(tell([...start, ...moved]))?.[0]).toBe('timeout');
  });

  test('an old QUEUESTATUS does not touch an entry that is settled', () => {
    const talk = [...rings(20, id, 'pbx-1.2', '1001'), ...answers(1000, id, 'pbx-1.2', '1001')];
    const { records } = tell([
      ...start,
      ...talk,
      result(9000, id, 'TIMEOUT', true),
      ...hungUp,
      hangsUp(9001, 'pbx-1.2'),
    ]);
    expect(records[0]?.entries[0]?.outcome).toBe('answered');
  });
});

describe('legs of a queue', () => {
  test.each<[string, number, string]>([
    ['nobody lifts', 0, 'missed'],
    ['busy (486)', 17, 'busy'],
    ['declined (603)', 21, 'declined'],
    ['not registered', 20, 'unreachable'],
    ['no answer from the phone at all (408)', 18, 'unreachable'],
  ])('%s', (_why, cause, outcome) => {
    const offer = { at: 500, channel: id, dest: 'pbx-1.2', queue: 'sales', device: 'PJSIP/1001' };
    const { said } = tell([
      ...start,
      ...rings(20, id, 'pbx-1.2', '1001'),
      dialled(500, id, 'pbx-1.2', 'NOANSWER'),
      { type: 'AgentRingNoAnswer', ...offer },
      hangsUp(501, 'pbx-1.2', cause),
    ]);
    const ended = said.find((e) => e.type === 'leg.ended');
    expect(ended).toMatchObject({ outcome, endedBy: null, at: new Date(500).toISOString() });
  });

  test('nothing stands between AgentCalled and leg.offered', () => {
    const { said } = tell([...start, ...rings(20, id, 'pbx-1.2', '1001').slice(0, 2)]);
    expect(said.at(-1)).toEqual({
      type: 'leg.offered',
      at: new Date(20).toISOString(),
      callId: id,
      leg: {
        index: 0,
        agent: '1001',
        device: 'PJSIP/1001',
        queue: 'sales',
        channel: 'PJSIP/1001-0000002a',
        uniqueid: 'pbx-1.2',
        consultation: false,
      },
    });
  });

  test.each<[string, string | null, string | null]>([
    ['both channels', id, 'pbx-1.2'],
    ['no Dest fields', id, null],
    ["no caller's fields", null, 'pbx-1.2'],
    ['neither', null, null],
  ])('AgentComplete finds its leg: %s', (_what, caller, dest) => {
    const complete = { at: 5000, channel: caller, dest, queue: 'sales', device: 'PJSIP/1001' };
    const { records } = tell([
      ...start,
      ...rings(20, id, 'pbx-1.2', '1001'),
      ...answers(1000, id, 'pbx-1.2', '1001'),
      { type: 'AgentComplete', ...complete, reason: 'agent' },
      hangsUp(5001, 'pbx-1.2'),
      hangsUp(5002, id),
    ]);
    expect(records[0]?.legs[0]).toMatchObject({ endedBy: 'agent', talkMs: 4001 });
    expect(records[0]?.end).toBe('agent');
  });

  test('we came in the middle: AgentConnect brings the entry, with its wait in whole seconds', () => {
    const [first, ...rest] = answers(60_000, id, 'pbx-1.2', '1001');
    const late = rest.map((e) => (e.type === 'AgentConnect' ? { ...e, holdMs: 20_000 } : e));
    const { records } = tell([
      customer(0, id),
      ...rings(59_000, id, 'pbx-1.2', '1001'),
      ...(first === undefined ? [] : [first]),
      ...late,
      hangsUp(65_000, 'pbx-1.2'),
      hangsUp(65_000, id),
    ]);
    expect(records[0]?.confidence).toBe('estimated');
    expect(records[0]?.entries).toEqual([
      expect.objectContaining({
        enteredAt: new Date(40_000).toISOString(),
        waitMs: null,
        outcome: 'answered',
      }),
    ]);
  });

  test('a member whose interface is no extension is an agent all the same', () => {
    const ring = rings(20, id, 'pbx-1.2', 'anna');
    const { records } = tell([
      ...start,
      ...ring,
      ...answers(1000, id, 'pbx-1.2', 'anna'),
      hangsUp(2000, 'pbx-1.2'),
      ...hungUp,
    ]);
    expect(records[0]?.legs.map((l) => [l.agent, l.outcome])).toEqual([['anna', 'answered']]);
  });
});

describe('the line of a queue', () => {
  test('places move up as callers go, and a caller with priority stands where Asterisk put it', () => {
    const { state } = tell([
      customer(0, 'pbx-1.1'),
      joins(1, 'pbx-1.1', 'sales', 1),
      customer(2, 'pbx-1.2'),
      joins(3, 'pbx-1.2', 'sales', 2),
      customer(4, 'pbx-1.3'),
      joins(5, 'pbx-1.3', 'sales', 1),
    ]);
    const line = () => waitingIn(state, 'sales').map((w) => `${w.position}:${w.callId}`);
    expect(line()).toEqual(['1:pbx-1.3', '2:pbx-1.1', '3:pbx-1.2']);
    tell([leaves(10, 'pbx-1.3')], state);
    expect(line()).toEqual(['1:pbx-1.1', '2:pbx-1.2']);
    tell([hangsUp(20, 'pbx-1.1'), hangsUp(20, 'pbx-1.2')], state);
    expect(line()).toEqual([]);
  });
});

test('a caller who comes back after a talk is in a second stay of the same queue', () => {
  const { records } = tell([
    ...start,
    ...rings(20, id, 'pbx-1.2', '1001'),
    ...answers(1000, id, 'pbx-1.2', '1001'),
    { type: 'BlindTransfer', at: 3000, by: 'pbx-1.2', transferee: id, extension: '2000' },
    { type: 'BridgeLeave', at: 3000, channel: id, bridge: 'b-pbx-1.2' },
    hangsUp(3001, 'pbx-1.2'),
    joins(3002, id),
    ...rings(3003, id, 'pbx-1.3', '1001'),
    ...answers(4000, id, 'pbx-1.3', '1001'),
    ...bridged(4000, 'b-pbx-1.3', id),
    asks(6000, 'pbx-1.3'),
    hangsUp(6000, 'pbx-1.3'),
    hangsUp(6001, id),
  ]);
  expect(records[0]?.entries.map((e) => [e.queue, e.waitMs, e.outcome])).toEqual([
    ['sales', 990, 'answered'],
    ['sales', 998, 'answered'],
  ]);
  expect(records[0]?.legs.map((l) => [l.talkMs, l.endedBy])).toEqual([
    [2000, 'transfer'],
    [2000, 'agent'],
  ]);
  expect(records[0]?.transfers).toMatchObject([{ kind: 'blind', by: '1001', to: null, toQueue: 'sales' }]);
});
