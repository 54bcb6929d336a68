import type { CallEvent } from '@ringdesk/shared/call-events';
import { aCall, aLeg, aMember } from './testing/call.ts';
import { desksAtWork } from './testing/desks.ts';

const anna = '1001';
const phone = 'PJSIP/1001';
const call = aCall('c1');

const free = (second: number, queue = 'sales') => aMember(second, phone, { queue });
const paused = (second: number, reason: string | null, queue = 'sales') =>
  aMember(second, phone, { queue, paused: true, pausedReason: reason });

function stateAfter(...events: CallEvent[]): string {
  const desk = desksAtWork();
  desk.say(...events);
  const { state, reason } = desk.view(anna).agent;
  return reason === null ? state : `${state}: ${reason}`;
}

describe('the PBX says what an agent does', () => {
  test.each<[string, CallEvent[], string]>([
    ['a member of no queue', [], 'offline'],
    ['a member that is not paused', [free(1)], 'available'],
    ['paused with a reason', [paused(1, 'lunch')], 'break: lunch'],
    ['paused without one', [paused(1, '')], 'break'],
    ['paused as offline', [paused(1, 'offline')], 'offline'],
    ['paused for a wrap-up by an earlier run of the server', [paused(1, 'wrap-up')], 'available'],
    ['paused in all queues', [paused(1, 'lunch'), paused(1, 'lunch', 'support')], 'break: lunch'],
    ['paused in one of two', [free(1), paused(1, 'lunch', 'support')], 'available'],
    ['paused on the PBX', [free(1), paused(5, 'meeting')], 'break: meeting'],
    ['unpaused on the PBX', [paused(1, 'meeting'), free(5)], 'available'],
    ['another reason', [paused(1, 'meeting'), paused(5, 'lunch')], 'break: lunch'],
    ['the reason says itself again', [paused(1, 'meeting'), paused(5, 'meeting')], 'break: meeting'],
  ])('%s: %s', (_what, events, expected) => {
    expect(stateAfter(...events)).toBe(expected);
  });

  test('a state that is chosen does not flicker while the queues follow one by one', () => {
    const desk = desksAtWork();
    desk.say(free(1), free(1, 'support'));
    desk.tell(2, { type: 'chosen', agent: anna, chosen: { state: 'break', reason: 'lunch' } });
    const states = [paused(2.1, 'lunch'), paused(2.2, 'lunch', 'support')].map((event) => {
      desk.say(event);
      return desk.view(anna).agent.state;
    });
    expect(states).toEqual(['break', 'break']);
  });

  test('an agent on a break who is added to a queue has the break there too', () => {
    const desk = desksAtWork();
    desk.say(paused(1, 'lunch'));
    desk.effects('pause');
    desk.say(free(5, 'support'));
    expect(desk.effects('pause')).toMatchObject([{ paused: true, reason: 'lunch', queues: ['support'] }]);
    expect(desk.view(anna).agent).toMatchObject({ state: 'break', reason: 'lunch' });
  });
});

/** Anna has just ended a call, and the PBX has shown nothing of the pause yet. */
function afterACall(...members: CallEvent[]) {
  const desk = desksAtWork();
  desk.say(...members, call.started(1), call.offered(2, aLeg(anna)), call.answered(3, aLeg(anna)));
  expect(desk.effects('pause')).toEqual([]);
  desk.say(call.ended(10, aLeg(anna)));
  return desk;
}

const noted = { disposition: 'resolved', reason: null, note: '' };

describe('no call comes while the agent writes', () => {
  test('the member is paused for the wrap-up and unpaused when it is saved', () => {
    const desk = afterACall(free(0), free(0, 'support'));
    expect(desk.effects('pause')).toEqual([
      {
        do: 'pause',
        agent: anna,
        pbx: 'main',
        device: phone,
        paused: true,
        reason: 'wrap-up',
        queues: null,
      },
    ]);
    desk.say(paused(10.1, 'wrap-up'), paused(10.2, 'wrap-up', 'support'));
    expect(desk.view(anna).agent.state).toBe('wrap-up');
    desk.tell(20, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp: noted });
    expect(desk.effects('pause')).toMatchObject([{ paused: false, queues: null }]);
    desk.say(free(20.1), free(20.2, 'support'));
    expect(desk.view(anna).agent.state).toBe('available');
    expect(desk.effects('pause')).toEqual([]);
  });

  test('and when it ends by itself', () => {
    const desk = afterACall(free(0));
    desk.say(paused(10.1, 'wrap-up'));
    desk.effects('pause');
    desk.tell(70, { type: 'tick' });
    expect(desk.effects('pause')).toMatchObject([{ paused: false }]);
  });

  test('saved before the pause is seen: it is taken back as soon as it shows', () => {
    const desk = afterACall(free(0));
    desk.effects('pause');
    desk.tell(10.05, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp: noted });
    expect(desk.effects('pause')).toEqual([]);
    desk.say(paused(10.1, 'wrap-up'));
    expect(desk.effects('pause')).toMatchObject([{ paused: false }]);
    expect(desk.view(anna).agent.state).toBe('available');
  });

  test('a break chosen meanwhile stays a break', () => {
    const desk = afterACall(free(0));
    desk.say(paused(10.1, 'wrap-up'));
    desk.effects('pause');
    desk.tell(12, { type: 'chosen', agent: anna, chosen: { state: 'break', reason: 'lunch' } });
    desk.say(paused(12.1, 'lunch'));
    desk.tell(20, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp: noted });
    desk.tell(30, { type: 'tick' });
    expect(desk.effects('pause')).toEqual([]);
    expect(desk.view(anna).agent).toMatchObject({ state: 'break', reason: 'lunch' });
  });

  test('ready although the form is open: calls come, the form stays', () => {
    const desk = afterACall(free(0));
    desk.say(paused(10.1, 'wrap-up'));
    desk.effects('pause');
    desk.tell(12, { type: 'chosen', agent: anna, chosen: { state: 'available', reason: null } });
    desk.say(free(12.1));
    desk.tell(13, { type: 'tick' });
    expect(desk.effects('pause').filter((effect) => effect.paused)).toEqual([]);
    expect(desk.view(anna).agent.state).toBe('available');
    expect(desk.view(anna).cards).toMatchObject([{ phase: 'wrap-up' }]);
  });

  test('a call out during a break: nothing is paused, and nothing is unpaused', () => {
    const desk = afterACall(paused(0, 'lunch'));
    desk.tell(20, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp: noted });
    expect(desk.effects('pause')).toEqual([]);
    expect(desk.view(anna).agent.state).toBe('break');
  });

  test('queues in which the supervisor has paused the agent stay as they are', () => {
    const desk = afterACall(free(0), paused(0, 'other work', 'support'));
    expect(desk.effects('pause')).toMatchObject([{ paused: true, queues: ['sales'] }]);
    desk.say(paused(10.1, 'wrap-up'));
    desk.tell(20, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp: noted });
    expect(desk.effects('pause')).toMatchObject([{ paused: false, queues: ['sales'] }]);
  });

  test('a refusal is shown, and it is tried again while it matters', () => {
    const desk = afterACall(free(0));
    desk.effects('pause');
    desk.tell(10.1, { type: 'pause-answered', agent: anna, failed: 'Permission denied' });
    expect(desk.view(anna).pauseFailed).toBe('Permission denied');
    desk.tell(12, { type: 'tick' });
    expect(desk.effects('pause')).toEqual([]);
    desk.tell(15, { type: 'tick' });
    expect(desk.effects('pause')).toMatchObject([{ paused: true }]);
    desk.tell(15.1, { type: 'pause-answered', agent: anna, failed: null });
    expect(desk.view(anna).pauseFailed).toBeNull();
  });

  test('a pause that an earlier run of the server left behind is taken away', () => {
    const desk = desksAtWork();
    desk.say(paused(1, 'wrap-up'));
    expect(desk.effects('pause')).toMatchObject([{ paused: false }]);
  });

  test('without a link nothing is asked; when it is back, what is still wished is', () => {
    const desk = desksAtWork();
    desk.say(free(0), call.started(1), call.offered(2, aLeg(anna)), call.answered(3, aLeg(anna)));
    desk.tell(5, { type: 'link', pbx: 'main', state: 'down', message: null, restarted: false });
    desk.say(call.ended(10, aLeg(anna)));
    desk.tell(12, { type: 'tick' });
    expect(desk.effects('pause')).toEqual([]);
    desk.tell(20, { type: 'link', pbx: 'main', state: 'up', message: null, restarted: false });
    expect(desk.effects('pause')).toMatchObject([{ paused: true, reason: 'wrap-up' }]);
  });
});

describe('a PBX that was restarted has forgotten the pauses', () => {
  const down = { type: 'link', pbx: 'main', state: 'down', message: null, restarted: false } as const;
  const up = { ...down, state: 'up', restarted: true } as const;

  test.each([
    ['the members are told after the link', true],
    ['the members are told before the link', false],
  ])('an agent on a break is put back on it: %s', (_what, linkFirst) => {
    const desk = desksAtWork();
    desk.say(paused(1, 'lunch'));
    desk.tell(10, down);
    if (linkFirst) desk.tell(20, up);
    desk.say(free(20.1));
    if (!linkFirst) desk.tell(20.2, up);
    expect(desk.effects('pause')).toContainEqual(
      expect.objectContaining({ paused: true, reason: 'lunch', device: phone }),
    );
    expect(desk.view(anna).agent).toMatchObject({ state: 'break', reason: 'lunch' });
  });

  test('a link that was only cut brings what the PBX says now', () => {
    const desk = desksAtWork();
    desk.say(paused(1, 'lunch'));
    desk.tell(10, down);
    desk.tell(20, { ...up, restarted: false });
    desk.say(free(20.1));
    expect(desk.effects('pause')).toEqual([]);
    expect(desk.view(anna).agent.state).toBe('available');
  });
});
