import { aCall, aDevice, aLeg, at } from './testing/call.ts';
import { desksAtWork } from './testing/desks.ts';

/** An agent with a desk phone and a softphone: both ring for one call. */

const anna = '1001';
const call = aCall('c1');
const desk1 = aLeg(anna, { index: 0 });
const soft = aLeg(anna, { index: 1 });

function bothRing() {
  const desk = desksAtWork();
  desk.say(call.started(0), call.offered(2, desk1), call.offered(2, soft));
  return desk;
}

test.each([
  ['the later', soft, desk1],
  ['the earlier', desk1, soft],
] as const)(
  '%s one refuses: the card rings on with the other, and is then a call that was not taken',
  (_what, first, last) => {
    const desk = bothRing();
    desk.say(call.ended(2.1, first, 'busy'));
    expect(desk.view(anna).cards).toMatchObject([{ phase: 'ringing', leg: last.index, offeredAt: at(2) }]);
    desk.say(call.ended(20, last, 'missed'), call.over(20, { outcome: 'no-answer' }));
    expect(desk.card(anna)).toMatchObject({ phase: 'missed', outcome: 'missed', fate: { state: 'left' } });
  },
);

test('one is answered: the end of the other says nothing of the talk', () => {
  const desk = bothRing();
  desk.say(call.answered(4, desk1), call.ended(4.1, soft, 'elsewhere'));
  expect(desk.view(anna).cards).toMatchObject([{ phase: 'talking', leg: 0 }]);
  desk.say(call.ended(9, desk1), call.over(9));
  expect(desk.card(anna)).toMatchObject({ phase: 'wrap-up', leg: 0 });
});

test('the first refused before the second rang: one card', () => {
  const desk = desksAtWork();
  desk.say(call.started(0), call.offered(2, desk1), call.ended(2.1, desk1, 'busy'), call.offered(2.2, soft));
  expect(desk.view(anna).cards).toMatchObject([{ phase: 'ringing', leg: 1 }]);
});

test('two PBXs have a phone of one name: each is its own user`s, and how one is says nothing of the other', () => {
  const boris = '1002';
  const desk = desksAtWork();
  desk.tell(0, { type: 'link', pbx: 'kazan', state: 'up', message: null, restarted: false });
  desk.say(aDevice(1, 'PJSIP/1001', 'in-use'));
  const there = { ...aDevice(2, 'PJSIP/1001', 'ringing'), agent: boris };
  desk.tell(2, { type: 'call', pbx: 'kazan', event: there });
  expect([desk.view(anna).phone, desk.view(boris).phone]).toEqual(['in-use', 'ringing']);
});
