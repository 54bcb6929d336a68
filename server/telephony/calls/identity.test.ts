import type { PbxEvent } from './index.ts';
import { createCallState, interactionOf, liveCalls } from './index.ts';
import {
  answers,
  asks,
  bridged,
  channel,
  customer,
  hangsUp,
  joins,
  options,
  rings,
  tell,
  up,
} from './testing/story.ts';

/** Which channels are one call, whose they are, and under which id. */

const id = 'pbx-1.1';

describe('who is an agent', () => {
  test.each<[string, string, string]>([
    ['PJSIP/1001', 'an extension', 'internal'],
    ['SIP/204', 'an extension of three digits', 'internal'],
    ['PJSIP/trunk', 'a word', 'inbound'],
    ['PJSIP/74955550100', 'a long number', 'inbound'],
    ['DAHDI/i1/79161234567', 'a line of a PRI', 'inbound'],
    ['DAHDI/4', 'an analogue line', 'inbound'],
    ['IAX2/203.0.113.4:4569', 'another PBX', 'inbound'],
    ['IAX2/1007', 'an extension', 'internal'],
    ['PJSIP/sip provider', 'a trunk with a space in its name', 'inbound'],
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
    for (const peer of ['PJSIP/Анна Петрова', 'DAHDI/7', 'IAX2/desk-a-7'])
      expect(
        tell([{ ...told, device: peer, stateDevice: null }, channel(0, id, peer)]).said[1],
      ).toMatchObject({ party: { direction: 'internal', numberRaw: peer.slice(peer.indexOf('/') + 1) } });
  });

  test('the configuration has the last word', () => {
    const own = {
      ...options,
      trunks: ['DAHDI/'],
      phones: ['PJSIP/lobby'],
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
      (who): PbxEvent => ({
        type: 'BridgeEnter',
        at: 9,
        channel: who,
        bridge: 'lot',
        bridgeType: 'parking',
        recording: null,
      }),
    );
    const met = [id, 'pbx-1.2'].map(
      (who): PbxEvent => ({
        type: 'BridgeEnter',
        at: 9,
        channel: who,
        bridge: 'room',
        bridgeType: 'base',
        recording: null,
      }),
    );
    for (const enters of [parked, met]) {
      expect(liveCalls(tell([customer(0, id), customer(1, 'pbx-1.2'), ...enters]).state)).toHaveLength(2);
    }
  });
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
