import { draftRecord } from './kept.ts';
import { aCall, aLeg, aMember } from './testing/call.ts';
import { desksAtWork } from './testing/desks.ts';

/** A break that is chosen during a call waits for its end, also across a restart of the server. */

const anna = '1001';
const call = aCall('c1');
const lunch = { state: 'break', reason: 'lunch' } as const;
const wrapUp = { disposition: 'resolved', reason: null, note: '' };

function talking() {
  const desk = desksAtWork();
  desk.say(
    aMember(0, 'PJSIP/1001'),
    call.started(1),
    call.offered(2, aLeg(anna)),
    call.answered(3, aLeg(anna)),
  );
  return desk;
}

/** The server of before is dead, and another one has read what it kept. */
function restarted(before: ReturnType<typeof desksAtWork>, second: number) {
  const latest = new Map(before.effects('keep-draft').map(({ record }) => [record.id, record]));
  const records = [...latest.values()].map((record) => draftRecord.parse(JSON.parse(JSON.stringify(record))));
  const after = desksAtWork();
  after.say(aMember(0, 'PJSIP/1001'));
  after.tell(second, { type: 'restored', records });
  return after;
}

test('chosen in the talk: it is still told after a restart, and begins when the form is saved', () => {
  const before = talking();
  before.tell(5, { type: 'chosen-next', agent: anna, chosen: lunch });
  before.say(call.ended(10, aLeg(anna)), call.over(10));
  const after = restarted(before, 20);
  expect(after.view(anna).agent.next).toEqual(lunch);
  after.tell(25, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp });
  expect(after.view(anna).agent).toMatchObject({ state: 'break', reason: 'lunch', next: null });
  expect(after.effects('pause').at(-1)).toMatchObject({ paused: true, reason: 'lunch' });
});

test.each([
  [
    'taken back',
    (desk: ReturnType<typeof desksAtWork>) =>
      desk.tell(7, { type: 'chosen', agent: anna, chosen: { state: 'available', reason: null } }),
  ],
  [
    'begun',
    (desk: ReturnType<typeof desksAtWork>) => {
      desk.say(call.ended(10, aLeg(anna)), call.over(10));
      desk.tell(12, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp });
    },
  ],
])('once it is %s, a restart does not bring it back', (_what, end) => {
  const before = talking();
  before.tell(5, { type: 'chosen-next', agent: anna, chosen: lunch });
  end(before);
  expect(restarted(before, 20).view(anna).agent.next).toBeNull();
});
