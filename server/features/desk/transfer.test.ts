import { aCall, aLeg, at } from './testing/call.ts';
import { desksAtWork, knownCaller } from './testing/desks.ts';

const anna = '1001';
const boris = '1002';
const clara = '1003';
const call = aCall('c1');

describe('transfers', () => {
  test('blind: the next agent gets the card, with what the first has written so far, also while that one writes on', () => {
    const desk = desksAtWork();
    knownCaller(desk);
    desk.say(call.offered(3, aLeg(anna)), call.answered(4, aLeg(anna)));
    const draft = {
      disposition: null,
      reason: 'billing/invoice',
      note: 'Wants the invoice again',
      revision: 3,
    };
    desk.tell(20, { type: 'draft', agent: anna, callId: 'c1', draft });
    desk.say(
      call.transferred(30, { by: anna, to: clara }),
      call.ended(30.1, aLeg(anna)),
      call.offered(30.2, aLeg(clara, { index: 1, queue: null })),
    );
    expect(desk.card(anna).phase).toBe('wrap-up');
    expect(desk.card(clara)).toMatchObject({
      phase: 'ringing',
      match: { kind: 'one', customer: { id: 'k1' } },
      transferredFrom: {
        agent: anna,
        name: 'Anna Petrova',
        note: 'Wants the invoice again',
        reason: 'billing/invoice',
        at: at(30),
      },
      wrapUp: { note: '', revision: 0 },
    });
    desk.changed();
    desk.tell(31, {
      type: 'draft',
      agent: anna,
      callId: 'c1',
      draft: { ...draft, note: 'Wants the invoice again, by mail', revision: 4 },
    });
    expect(desk.changed()).toEqual([anna, clara]);
    expect(desk.card(clara).transferredFrom?.note).toBe('Wants the invoice again, by mail');
    expect(desk.view(boris).cards).toEqual([]);
  });

  test('into a queue: whoever it rings at gets the note, and it is still there when the first has finished', () => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)), call.answered(2, aLeg(anna)));
    desk.say(call.transferred(10, { by: anna, toQueue: 'support' }), call.ended(10.1, aLeg(anna)));
    desk.tell(12, {
      type: 'wrapped-up',
      agent: anna,
      callId: 'c1',
      wrapUp: { disposition: 'handed-over', reason: null, note: 'A technical question' },
    });
    desk.say(call.joined(10.2, 'support'), call.offered(15, aLeg(boris, { index: 1, queue: 'support' })));
    expect(desk.card(boris)).toMatchObject({
      queue: 'support',
      enteredQueueAt: at(10.2),
      transferredFrom: { agent: anna, note: 'A technical question' },
    });
  });

  test('attended: the colleague sees the customer`s card while being asked, and has it after the transfer', () => {
    const desk = desksAtWork();
    knownCaller(desk);
    const asked = aLeg(clara, { index: 1, queue: null, consultation: true });
    desk.say(
      call.offered(3, aLeg(anna)),
      call.answered(4, aLeg(anna)),
      call.held(20, aLeg(anna)),
      call.offered(21, asked),
    );
    expect(desk.card(anna)).toMatchObject({
      phase: 'held',
      consulting: { to: clara, since: at(21) },
      can: { hangUp: true, transfer: false },
    });
    expect(desk.card(clara)).toMatchObject({
      consultation: true,
      match: { kind: 'one' },
      transferredFrom: { agent: anna },
      can: { hangUp: true, transfer: false },
    });
    desk.say(
      call.answered(23, asked),
      call.transferred(40, { kind: 'attended', by: anna, to: clara }),
      call.ended(40.1, aLeg(anna)),
    );
    expect(desk.card(anna)).toMatchObject({ phase: 'wrap-up', consulting: null });
    expect(desk.card(clara)).toMatchObject({
      phase: 'talking',
      consultation: false,
      transferredFrom: { agent: anna, at: at(40) },
      can: { transfer: true },
    });
    desk.say(call.ended(90, { ...asked, consultation: false }));
    expect(desk.card(clara).phase).toBe('wrap-up');
  });

  test('attended and taken back: the colleague`s card goes without a form, the first talks on', () => {
    const desk = desksAtWork();
    const asked = aLeg(clara, { index: 1, queue: null, consultation: true });
    desk.say(
      call.started(0),
      call.offered(3, aLeg(anna)),
      call.answered(4, aLeg(anna)),
      call.held(20, aLeg(anna)),
      call.offered(21, asked),
      call.answered(23, asked),
      call.ended(30, asked),
      call.resumed(30.1, aLeg(anna)),
    );
    expect(desk.card(anna)).toMatchObject({ phase: 'talking', consulting: null, can: { transfer: true } });
    expect(desk.view(clara).cards).toEqual([]);
  });

  test.each(['missed', 'declined', 'busy', 'caller-left'] as const)(
    'a question that the colleague did not take (%s) leaves a line there',
    (outcome) => {
      const desk = desksAtWork();
      const asked = aLeg(clara, { index: 1, queue: null, consultation: true });
      desk.say(
        call.started(0),
        call.offered(3, aLeg(anna)),
        call.answered(4, aLeg(anna)),
        call.held(20, aLeg(anna)),
        call.offered(21, asked),
        call.ended(30, asked, outcome),
      );
      expect(desk.view(clara).cards).toMatchObject([
        { phase: 'missed', consultation: true, outcome, transferredFrom: { agent: anna } },
      ]);
    },
  );

  test('by the phone`s own second line: two calls become one, and so do the cards', () => {
    const desk = desksAtWork();
    const second = aCall('c2');
    knownCaller(desk);
    desk.say(
      call.offered(3, aLeg(anna)),
      call.answered(4, aLeg(anna)),
      second.started(20, { direction: 'internal', number: null, numberRaw: anna }),
      second.offered(20.1, aLeg(anna, { queue: null, uniqueid: 'lab-second.1' })),
      second.answered(20.2, aLeg(anna, { queue: null, uniqueid: 'lab-second.1' })),
      second.offered(21, aLeg(clara, { index: 1, queue: null })),
      second.answered(23, aLeg(clara, { index: 1, queue: null })),
      call.transferred(30, { kind: 'attended', by: anna, to: clara }),
      call.merged(30, 'c2'),
      call.ended(30.1, aLeg(anna)),
    );
    expect(desk.view(anna).cards).toMatchObject([{ callId: 'c1', phase: 'wrap-up' }]);
    expect(desk.view(clara).cards).toMatchObject([
      { callId: 'c1', phase: 'talking', direction: 'inbound', match: { kind: 'one' } },
    ]);
    // Its place among the legs is another one in the joined call; the channel tells.
    desk.say(call.ended(60, aLeg(clara, { index: 4, uniqueid: 'lab-1003.1' })));
    expect(desk.view(clara).cards).toMatchObject([{ callId: 'c1', leg: 4, phase: 'wrap-up' }]);
    expect(desk.desks.calls.has('c2')).toBe(false);
  });
});
