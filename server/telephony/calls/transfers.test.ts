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
} from './testing/story.ts';

/** Transfers and consultations that no recorded stream has. */

const id = 'pbx-1.1';

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

describe('advice from outside', () => {
  const talking = [
    customer(0, id),
    joins(1, id),
    ...rings(2, id, 'pbx-1.2', '1001'),
    ...answers(1000, id, 'pbx-1.2', '1001'),
    { type: 'Hold', at: 2000, channel: 'pbx-1.2', on: true } as const,
    channel(2000, 'pbx-1.3', '1001', { number: '1001', exten: '979165550002' }),
    channel(2001, 'pbx-1.4', 'trunk', { linked: 'pbx-1.3', exten: 's' }),
    dials(2001, 'pbx-1.3', 'pbx-1.4', '79165550002@trunk'),
    dialled(3000, 'pbx-1.3', 'pbx-1.4', 'ANSWER'),
    ...bridged(3000, 'b2', 'pbx-1.3', 'pbx-1.4'),
  ];

  test('the second line is a call of its own, and its leg a consultation', () => {
    const { records } = tell([...talking, hangsUp(5000, 'pbx-1.4'), hangsUp(5000, 'pbx-1.3')]);
    expect(records).toMatchObject([{ direction: 'outbound', number: '+79165550002', outcome: 'answered' }]);
    expect(records[0]?.legs).toMatchObject([{ agent: '1001', consultation: true, talkMs: 2000 }]);
  });

  test('handed over to the number outside: the customer stays the customer', () => {
    const { records } = tell([
      ...talking,
      { type: 'BridgeLeave', at: 5000, channel: 'pbx-1.2', bridge: 'b-pbx-1.2' },
      { type: 'BridgeLeave', at: 5000, channel: 'pbx-1.4', bridge: 'b2' },
      ...bridged(5000, 'b-pbx-1.2', 'pbx-1.4'),
      {
        type: 'AttendedTransfer',
        at: 5001,
        by: 'pbx-1.2',
        second: 'pbx-1.3',
        transferee: id,
        target: 'pbx-1.4',
        intoApp: false,
      },
      hangsUp(5002, 'pbx-1.2'),
      hangsUp(5002, 'pbx-1.3'),
      asks(9000, id),
      hangsUp(9000, id),
      hangsUp(9001, 'pbx-1.4'),
    ]);
    expect(records).toMatchObject([{ id, direction: 'inbound', number: '+79161234567', end: 'caller' }]);
    expect(records[0]?.transfers).toMatchObject([{ kind: 'attended', by: '1001', to: '79165550002' }]);
    expect(records[0]?.legs.map((l) => [l.agent, l.consultation, l.talkMs, l.holdMs, l.endedBy])).toEqual([
      ['1001', false, 1000, 3001, 'transfer'],
      ['1001', true, 2000, 0, 'transfer'],
    ]);
  });
});

test('a customer who hangs up during a consultation is on hold no longer', () => {
  const { said } = tell([
    customer(0, id),
    joins(1, id),
    ...rings(2, id, 'pbx-1.2', '1001'),
    ...answers(1000, id, 'pbx-1.2', '1001'),
    { type: 'Hold', at: 2000, channel: 'pbx-1.2', on: true },
    { type: 'BridgeLeave', at: 2000, channel: 'pbx-1.2', bridge: 'b-pbx-1.2' },
    ...bridged(2000, 'advice', 'pbx-1.2'),
    asks(4000, id),
    hangsUp(4001, id),
  ]);
  expect(said.at(-1)).toMatchObject({
    type: 'leg.ended',
    at: new Date(4001).toISOString(),
    endedBy: 'caller',
  });
});
