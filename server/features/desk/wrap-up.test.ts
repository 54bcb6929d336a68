import type { WrapUpDraft } from '@ringdesk/shared/desk';
import fc from 'fast-check';
import { judgeDraft } from './drafts.ts';
import { draftRecord } from './kept.ts';
import type { DraftRecord } from './state.ts';
import { aCall, aCustomer, aLeg, aMember, at } from './testing/call.ts';
import { desksAtWork } from './testing/desks.ts';

const anna = '1001';
const call = aCall('c1');

function draft(revision: number, note: string, over: Partial<WrapUpDraft> = {}): WrapUpDraft {
  return { disposition: null, reason: null, note, revision, ...over };
}

/** Anna's call ended in second 10; she writes. */
function writing(options: { wrapUpLimitMs?: number | null } = {}) {
  const desk = desksAtWork(options);
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

describe('the draft', () => {
  test.each([
    ['a newer one', draft(3, 'b'), 'taken'],
    ['the same again', draft(2, 'a'), 'known'],
    ['an older one', draft(1, ''), 'older'],
    ['the same revision with another text', draft(2, 'b'), 'clash'],
  ])('%s', (_what, sent, verdict) => {
    expect(judgeDraft(draft(2, 'a'), sent)).toBe(verdict);
  });

  test('in whatever order devices send, the highest revision stands', () => {
    const order = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1 });
    fc.assert(
      fc.property(order, fc.boolean(), (revisions, ended) => {
        const desk = ended ? writing() : desksAtWork();
        if (!ended) desk.say(call.started(1), call.offered(2, aLeg(anna)), call.answered(3, aLeg(anna)));
        for (const revision of revisions)
          desk.tell(11, {
            type: 'draft',
            agent: anna,
            callId: 'c1',
            draft: draft(revision, `text ${revision}`),
          });
        const highest = Math.max(...revisions);
        expect(desk.card(anna).wrapUp).toEqual(draft(highest, `text ${highest}`));
      }),
    );
  });

  test('each taken draft is kept on disk; an older one is not', () => {
    const desk = writing();
    desk.effects('keep-draft');
    desk.tell(11, { type: 'draft', agent: anna, callId: 'c1', draft: draft(2, 'two') });
    desk.tell(12, { type: 'draft', agent: anna, callId: 'c1', draft: draft(1, 'one') });
    expect(desk.effects('keep-draft').map(({ record }) => record.card.draft.note)).toEqual(['two']);
  });

  test('what was written while it rang is still there during the talk and after it', () => {
    const desk = desksAtWork();
    desk.say(call.started(1), call.offered(2, aLeg(anna)));
    desk.tell(2.5, { type: 'draft', agent: anna, callId: 'c1', draft: draft(1, 'early') });
    desk.say(call.answered(3, aLeg(anna)), call.ended(10, aLeg(anna)));
    expect(desk.card(anna).wrapUp.note).toBe('early');
  });

  test('what was written on a ring that a colleague took is saved', () => {
    const desk = desksAtWork();
    desk.say(call.started(1), call.offered(2, aLeg(anna)));
    desk.tell(2.5, { type: 'draft', agent: anna, callId: 'c1', draft: draft(1, 'the caller called before') });
    desk.say(call.ended(5, aLeg(anna), 'elsewhere'));
    expect(desk.effects('save-wrap-up')).toMatchObject([
      { record: { note: 'the caller called before', wrapUpMs: null } },
    ]);
  });

  test('a call that comes back to its first agent brings the notes back', () => {
    const desk = writing();
    desk.tell(12, {
      type: 'wrapped-up',
      agent: anna,
      callId: 'c1',
      wrapUp: { disposition: null, reason: null, note: 'first part' },
    });
    desk.say(call.started(13), call.offered(20, aLeg(anna, { index: 2 })));
    expect(desk.card(anna)).toMatchObject({ phase: 'ringing', wrapUp: { note: 'first part' } });
    desk.say(call.answered(21, aLeg(anna, { index: 2 })), call.ended(30, aLeg(anna, { index: 2 })));
    expect(desk.card(anna).phase).toBe('wrap-up');
  });
});

describe('the end of the wrap-up', () => {
  test('its time runs out: the record says that no outcome was given, the agent is free, and the form waits to be finished', () => {
    const desk = writing();
    const sent = draft(4, 'half a sen', { disposition: 'refused', reason: 'order/status' });
    desk.tell(30, { type: 'draft', agent: anna, callId: 'c1', draft: sent });
    desk.tell(69, { type: 'tick' });
    expect(desk.card(anna).phase).toBe('wrap-up');
    desk.tell(70.4, { type: 'tick' });
    expect(desk.card(anna)).toMatchObject({ phase: 'unfinished', wrapUp: sent, wrapUpEndsAt: null });
    expect(desk.view(anna).agent.state).toBe('available');
    expect(desk.effects('save-wrap-up')).toMatchObject([
      {
        record: {
          disposition: null,
          reason: 'order/status',
          note: 'half a sen',
          wrapUpMs: 60_000,
          leg: 0,
          ended: 'expired',
        },
      },
    ]);
  });

  test('an unfinished form is finished later: the record gets the outcome, and keeps how long the wrap-up took', () => {
    const desk = writing();
    desk.tell(70, { type: 'tick' });
    desk.effects('save-wrap-up');
    desk.tell(3000, { type: 'draft', agent: anna, callId: 'c1', draft: draft(5, 'later') });
    expect(desk.effects('save-wrap-up')).toMatchObject([
      { record: { disposition: null, note: 'later', ended: 'expired' } },
    ]);
    const said = { disposition: 'resolved', reason: null, note: 'later' };
    desk.tell(3600, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp: said });
    expect(desk.view(anna).cards).toEqual([]);
    expect(desk.effects('save-wrap-up')).toMatchObject([
      { record: { ...said, wrapUpMs: 60_000, ended: 'completed', agent: anna, at: at(3600) } },
    ]);
  });

  test.each([
    ['keys fall', { type: 'draft', agent: anna, callId: 'c1', draft: draft(9, 'заказ') }, 5],
    ['the page says that somebody writes', { type: 'writing', agent: anna, callId: 'c1' }, 8],
  ] as const)('%s: it does not close under the hands, and closes when they rest', (_what, input, rests) => {
    const desk = writing();
    desk.tell(69, input);
    desk.tell(70, { type: 'tick' });
    desk.tell(69 + rests - 0.1, { type: 'tick' });
    expect(desk.card(anna).phase).toBe('wrap-up');
    desk.tell(69 + rests, { type: 'tick' });
    expect(desk.card(anna).phase).toBe('unfinished');
    expect(desk.effects('save-wrap-up')).toMatchObject([{ record: { wrapUpMs: (59 + rests) * 1000 } }]);
  });

  test('the agent asks for a minute more', () => {
    const desk = writing();
    desk.tell(65, { type: 'more-time', agent: anna, callId: 'c1' });
    expect(desk.card(anna).wrapUpEndsAt).toBe(at(130));
    desk.tell(129, { type: 'tick' });
    expect(desk.card(anna).phase).toBe('wrap-up');
  });

  test('unfinished, the call comes back: nothing comes of the ring, and the form still waits', () => {
    const desk = writing();
    desk.tell(70, { type: 'tick' });
    const again = aLeg(anna, { index: 1 });
    desk.say(call.offered(80, again), call.ended(90, again, 'caller-left'), call.over(90));
    expect(desk.view(anna).cards).toMatchObject([{ phase: 'unfinished', leg: 0 }]);
  });

  test('without a limit it waits', () => {
    const desk = writing({ wrapUpLimitMs: null });
    expect(desk.card(anna).wrapUpEndsAt).toBeNull();
    desk.tell(9999, { type: 'tick' });
    expect(desk.view(anna).cards).toHaveLength(1);
  });

  test('a save that comes a moment after the limit counts', () => {
    const desk = writing();
    desk.tell(70, { type: 'tick' });
    desk.effects('save-wrap-up');
    desk.tell(71, {
      type: 'wrapped-up',
      agent: anna,
      callId: 'c1',
      wrapUp: { disposition: 'resolved', reason: null, note: 'done' },
    });
    expect(desk.effects('save-wrap-up')).toMatchObject([
      { record: { disposition: 'resolved', note: 'done', wrapUpMs: 60_000, at: at(71) } },
    ]);
  });

  test('a draft typed without a connection arrives after the form is gone: it is saved; after the agent`s own save it is not', () => {
    const desk = writing();
    desk.tell(70, { type: 'tick' });
    const key = `${anna} c1`;
    // The oldest of too many unfinished forms: its card is gone.
    for (let n = 0; n < 30; n += 1) {
      const one = aCall(`w${n}`);
      desk.say(
        one.started(100 * n + 100),
        one.offered(100 * n + 101, aLeg(anna)),
        one.answered(100 * n + 102, aLeg(anna)),
        one.ended(100 * n + 103, aLeg(anna)),
      );
      desk.tell(100 * n + 170, { type: 'tick' });
    }
    expect(desk.desks.settled.has(key)).toBe(true);
    desk.effects('save-wrap-up');
    const offline = draft(9, 'typed in the tunnel', { disposition: 'refused' });
    desk.tell(4000, { type: 'draft', agent: anna, callId: 'c1', draft: offline });
    expect(desk.effects('save-wrap-up')).toMatchObject([
      { record: { note: 'typed in the tunnel', disposition: null, ended: 'expired' } },
    ]);
    desk.tell(4001, { type: 'draft', agent: anna, callId: 'c1', draft: draft(8, 'older') });
    const wrapUp = { disposition: 'resolved', reason: null, note: 'final' };
    desk.tell(4002, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp });
    desk.tell(4003, { type: 'draft', agent: anna, callId: 'c1', draft: draft(20, 'late echo') });
    expect(desk.effects('save-wrap-up')).toMatchObject([
      { record: { ...wrapUp, ended: 'completed', wrapUpMs: 60_000 } },
    ]);
  });

  test('forms that nobody fills in do not pile up for ever', () => {
    const desk = desksAtWork({ wrapUpLimitMs: null });
    for (let n = 0; n < 60; n += 1) {
      const one = aCall(`w${n}`);
      desk.say(
        one.started(n * 10),
        one.offered(n * 10 + 1, aLeg(anna)),
        one.answered(n * 10 + 2, aLeg(anna)),
        one.ended(n * 10 + 3, aLeg(anna)),
        one.over(n * 10 + 3),
      );
    }
    const phases = desk.view(anna).cards.map(({ phase }) => phase);
    expect(phases.filter((phase) => phase === 'wrap-up')).toHaveLength(15);
    expect(phases.filter((phase) => phase === 'unfinished')).toHaveLength(30);
    expect(desk.desks.calls.size).toBe(45);
    const saved = desk.effects('save-wrap-up').map(({ record }) => record);
    expect(new Set(saved.map(({ interactionId }) => interactionId)).size).toBe(45);
    expect(saved.every(({ ended }) => ended === 'expired')).toBe(true);
  });
});

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

test('what is remembered of forms that are closed does not grow for ever', () => {
  const desk = writing();
  desk.tell(12, {
    type: 'wrapped-up',
    agent: anna,
    callId: 'c1',
    wrapUp: { disposition: 'resolved', reason: null, note: '' },
  });
  const closed = desk.effects('keep-draft').at(-1)?.record;
  if (closed === undefined) throw new Error('nothing was kept');
  const records = Array.from({ length: 20_005 }, (_, n) => ({ ...closed, id: `${anna} later-${n}` }));
  desk.tell(13, { type: 'restored', records });
  expect(desk.desks.settled.size).toBe(20_000);
  expect(desk.desks.settled.has(`${anna} later-20004`)).toBe(true);
  expect(desk.desks.settled.has(closed.id)).toBe(false);
});
