import { draftRecord } from './kept.ts';
import type { DraftRecord } from './state.ts';
import { aCustomer, aLeg, at } from './testing/call.ts';
import { desksAtWork } from './testing/desks.ts';
import { anna, call, draft, writing } from './testing/wrap-ups.ts';

/** What a restarted server finds on disk: the last record of each card, through JSON. */
function keptBy(desk: ReturnType<typeof desksAtWork>): DraftRecord[] {
  const latest = new Map(desk.effects('keep-draft').map(({ record }) => [record.id, record]));
  return [...latest.values()].map((record) => draftRecord.parse(JSON.parse(JSON.stringify(record))));
}

describe('after a restart of the server', () => {
  test('an open form is there again, with its draft and its caller', () => {
    const before = writing();
    before.tell(12, { type: 'draft', agent: anna, callId: 'c1', draft: draft(5, 'so far') });
    const after = desksAtWork({ linked: false });
    after.tell(25, { type: 'restored', records: keptBy(before) });
    expect(after.card(anna)).toMatchObject({
      phase: 'wrap-up',
      number: '+74955550101',
      queue: 'sales',
      endedAt: at(10),
      wrapUp: draft(5, 'so far'),
      wrapUpEndsAt: at(70),
    });
    expect(after.effects('look-up')).toMatchObject([{ number: '+74955550101' }]);
  });

  test('a form whose time ran out meanwhile stays open for another half minute', () => {
    const before = writing();
    const after = desksAtWork();
    after.tell(500, { type: 'restored', records: keptBy(before) });
    expect(after.card(anna).wrapUpEndsAt).toBe(at(530));
  });

  test('who the caller is was the agent`s word, and stays so', () => {
    const before = writing();
    before.tell(12, { type: 'picked', callId: 'c1', customer: aCustomer('k7'), by: anna });
    const after = desksAtWork();
    after.tell(25, { type: 'restored', records: keptBy(before) });
    expect(after.effects('fetch-customer')).toMatchObject([{ callId: 'c1', customerId: 'k7' }]);
    after.tell(25.1, { type: 'picked', callId: 'c1', customer: aCustomer('k7'), by: null });
    expect(after.card(anna).match).toMatchObject({ kind: 'one', customer: { id: 'k7' } });
    expect([...after.effects('learn'), ...after.effects('set-customer')]).toEqual([]);
  });

  test.each([
    [
      'saved opens no form again',
      { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp: draft(1, 'done') },
      [],
    ],
    ['not finished leaves it as it waits', { type: 'tick' }, [{ phase: 'unfinished', leg: 0 }]],
  ] as const)('a replay of a call whose form was %s', (_what, end, cards) => {
    const before = writing();
    before.tell(75, end);
    const after = desksAtWork();
    after.tell(76, { type: 'restored', records: keptBy(before) });
    const replay = [
      call.started(1),
      call.offered(2, aLeg(anna)),
      call.answered(3, aLeg(anna)),
      call.ended(10, aLeg(anna)),
      call.over(10),
    ];
    for (const event of replay) after.tell(77, { type: 'call', pbx: 'main', event });
    expect(after.view(anna).cards).toMatchObject(cards);
    expect(after.view(anna).cards).toHaveLength(cards.length);
    expect(after.effects('save-wrap-up')).toEqual([]);
  });

  test.each([
    ['the PBX says that the talk goes on', true, 'talking'],
    ['the PBX says nothing of it', false, 'wrap-up'],
  ])('a talk with a draft: %s', (_what, confirmed, phase) => {
    const before = desksAtWork();
    before.say(call.started(1), call.offered(2, aLeg(anna)), call.answered(3, aLeg(anna)));
    before.tell(5, { type: 'draft', agent: anna, callId: 'c1', draft: draft(2, 'during the talk') });
    const after = desksAtWork();
    after.tell(20, { type: 'restored', records: keptBy(before) });
    expect(after.card(anna)).toMatchObject({ phase: 'talking', wrapUp: { note: 'during the talk' } });
    if (confirmed)
      for (const event of [call.offered(2, aLeg(anna)), call.answered(3, aLeg(anna))])
        after.tell(21, { type: 'call', pbx: 'main', event });
    after.tell(60, { type: 'tick' });
    expect(after.card(anna)).toMatchObject({ phase, wrapUp: { note: 'during the talk' } });
  });

  test('a talk without a word written: when the PBX knows nothing of it any more, the form is there', () => {
    const before = desksAtWork();
    before.say(call.started(1), call.offered(2, aLeg(anna)), call.answered(3, aLeg(anna)));
    const after = desksAtWork();
    after.tell(20, { type: 'restored', records: keptBy(before) });
    after.tell(60, { type: 'tick' });
    expect(after.card(anna)).toMatchObject({ phase: 'wrap-up', number: '+74955550101', answeredAt: at(3) });
  });

  test('the events were quicker than the disk: the standing card gets the draft', () => {
    const before = writing();
    before.tell(12, { type: 'draft', agent: anna, callId: 'c1', draft: draft(5, 'so far') });
    const after = desksAtWork();
    after.say(call.started(1), call.offered(2, aLeg(anna)), call.answered(3, aLeg(anna)));
    after.tell(25, { type: 'restored', records: keptBy(before) });
    expect(after.view(anna).cards).toMatchObject([{ phase: 'talking', wrapUp: { note: 'so far' } }]);
  });
});
