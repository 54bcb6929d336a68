import { aCall, aDevice, aLeg, aMember, at, ms } from './testing/call.ts';
import { desksAtWork } from './testing/desks.ts';

const anna = '1001';
const boris = '1002';
const clara = '1003';
const call = aCall('c1');

describe('the link to the PBX', () => {
  test('down: everybody sees it, cards stay, nothing can be asked, and the wrap-up`s clock stands still', () => {
    const desk = desksAtWork();
    desk.say(
      aMember(0, 'PJSIP/1001'),
      call.started(0),
      call.offered(1, aLeg(anna)),
      call.answered(2, aLeg(anna)),
      call.ended(10, aLeg(anna)),
    );
    expect(desk.card(anna).wrapUpEndsAt).toBe(at(70));
    desk.changed();
    desk.tell(20, { type: 'link', pbx: 'main', state: 'down', message: 'no answer', restarted: false });
    expect(desk.changed()).toEqual([anna, boris, clara]);
    expect(desk.view(anna).pbx).toEqual({ state: 'down', since: at(20), message: 'no answer' });
    desk.tell(200, { type: 'tick' });
    expect(desk.card(anna).phase).toBe('wrap-up');
    desk.tell(320, { type: 'link', pbx: 'main', state: 'up', message: null, restarted: false });
    expect(desk.card(anna).wrapUpEndsAt).toBe(at(370));
    desk.tell(369, { type: 'tick' });
    expect(desk.view(anna).cards).toHaveLength(1);
    desk.tell(370, { type: 'tick' });
    expect(desk.card(anna).phase).toBe('unfinished');
  });

  test('down during a talk: the card stays and cannot be acted upon', () => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)), call.answered(2, aLeg(anna)));
    desk.tell(20, { type: 'link', pbx: 'main', state: 'down', message: null, restarted: false });
    expect(desk.card(anna)).toMatchObject({ phase: 'talking', can: { hangUp: false, transfer: false } });
  });

  test('an agent who is added while the PBX is linked finds queues, pause and phone as they are', () => {
    const desk = desksAtWork();
    desk.say(
      aMember(1, 'PJSIP/1009', { paused: true, pausedReason: 'lunch' }),
      aDevice(2, 'PJSIP/1009', 'on-hold'),
    );
    desk.tell(5, { type: 'agents', agents: [{ id: '1009', name: 'Nina', devices: ['PJSIP/1009'] }] });
    expect(desk.view('1009')).toMatchObject({
      phone: 'on-hold',
      queues: [{ name: 'sales', paused: true }],
      agent: { state: 'on-call' },
    });
    desk.say(aDevice(6, 'PJSIP/1009', 'idle'));
    expect(desk.view('1009').agent).toMatchObject({ state: 'break', reason: 'lunch' });
  });
});

test('versions rise with every change of a view, and only then', () => {
  const desk = desksAtWork();
  const before = [desk.view(anna).version, desk.view(boris).version];
  desk.say(call.started(0), call.offered(1, aLeg(anna)), call.answered(2, aLeg(anna)));
  expect(desk.view(anna).version).toBe((before[0] ?? 0) + 2);
  expect(desk.view(boris).version).toBe(before[1]);
  expect(desk.view(anna, 2).now).toBe(ms(2));
});

describe('a break that is chosen during a call', () => {
  const lunch = { state: 'break', reason: 'lunch' } as const;
  const atWork = () => {
    const desk = desksAtWork();
    desk.say(
      aMember(0, 'PJSIP/1001'),
      call.started(0),
      call.offered(1, aLeg(anna)),
      call.answered(2, aLeg(anna)),
    );
    desk.tell(3, { type: 'chosen-next', agent: anna, chosen: lunch });
    return desk;
  };
  const saved = { disposition: 'resolved', reason: null, note: '' };

  test('is told at once, and begins when the form is saved', () => {
    const desk = atWork();
    expect(desk.view(anna).agent).toMatchObject({ state: 'on-call', next: lunch });
    desk.say(call.ended(10, aLeg(anna)), call.over(10));
    expect(desk.view(anna).agent).toMatchObject({ state: 'wrap-up', next: lunch });
    expect(desk.effects('pause')).toMatchObject([{ paused: true, reason: 'wrap-up' }]);
    desk.say(aMember(10.1, 'PJSIP/1001', { paused: true, pausedReason: 'wrap-up' }));
    desk.tell(30, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp: saved });
    expect(desk.view(anna).agent).toMatchObject({
      state: 'break',
      reason: 'lunch',
      since: at(30),
      next: null,
    });
    expect(desk.effects('pause')).toMatchObject([{ paused: true, reason: 'lunch' }]);
  });

  test('begins when the time of the form runs out', () => {
    const desk = atWork();
    desk.say(call.ended(10, aLeg(anna)), call.over(10));
    desk.tell(70, { type: 'tick' });
    expect(desk.view(anna).agent).toMatchObject({ state: 'break', reason: 'lunch', next: null });
  });

  test('is forgotten when the agent is available instead', () => {
    const desk = atWork();
    desk.tell(5, { type: 'chosen', agent: anna, chosen: { state: 'available', reason: null } });
    expect(desk.view(anna).agent.next).toBeNull();
  });
});
