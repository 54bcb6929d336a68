import type { Interaction, Leg } from '@ringdesk/shared/interaction';
import { anAnsweredLeg, anInteraction } from '@ringdesk/shared/testing/an-interaction';
import fc from 'fast-check';
import { cursorOf, foundBy, newestFirst, placeOf, summaryOf, type WrapUp, withHumanPart } from './model.ts';

const leg = anAnsweredLeg();
const call = anInteraction({
  entries: [
    {
      queue: 'sales',
      enteredAt: '2026-01-01T10:00:00.000Z',
      leftAt: null,
      waitMs: null,
      position: 1,
      outcome: null,
      agent: null,
      consultation: false,
    },
  ],
  legs: [leg],
});

function wrapUp(fields: Partial<WrapUp>): WrapUp {
  return {
    agent: '1001',
    disposition: null,
    reason: null,
    note: null,
    wrapUpMs: null,
    at: call.startedAt,
    ...fields,
  };
}

const nothing = { customerId: null, wrapUps: new Map<number, WrapUp>() };

test('with nothing from people the record stands as it is', () => {
  expect(withHumanPart(call, nothing)).toEqual(call);
});

test('the leg says how its wrap-up ended, by whom and when; where nobody said so, nothing stands', () => {
  const at = '2026-01-01T10:01:00.000Z';
  const said = (ended: WrapUp['ended']) =>
    withHumanPart(call, { ...nothing, wrapUps: new Map([[0, wrapUp({ at, ...(ended ? { ended } : {}) })]]) });
  expect(said('expired').legs[0]?.wrapUp).toEqual({ ended: 'expired', by: '1001', at });
  expect(said(null).legs[0]).toEqual(leg);
});

test.each([
  [
    'one wrap-up',
    [[0, { disposition: 'sold', reason: 'billing/invoice', note: 'ok', wrapUpMs: 900 }]],
    { disposition: 'sold', reason: 'billing/invoice', note: 'ok' },
  ],
  [
    'the last leg decides',
    [
      [1, { disposition: 'sold' }],
      [0, { disposition: 'passed on', reason: 'billing' }],
    ],
    { disposition: 'sold', reason: 'billing', note: null },
  ],
  [
    'notes in the order of legs',
    [
      [1, { note: 'second' }],
      [0, { note: 'first' }],
    ],
    { note: 'first\n\nsecond' },
  ],
  [
    'a note that was carried along',
    [
      [0, { note: 'wants a price' }],
      [1, { note: 'wants a price\ngiven' }],
    ],
    { note: 'wants a price\ngiven' },
  ],
  [
    'the same note twice',
    [
      [0, { note: 'x' }],
      [1, { note: 'x' }],
    ],
    { note: 'x' },
  ],
  [
    'an empty note',
    [
      [0, { note: '  ' }],
      [1, { note: null }],
    ],
    { note: null },
  ],
] satisfies [string, [number, Partial<WrapUp>][], Partial<Interaction>][])('%s', (_, wrapUps, expected) => {
  const human = { customerId: 'c1', wrapUps: new Map(wrapUps.map(([at, fields]) => [at, wrapUp(fields)])) };
  expect(withHumanPart(call, human)).toMatchObject({ customerId: 'c1', ...expected });
});

test('the time of a wrap-up stands with its leg', () => {
  const human = { ...nothing, wrapUps: new Map([[1, wrapUp({ wrapUpMs: 700 })]]) };
  expect(withHumanPart({ ...call, legs: [leg, leg] }, human).legs.map((one) => one.wrapUpMs)).toEqual([
    null,
    700,
  ]);
});

test('found by every agent and queue once', () => {
  const legs = [leg, { ...leg, agent: '1002' }, { ...leg, queue: 'support' }, { ...leg, queue: null }];
  expect(foundBy({ ...call, legs })).toEqual({ agents: ['1001', '1002'], queues: ['sales', 'support'] });
});

test.each<[string, Leg[], { agent: string | null; agentName: string | null; talkMs: number }]>([
  [
    'nobody answered',
    [{ ...leg, answeredAt: null, talkMs: null, outcome: 'missed' }],
    { agent: null, agentName: null, talkMs: 0 },
  ],
  ['one answered', [leg], { agent: '1001', agentName: 'Анна', talkMs: 3000 }],
  [
    'the last who spoke',
    [{ ...leg, agent: '1002', answeredAt: '2026-01-01T10:00:04.000Z' }, leg],
    { agent: '1002', agentName: null, talkMs: 6000 },
  ],
  [
    'a consultation is not with the customer',
    [leg, { ...leg, agent: '1002', consultation: true }],
    { agent: '1001', agentName: 'Анна', talkMs: 3000 },
  ],
])('summary: %s', (_, legs, expected) => {
  const names = new Map([['1001', 'Анна']]);
  expect(summaryOf({ ...call, legs }, (agent) => names.get(agent) ?? null)).toMatchObject({
    queue: 'sales',
    ...expected,
  });
});

test('a cursor gives its place back', () => {
  fc.assert(
    fc.property(fc.nat(4e12), fc.string({ minLength: 1, maxLength: 60 }), (startedAt, id) => {
      expect(placeOf(cursorOf({ startedAt, id }))).toEqual({ startedAt, id });
    }),
  );
});

test.each(['', '.', 'abc', '.main-1', 'ABC.main-1', `${'1'.repeat(12)}.main-1`])(
  '%j is no cursor',
  (text) => {
    expect(placeOf(text)).toBeNull();
  },
);

test('newest first, then by id, the same on every page', () => {
  const at = (startedAt: string, id: string) => ({ ...call, startedAt, id });
  const sorted = [
    at('2026-01-01T10:00:00.000Z', 'a'),
    at('2026-01-02T10:00:00.000Z', 'a'),
    at('2026-01-01T10:00:00.000Z', 'b'),
  ].sort(newestFirst);
  expect(sorted.map((one) => `${one.startedAt.slice(8, 10)}${one.id}`)).toEqual(['02a', '01b', '01a']);
});
