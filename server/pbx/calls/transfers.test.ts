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
