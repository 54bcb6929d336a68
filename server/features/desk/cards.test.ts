import type { LegOutcome } from '@ringdesk/shared/interaction';
import { aCall, aLeg, aMember, at } from './testing/call.ts';
import { desksAtWork, knownCaller } from './testing/desks.ts';

const anna = '1001';
const boris = '1002';
const call = aCall('c1');

describe('what a ring that is not answered leaves', () => {
  test.each<[LegOutcome, number]>([
    ['missed', 1],
    ['elsewhere', 0],
    ['caller-left', 0],
    ['declined', 0],
    ['busy', 0],
    ['unreachable', 0],
  ])('%s: %i missed calls on the desk', (outcome, missed) => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)), call.ended(9, aLeg(anna), outcome));
    expect(desk.view(anna).cards.filter((card) => card.phase === 'missed')).toHaveLength(missed);
    expect(desk.view(anna).cards).toHaveLength(missed);
  });

  test('a missed call stays with its number until it is put away', () => {
    const desk = desksAtWork();
    desk.say(
      call.started(0),
      call.offered(1, aLeg(anna)),
      call.ended(9, aLeg(anna), 'missed'),
      call.over(30),
    );
    expect(desk.card(anna)).toMatchObject({ phase: 'missed', outcome: 'missed', number: '+74955550101' });
    desk.tell(40, { type: 'closed', agent: anna, callId: 'c1' });
    expect(desk.view(anna).cards).toEqual([]);
    expect(desk.desks.calls.size).toBe(0);
  });

  test('the newest five are kept', () => {
    const desk = desksAtWork();
    for (let n = 0; n < 9; n += 1) {
      const one = aCall(`m${n}`);
      desk.say(
        one.started(n * 10),
        one.offered(n * 10 + 1, aLeg(anna)),
        one.ended(n * 10 + 9, aLeg(anna), 'missed'),
        one.over(n * 10 + 9.5),
      );
    }
    expect(desk.view(anna).cards.map((card) => card.callId)).toEqual(['m8', 'm7', 'm6', 'm5', 'm4']);
    expect(desk.desks.calls.size).toBe(5);
  });

  test('it rings again at the same agent: one card, ringing', () => {
    const desk = desksAtWork();
    desk.say(
      call.started(0),
      call.offered(1, aLeg(anna)),
      call.ended(9, aLeg(anna), 'missed'),
      call.offered(12, aLeg(anna, { index: 1 })),
    );
    expect(desk.view(anna).cards).toMatchObject([{ phase: 'ringing', leg: 1, outcome: null }]);
  });
});

describe('the talk', () => {
  test('ringing, talking, held, talking, wrap-up, and gone when it is saved', () => {
    const desk = desksAtWork();
    knownCaller(desk);
    const phases: string[] = [];
    const look = () => phases.push(`${desk.card(anna).phase}/${desk.view(anna).agent.state}`);
    desk.say(aMember(2, 'PJSIP/1001'), call.offered(3, aLeg(anna)));
    look();
    desk.say(call.answered(5, aLeg(anna)));
    look();
    desk.say(call.held(10, aLeg(anna)));
    look();
    desk.say(call.resumed(20, aLeg(anna)));
    look();
    desk.say(call.ended(65, aLeg(anna)), call.over(65.1));
    look();
    expect(phases).toEqual([
      'ringing/ringing',
      'talking/on-call',
      'held/on-call',
      'talking/on-call',
      'wrap-up/wrap-up',
    ]);
    expect(desk.card(anna)).toMatchObject({
      answeredAt: at(5),
      endedAt: at(65),
      wrapUpEndsAt: at(125),
      can: { hangUp: false, transfer: false },
    });
    const wrapUp = { disposition: 'resolved', reason: 'order/status', note: 'Sent the number.' };
    desk.tell(80, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp });
    expect(desk.view(anna).cards).toEqual([]);
    expect(desk.view(anna).agent.state).toBe('available');
    expect(desk.effects('save-wrap-up')).toEqual([
      {
        do: 'save-wrap-up',
        record: {
          interactionId: 'c1',
          agent: anna,
          leg: 0,
          ...wrapUp,
          wrapUpMs: 15_000,
          ended: 'saved',
          at: at(80),
        },
      },
    ]);
    expect(desk.desks.calls.size).toBe(0);
  });

  test('a second call during the wrap-up: both cards, the newest first', () => {
    const desk = desksAtWork();
    const second = aCall('c2');
    desk.say(
      call.started(0),
      call.offered(1, aLeg(anna)),
      call.answered(2, aLeg(anna)),
      call.ended(10, aLeg(anna)),
      second.started(12),
      second.offered(13, aLeg(anna)),
    );
    expect(desk.view(anna).cards.map(({ callId, phase }) => [callId, phase])).toEqual([
      ['c2', 'ringing'],
      ['c1', 'wrap-up'],
    ]);
    expect(desk.view(anna).agent.state).toBe('ringing');
  });

  test('an outbound call: a card at once, looked up, talking when the customer answers, and a wrap-up', () => {
    const desk = desksAtWork();
    const leg = aLeg(anna, { queue: null });
    desk.say(call.started(0, { direction: 'outbound' }), call.offered(0.1, leg));
    expect(desk.effects('look-up')).toHaveLength(1);
    expect(desk.card(anna)).toMatchObject({ direction: 'outbound', phase: 'ringing' });
    desk.say(call.answered(5, leg));
    expect(desk.card(anna)).toMatchObject({ phase: 'ringing', answeredAt: null });
    desk.say(call.takenOutside(9));
    expect(desk.card(anna)).toMatchObject({ phase: 'talking', answeredAt: at(9) });
    desk.say(call.ended(30, leg));
    expect(desk.card(anna).phase).toBe('wrap-up');
  });

  test('an outbound call that nobody takes leaves nothing', () => {
    const desk = desksAtWork();
    const leg = aLeg(anna, { queue: null });
    desk.say(
      call.started(0, { direction: 'outbound' }),
      call.offered(0.1, leg),
      call.ended(20, leg, 'missed'),
    );
    expect(desk.view(anna).cards).toEqual([]);
  });

  test('an event of a leg that is over does not disturb the newer one', () => {
    const desk = desksAtWork();
    desk.say(
      call.started(0),
      call.offered(1, aLeg(anna)),
      call.ended(9, aLeg(anna), 'missed'),
      call.offered(12, aLeg(anna, { index: 1 })),
      call.answered(13, aLeg(anna, { index: 1 })),
      call.ended(14, aLeg(anna), 'missed'),
    );
    expect(desk.card(anna).phase).toBe('talking');
  });

  test('the end of the call closes what its legs did not: a talk into a wrap-up, a ring into nothing', () => {
    const desk = desksAtWork();
    desk.say(
      call.started(0),
      call.offered(1, aLeg(anna)),
      call.offered(1, aLeg(boris, { index: 1 })),
      call.answered(2, aLeg(anna)),
      call.over(60),
    );
    expect(desk.card(anna).phase).toBe('wrap-up');
    expect(desk.view(boris).cards).toEqual([]);
  });
});
