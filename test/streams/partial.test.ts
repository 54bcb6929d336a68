import fc from 'fast-check';
import type { PbxEvent } from '../../server/telephony/calls/index.ts';
import { eventsOf, type Played, play } from './replay.ts';
import { expected } from './scenarios.ts';

/** Who hears only a part of what happens: a user with fewer classes in `read=`, or one who came in mid-call and got no snapshot. */

type Type = PbxEvent['type'];

/** Which of our events come with which class of manager.conf (besides `call`). */
const byClass: Readonly<Record<string, readonly Type[]>> = {
  agent: [
    ...(['QueueCallerJoin', 'QueueCallerAbandon', 'QueueCallerLeave', 'Member', 'MemberRemoved'] as const),
    ...(['AgentCalled', 'AgentConnect', 'AgentRingNoAnswer', 'AgentComplete'] as const),
  ],
  user: ['IvrChoice', 'CallbackRequest', 'SurveyStart', 'Survey', 'QueueResult'],
  dtmf: ['Digit'],
};

function expectNothingLeft({ state, said }: Played): void {
  const { channels, calls, keys, bridges, phones, waiting } = state.data;
  const sizes = [channels, calls, keys, bridges, phones, waiting].map((map) => map.size);
  expect(sizes).toEqual([0, 0, 0, 0, 0, 0]);
  const began = said.flatMap((event) => (event.type === 'call.started' ? [event.callId] : []));
  const over = said.flatMap((event) =>
    event.type === 'interaction.ended' ? [event.callId] : event.type === 'call.merged' ? [event.from] : [],
  );
  expect(over.sort()).toEqual(began.sort());
}

describe.each(Object.entries(byClass))('without class %s', (_, types) => {
  test.each(expected)('%s: no call is left, and each ends once', (name) => {
    expectNothingLeft(play(eventsOf(name).filter((event) => !types.includes(event.type))));
  });
});

test('without class agent an answered queue call is still a talk with the agent', () => {
  const agent = byClass['agent'] ?? [];
  const { interactions } = play(eventsOf('answered').filter((event) => !agent.includes(event.type)));
  expect(interactions.map(({ outcome, legs }) => [outcome, legs[0]?.agent, legs[0]?.queue])).toEqual([
    ['answered', '1001', null],
  ]);
  expect(interactions[0]?.legs[0]?.talkMs).toBe(play(eventsOf('answered')).interactions[0]?.legs[0]?.talkMs);
});

test('any events missing but the first and the last of a channel: no call is left', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...expected),
      fc.infiniteStream(fc.nat({ max: 9 })),
      fc.nat({ max: 9 }),
      (name, dice, share) => {
        const sure = (event: PbxEvent) => event.type === 'Newchannel' || event.type === 'Hangup';
        const heard = eventsOf(name).filter((event) => sure(event) || (dice.next().value ?? 0) >= share);
        expectNothingLeft(play(heard));
      },
    ),
    { numRuns: 150 },
  );
});

test('attached in mid-call, without a snapshot: what is not known is passed over', () => {
  fc.assert(
    fc.property(fc.constantFrom(...expected), fc.double({ min: 0, max: 1, noNaN: true }), (name, share) => {
      const events = eventsOf(name);
      expectNothingLeft(play(events.slice(Math.floor(share * events.length))));
    }),
    { numRuns: 150 },
  );
});
