import { aCall, aLeg, aMember } from './testing/call.ts';
import { desksAtWork } from './testing/desks.ts';

/** Agents who take calls on the phone alone: no page, so no form, and no pause that would keep the next caller waiting. */

const anna = '1001';
const call = aCall('c1');

/** One answered call that ends at second 10. */
function afterACall(presence: [second: number, present: boolean][]) {
  const desk = desksAtWork();
  desk.say(aMember(0, 'PJSIP/1001'));
  desk.tell(0, { type: 'chosen', agent: anna, chosen: { state: 'available', reason: null } });
  for (const [second, present] of presence) desk.tell(second, { type: 'present', agent: anna, present });
  desk.effects('pause');
  desk.say(
    call.started(200),
    call.joined(200),
    call.offered(201, aLeg(anna)),
    call.answered(202, aLeg(anna)),
    call.ended(210, aLeg(anna)),
  );
  return desk;
}

test.each<[string, [number, boolean][], 'wrap-up' | null]>([
  ['at the desk', [], 'wrap-up'],
  ['gone for a moment: a bad connection', [[150, false]], 'wrap-up'],
  [
    'gone, and back',
    [
      [10, false],
      [20, true],
    ],
    'wrap-up',
  ],
  ['gone for long', [[10, false]], null],
])('%s', (_, presence, phase) => {
  const desk = afterACall(presence);
  expect(desk.view(anna).cards[0]?.phase ?? null).toBe(phase);
  expect(desk.effects('pause').map(({ paused, reason }) => [paused, reason])).toEqual(
    phase === null ? [] : [[true, 'wrap-up']],
  );
});

test('what somebody wrote before going is kept all the same', () => {
  const desk = desksAtWork();
  desk.say(call.started(0), call.joined(0), call.offered(1, aLeg(anna)), call.answered(2, aLeg(anna)));
  desk.tell(3, {
    type: 'draft',
    agent: anna,
    callId: 'c1',
    draft: { disposition: null, reason: null, note: 'Wants a call back', revision: 1 },
  });
  desk.tell(4, { type: 'present', agent: anna, present: false });
  desk.say(call.ended(300, aLeg(anna)));
  expect(desk.effects('save-wrap-up').map(({ record }) => record.note)).toEqual(['Wants a call back']);
});
