import { aCall, aCustomer, aLeg, at } from './testing/call.ts';
import { desksAtWork, knownCaller } from './testing/desks.ts';

const anna = '1001';
const boris = '1002';
const call = aCall('c1');

describe('a caller waits, and an agent`s phone rings', () => {
  test('the caller is looked up once, before any phone rings', () => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.joined(1));
    expect(desk.effects('look-up')).toEqual([
      { do: 'look-up', callId: 'c1', number: '+74955550101', attempt: 1 },
    ]);
    expect(desk.changed()).toEqual([]);
  });

  test('the card is complete when the phone rings, and nobody else sees it', () => {
    const desk = desksAtWork();
    knownCaller(desk);
    desk.changed();
    desk.say(call.offered(3, aLeg(anna)));
    expect(desk.changed()).toEqual([anna]);
    expect(desk.card(anna)).toMatchObject({
      callId: 'c1',
      leg: 0,
      phase: 'ringing',
      queue: 'sales',
      did: '2000',
      number: '+74955550101',
      callerName: 'ООО Ромашка',
      enteredQueueAt: at(1),
      offeredAt: at(3),
      answeredAt: null,
      match: { kind: 'one', customer: { id: 'k1' } },
      timeline: [{ id: 'old' }],
      repeat: { contacts: 1, last: { id: 'old' } },
      transferredFrom: null,
      can: { hangUp: true, transfer: false },
    });
    expect(desk.view(boris).cards).toEqual([]);
  });

  test('a late look-up: the card comes at once, and is completed', () => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.joined(1), call.offered(1.1, aLeg(anna)));
    expect(desk.card(anna)).toMatchObject({ match: { kind: 'looking' }, number: '+74955550101' });
    const before = desk.view(anna).version;
    desk.tell(1.3, { type: 'identified', callId: 'c1', attempt: 1, identification: { kind: 'none' } });
    expect(desk.card(anna).match).toEqual({ kind: 'none' });
    expect(desk.view(anna).version).toBeGreaterThan(before);
  });

  test('a failed look-up says so, keeps the number, and is tried again by itself', () => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)));
    desk.tell(2, { type: 'look-up-failed', callId: 'c1', attempt: 1 });
    expect(desk.card(anna)).toMatchObject({ match: { kind: 'failed' }, number: '+74955550101' });
    desk.effects('look-up');
    desk.tell(4, { type: 'tick' });
    expect(desk.effects('look-up')).toEqual([]);
    desk.tell(5, { type: 'tick' });
    expect(desk.effects('look-up')).toMatchObject([{ attempt: 2 }]);
    desk.tell(5.1, { type: 'identified', callId: 'c1', attempt: 1, identification: { kind: 'withheld' } });
    expect(desk.card(anna).match).toEqual({ kind: 'failed' });
    desk.tell(5.2, { type: 'identified', callId: 'c1', attempt: 2, identification: { kind: 'none' } });
    expect(desk.card(anna).match).toEqual({ kind: 'none' });
  });

  test('the agent asks again', () => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)));
    desk.tell(2, { type: 'look-up-failed', callId: 'c1', attempt: 1 });
    desk.effects('look-up');
    desk.tell(2.5, { type: 'look-up-again', callId: 'c1' });
    expect(desk.card(anna).match).toEqual({ kind: 'looking' });
    expect(desk.effects('look-up')).toHaveLength(1);
  });

  test('a withheld number is not looked up and does not leave the server', () => {
    const desk = desksAtWork();
    desk.say(call.started(0, { presentation: 'withheld' }), call.offered(1, aLeg(anna)));
    expect(desk.effects('look-up')).toEqual([]);
    expect(desk.card(anna).match).toEqual({ kind: 'withheld' });
    expect(JSON.stringify(desk.view(anna))).not.toMatch(/4955550101|Ромашка/);
  });

  test('the number becomes known, or is another one: it is looked up anew, and a late answer about the old one is thrown away', () => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)), call.party(2, { number: '+79161234567' }));
    expect(desk.effects('look-up').map(({ number }) => number)).toEqual(['+74955550101', '+79161234567']);
    desk.tell(2.1, {
      type: 'identified',
      callId: 'c1',
      attempt: 1,
      identification: { kind: 'one', customer: aCustomer('wrong') },
    });
    expect(desk.card(anna).match).toEqual({ kind: 'looking' });
  });

  test('a call between colleagues: a card with the other one`s name, and nobody is looked up', () => {
    const desk = desksAtWork();
    const internal = { direction: 'internal', number: null, numberRaw: '1002', name: null } as const;
    desk.say(
      call.started(0, internal),
      call.offered(0.1, aLeg(boris, { queue: null })),
      call.answered(0.2, aLeg(boris, { queue: null })),
      call.offered(0.3, aLeg(anna, { index: 1, queue: null })),
    );
    expect(desk.effects('look-up')).toEqual([]);
    expect(desk.card(anna)).toMatchObject({
      direction: 'internal',
      numberRaw: boris,
      callerName: 'Boris Ivanov',
    });
    expect(desk.card(boris)).toMatchObject({ numberRaw: anna, callerName: 'Anna Petrova' });
    desk.say(
      call.answered(1, aLeg(anna, { index: 1 })),
      call.ended(9, aLeg(anna, { index: 1 })),
      call.ended(9, aLeg(boris)),
      call.over(9),
    );
    expect([desk.view(anna).cards, desk.view(boris).cards]).toEqual([[], []]);
  });
});
