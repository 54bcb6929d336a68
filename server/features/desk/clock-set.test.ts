import { aCall, aLeg } from './testing/call.ts';
import { aDesk, turns } from './testing/desk-at-work.ts';

const anna = '1001';
const call = aCall('c1');
const hour = 3_600_000;

let d: ReturnType<typeof aDesk>;
beforeEach(async () => {
  d = aDesk();
  await d.desk.start();
  d.linkUp();
  d.say(
    call.started(0),
    call.offered(1, aLeg(anna)),
    call.answered(2, aLeg(anna)),
    call.ended(10, aLeg(anna)),
  );
  await turns();
});
afterEach(async () => {
  await d.desk.stop();
  d.remove();
});

const phases = () => d.cards(anna).map(({ phase }) => phase);
/** How much of the wrap-up's time is left, ms. */
function left(): number {
  const view = d.desk.viewOf(anna);
  return Date.parse(view?.cards[0]?.wrapUpEndsAt ?? '') - (view?.now ?? 0);
}

test.each([
  ['an hour back', -hour],
  ['an hour forward', hour],
])('a clock that is set %s leaves a wrap-up the time that it had', async (_, by) => {
  const before = left();
  expect(phases()).toEqual(['wrap-up']);
  d.clock.set(by);
  d.clock.pass(1000);
  expect(phases()).toEqual(['wrap-up']);
  expect(before - left()).toBe(1000);
  d.clock.pass(before);
  await turns();
  expect(phases()).not.toEqual(['wrap-up']);
});
