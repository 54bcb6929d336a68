import fc from 'fast-check';
import { judgeDraft } from './drafts.ts';
import { aCall, aLeg, at } from './testing/call.ts';
import { desksAtWork } from './testing/desks.ts';
import { anna, call, draft, writing } from './testing/wrap-ups.ts';

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
