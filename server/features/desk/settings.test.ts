import type { WrapUpLimits } from './state.ts';
import { aCall, aLeg, aMember, at } from './testing/call.ts';
import { desksAtWork } from './testing/desks.ts';

/** The limits of wrap-ups, changed while agents are at work. Anna's call of the queue `sales` ends in second 10. */

const anna = '1001';
const call = aCall('c1');

function limits(other: number | null, queues: Record<string, number | null> = {}) {
  const wrapUpLimits: WrapUpLimits = { other, queues: new Map(Object.entries(queues)) };
  return { type: 'settings' as const, wrapUpLimits };
}

function afterACall(before: ReturnType<typeof limits>) {
  const desk = desksAtWork();
  desk.tell(0, before);
  desk.say(
    aMember(0, 'PJSIP/1001'),
    call.started(1),
    call.offered(2, aLeg(anna)),
    call.answered(3, aLeg(anna)),
    call.ended(10, aLeg(anna)),
    call.over(10),
  );
  return desk;
}

test('a queue`s wrap-up ends by the queue`s limit', () => {
  expect(afterACall(limits(60_000, { sales: 20_000 })).card(anna).wrapUpEndsAt).toBe(at(30));
  expect(afterACall(limits(60_000, { support: 20_000 })).card(anna).wrapUpEndsAt).toBe(at(70));
  expect(afterACall(limits(60_000, { sales: null })).card(anna).wrapUpEndsAt).toBeNull();
});

test('a wrap-up that runs ends by the new limit, never at once', () => {
  const desk = afterACall(limits(60_000));
  desk.tell(20, limits(60_000, { sales: 90_000 }));
  expect(desk.card(anna).wrapUpEndsAt).toBe(at(100));
  desk.tell(30, limits(60_000, { sales: 5000 }));
  expect(desk.card(anna).wrapUpEndsAt).toBe(at(35));
});

test('who asked for more time keeps it', () => {
  const desk = afterACall(limits(60_000));
  desk.tell(20, { type: 'more-time', agent: anna, callId: 'c1' });
  desk.tell(30, limits(10_000));
  expect(desk.card(anna).wrapUpEndsAt).toBe(at(130));
});

test('where a queue leaves no time, the form waits and the next call may come', () => {
  const desk = afterACall(limits(60_000, { sales: 0 }));
  expect(desk.card(anna).phase).toBe('unfinished');
  expect(desk.view(anna, 11).agent.state).not.toBe('wrap-up');
});
