import { aCall, aLeg, aMember, at } from './testing/call.ts';
import { desksAtWork } from './testing/desks.ts';

/** A call comes back to who has just had it: parked and fetched by nobody, or transferred in a circle. The form about the first talk is still open. */

const anna = '1001';
const call = aCall('c1');
const again = aLeg(anna, { index: 1, queue: null });

/** Anna writes about her talk, and the same call rings her phone again. */
function rungAgain() {
  const desk = desksAtWork();
  desk.say(
    aMember(0, 'PJSIP/1001'),
    call.started(1),
    call.offered(2, aLeg(anna)),
    call.answered(3, aLeg(anna)),
    call.ended(10, aLeg(anna)),
  );
  const draft = { disposition: 'resolved', reason: null, note: 'Ждёт ответа', revision: 1 };
  desk.tell(12, { type: 'draft', agent: anna, callId: 'c1', draft });
  desk.say(call.offered(13, again));
  return desk;
}

test.each(['missed', 'caller-left', 'declined', 'elsewhere'] as const)(
  'nothing comes of the ring (%s): the form is there again, with what was written',
  (outcome) => {
    const desk = rungAgain();
    expect(desk.card(anna)).toMatchObject({ phase: 'ringing', wrapUp: { note: 'Ждёт ответа' } });
    desk.say(call.ended(20, again, outcome), call.over(21));
    expect(desk.view(anna).cards).toHaveLength(1);
    expect(desk.card(anna)).toMatchObject({
      phase: 'wrap-up',
      leg: 0,
      wrapUp: { disposition: 'resolved', note: 'Ждёт ответа' },
    });
    desk.tell(85, { type: 'tick' });
    expect(desk.effects('save-wrap-up').map(({ record }) => [record.leg, record.note])).toEqual([
      [0, 'Ждёт ответа'],
    ]);
    expect(desk.card(anna).phase).toBe('unfinished');
  },
);

test.each([
  ['missed', 'left'],
  ['caller-left', 'left'],
  ['declined', 'left'],
] as const)(
  'the ring itself (%s) stands on the form, and is a missed call when the form is saved',
  (outcome, state) => {
    const desk = rungAgain();
    desk.say(call.ended(20, again, outcome), call.over(21));
    const rang = { offeredAt: at(13), outcome, fate: { state } };
    expect(desk.card(anna)).toMatchObject({ phase: 'wrap-up', rang });
    const wrapUp = { disposition: 'resolved', reason: null, note: 'Ждёт ответа' };
    desk.tell(30, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp });
    expect(desk.view(anna).cards).toMatchObject([{ phase: 'missed', ...rang, rang: null }]);
    desk.tell(40, { type: 'closed', agent: anna, callId: 'c1' });
    expect(desk.view(anna).cards).toEqual([]);
    expect(desk.effects('save-wrap-up')).toHaveLength(1);
  },
);

test('a colleague took the ring: when the form is saved nothing is left to do', () => {
  const desk = rungAgain();
  desk.say(call.ended(20, again, 'elsewhere'));
  expect(desk.card(anna)).toMatchObject({ rang: { fate: { state: 'taken' } } });
  const wrapUp = { disposition: 'resolved', reason: null, note: '' };
  desk.tell(30, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp });
  expect(desk.view(anna).cards).toEqual([]);
});

test('it is answered: the form goes on as the one about the later talk', () => {
  const desk = rungAgain();
  desk.say(call.answered(15, again), call.ended(20, again), call.over(20));
  expect(desk.card(anna)).toMatchObject({ phase: 'wrap-up', leg: 1, wrapUp: { note: 'Ждёт ответа' } });
});
