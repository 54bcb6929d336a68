import { aCall, aCustomer, aLeg, aSummary, at } from './testing/call.ts';
import { desksAtWork, knownCaller } from './testing/desks.ts';

const anna = '1001';
const boris = '1002';
const call = aCall('c1');

describe('who is calling', () => {
  const several = {
    kind: 'several' as const,
    candidates: [aCustomer('a'), aCustomer('b'), aCustomer('c')],
    learned: 'b',
  };

  test('several: the one whom agents picked before comes first', () => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)));
    desk.tell(1.1, { type: 'identified', callId: 'c1', attempt: 1, identification: several });
    const { match } = desk.card(anna);
    expect(match.kind === 'several' ? match.candidates.map(({ id }) => id) : match).toEqual(['b', 'a', 'c']);
  });

  test('a pick shows on all desks with this call, is learned, and is the interaction`s', () => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)), call.offered(1, aLeg(boris, { index: 1 })));
    desk.tell(1.1, { type: 'identified', callId: 'c1', attempt: 1, identification: several });
    desk.changed();
    desk.tell(5, { type: 'picked', callId: 'c1', customer: aCustomer('c'), by: anna });
    expect(desk.changed()).toEqual([anna, boris]);
    expect(desk.card(boris).match).toMatchObject({ kind: 'one', customer: { id: 'c' } });
    expect(desk.effects('learn')).toEqual([
      { do: 'learn', number: '+74955550101', customerId: 'c', by: anna },
    ]);
    expect(desk.effects('set-customer')).toEqual([
      { do: 'set-customer', interactionId: 'c1', customerId: 'c', by: anna, added: null },
    ]);
    desk.tell(6, { type: 'identified', callId: 'c1', attempt: 1, identification: several });
    expect(desk.card(anna).match.kind).toBe('one');
  });

  test('several: no history before the choice, only when each was here last; after it, nothing of the shared number', () => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)));
    desk.tell(1.1, { type: 'identified', callId: 'c1', attempt: 1, identification: several });
    expect(desk.effects('history')).toEqual([]);
    expect(desk.effects('last-contacts')).toMatchObject([{ customers: ['b', 'a', 'c'] }]);
    const last = { a: { at: aSummary('x', -60).startedAt, reason: 'order/return' } };
    desk.tell(1.2, { type: 'last-contacts', callId: 'c1', attempt: 1, last });
    expect(desk.card(anna)).toMatchObject({ match: { last }, timeline: [], repeat: null });
    desk.tell(5, { type: 'picked', callId: 'c1', customer: aCustomer('c'), by: anna });
    expect(desk.effects('history')).toMatchObject([{ customerId: 'c', numbers: [] }]);
  });

  test('a wrong pick is taken back: the record, the learned number and the card are as before', () => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)));
    desk.tell(1.1, { type: 'identified', callId: 'c1', attempt: 1, identification: several });
    desk.tell(5, { type: 'picked', callId: 'c1', customer: aCustomer('c'), by: anna });
    desk.effects('learn');
    desk.effects('set-customer');
    desk.tell(9, { type: 'unpicked', callId: 'c1', by: anna });
    expect(desk.card(anna).match).toMatchObject({ kind: 'several', learned: 'b' });
    expect(desk.effects('learn')).toMatchObject([{ customerId: 'b' }]);
    expect(desk.effects('set-customer')).toMatchObject([{ customerId: null }]);
  });

  test.each([
    ['the undo', { type: 'unpicked' as const, callId: 'c1', by: anna }],
    ['another customer', { type: 'picked' as const, callId: 'c1', customer: aCustomer('c'), by: anna }],
  ])('a number that a pick put on the wrong customer is taken off by %s, once', (_what, correction) => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)));
    desk.tell(1.1, { type: 'identified', callId: 'c1', attempt: 1, identification: { kind: 'none' } });
    const added = { customerId: 'a', number: '+74955550101' };
    desk.tell(5, { type: 'picked', callId: 'c1', customer: aCustomer('a'), by: anna, added });
    expect(desk.effects('take-number')).toEqual([]);
    expect(desk.effects('set-customer')).toMatchObject([{ customerId: 'a', added: added.number }]);
    desk.tell(9, correction);
    expect(desk.effects('set-customer')).toMatchObject([{ added: null }]);
    expect(desk.effects('take-number')).toEqual([{ do: 'take-number', ...added, by: anna }]);
    desk.tell(12, { type: 'picked', callId: 'c1', customer: aCustomer('b'), by: anna });
    expect(desk.effects('take-number')).toEqual([]);
  });

  test('a customer who was known by the number is corrected, and the number is learned anew', () => {
    const desk = desksAtWork();
    knownCaller(desk);
    desk.say(call.offered(3, aLeg(anna)));
    desk.tell(5, { type: 'picked', callId: 'c1', customer: aCustomer('k2'), by: anna });
    expect(desk.card(anna)).toMatchObject({ match: { customer: { id: 'k2' } }, timeline: [], repeat: null });
    expect(desk.effects('learn')).toMatchObject([{ customerId: 'k2' }]);
  });

  test('a withheld caller who says the name: the profile, but nothing is learned of the number', () => {
    const desk = desksAtWork();
    desk.say(call.started(0, { presentation: 'withheld' }), call.offered(1, aLeg(anna)));
    desk.tell(5, { type: 'picked', callId: 'c1', customer: aCustomer('c'), by: anna });
    expect(desk.effects('learn')).toEqual([]);
    expect(desk.card(anna)).toMatchObject({ match: { kind: 'one' }, number: null, numberRaw: null });
  });

  test('a customer created anywhere updates every call of that number', () => {
    const desk = desksAtWork();
    const other = aCall('c2');
    desk.say(
      call.started(0),
      call.offered(1, aLeg(anna)),
      other.started(0, { number: '+79160000000' }),
      other.offered(1, aLeg(boris)),
    );
    desk.effects('look-up');
    desk.tell(5, { type: 'customer-changed', customer: aCustomer('new') });
    expect(desk.effects('look-up')).toMatchObject([{ callId: 'c1' }]);
    // Until the answer is there the card stays as it is.
    expect(desk.card(anna).match.kind).toBe('looking');
  });

  test('a customer who is changed is shown as changed', () => {
    const desk = desksAtWork();
    knownCaller(desk);
    desk.say(call.offered(3, aLeg(anna)));
    desk.tell(5, { type: 'customer-changed', customer: aCustomer('k1', { tier: 'vip' }) });
    expect(desk.card(anna).match).toMatchObject({ kind: 'one', customer: { tier: 'vip' } });
  });

  test.each([
    ['a call of theirs', {}, { since: at(-7 * 24 * 3600), until: at(0) }],
    ['a call of ours', { direction: 'outbound' as const }, null],
  ])('whether they called in the 7 days before is asked about %s', (_what, party, repeat) => {
    const desk = desksAtWork();
    desk.say(call.started(0, party), call.offered(1, aLeg(anna)));
    desk.tell(1.1, { type: 'identified', callId: 'c1', attempt: 1, identification: { kind: 'none' } });
    expect(desk.effects('history')).toMatchObject([{ repeat }]);
  });

  test('the card says how many contacts there are in all, not how many it shows', () => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)));
    const last = aSummary('a', -60);
    const history = { interactions: [last], total: 41, next: 'x.a' };
    desk.tell(1.1, { type: 'history', callId: 'c1', attempt: 1, history, repeat: { contacts: 38, last } });
    expect(desk.card(anna)).toMatchObject({
      timeline: [{ id: 'a' }],
      contacts: { total: 41, next: 'x.a' },
      repeat: { contacts: 38 },
    });
  });
});
