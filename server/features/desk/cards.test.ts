import type { LegOutcome } from '@ringdesk/shared/interaction';
import { aCall, aLeg, aMember, at } from './testing/call.ts';
import { desksAtWork, knownCaller } from './testing/desks.ts';

const anna = '1001';
const boris = '1002';
const call = aCall('c1');

describe('what a ring that is not answered leaves', () => {
  test.each<[LegOutcome, number]>([
    ['missed', 1],
    ['elsewhere', 1],
    ['caller-left', 1],
    ['declined', 1],
    ['busy', 1],
    // The phone never rang.
    ['unreachable', 0],
  ])('%s: %i calls that were not taken on the desk', (outcome, missed) => {
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

  test('it says what became of the caller: waits, was taken by whom, or is gone', () => {
    const desk = desksAtWork();
    const fates: unknown[] = [];
    const look = () => fates.push(desk.view(anna).cards[0]?.fate);
    desk.say(call.started(0), call.offered(1, aLeg(anna)), call.ended(9, aLeg(anna), 'missed'));
    look();
    desk.say(call.offered(10, aLeg(boris, { index: 1 })), call.answered(12, aLeg(boris, { index: 1 })));
    look();
    desk.say(call.over(60));
    look();
    expect(fates).toEqual([
      { state: 'waiting', by: null },
      { state: 'taken', by: 'Boris Ivanov' },
      { state: 'taken', by: 'Boris Ivanov' },
    ]);
  });

  test.each([
    ['abandoned', 'left'],
    ['voicemail', 'voicemail'],
    ['callback', 'callback'],
  ] as const)('declined, and in the end the call is %s: the caller is %s', (outcome, state) => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)), call.ended(3, aLeg(anna), 'declined'));
    desk.say(call.over(60, { outcome }));
    expect(desk.card(anna)).toMatchObject({ phase: 'missed', outcome: 'declined', fate: { state } });
  });

  test('it outlives a restart of the server, and once put away a replay does not bring it back', () => {
    const desk = desksAtWork();
    const events = [
      call.started(0),
      call.offered(1, aLeg(anna)),
      call.ended(9, aLeg(anna), 'missed'),
      call.over(30),
    ];
    desk.say(...events);
    const [kept] = desk.effects('keep-draft').slice(-1);
    if (kept === undefined) throw new Error('nothing was kept');
    const after = desksAtWork();
    after.tell(40, { type: 'restored', records: [kept.record] });
    after.tell(80, { type: 'tick' });
    expect(after.card(anna)).toMatchObject({ phase: 'missed', fate: { state: 'left' } });
    after.tell(90, { type: 'closed', agent: anna, callId: 'c1' });
    for (const event of events) after.tell(91, { type: 'call', pbx: 'main', event });
    expect(after.view(anna).cards).toEqual([]);
  });

  test('the newest twenty are kept', () => {
    const desk = desksAtWork();
    for (let n = 0; n < 24; n += 1) {
      const one = aCall(`m${n}`);
      desk.say(
        one.started(n * 10),
        one.offered(n * 10 + 1, aLeg(anna)),
        one.ended(n * 10 + 9, aLeg(anna), 'missed'),
        one.over(n * 10 + 9.5),
      );
    }
    const kept = Array.from({ length: 20 }, (_, n) => `m${23 - n}`);
    expect(desk.view(anna).cards.map((card) => card.callId)).toEqual(kept);
    expect(desk.desks.calls.size).toBe(20);
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

  test('the end of the call closes what its legs did not: a talk into a wrap-up, a ring into one that was not taken', () => {
    const desk = desksAtWork();
    desk.say(
      call.started(0),
      call.offered(1, aLeg(anna)),
      call.offered(1, aLeg(boris, { index: 1 })),
      call.answered(2, aLeg(anna)),
      call.over(60),
    );
    expect(desk.card(anna).phase).toBe('wrap-up');
    expect(desk.card(boris)).toMatchObject({ phase: 'missed', fate: { state: 'taken', by: 'Anna Petrova' } });
  });
});
