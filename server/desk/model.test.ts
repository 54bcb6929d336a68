import type { LegOutcome } from '@ringdesk/shared/interaction';
import { aCall, aCustomer, aDevice, aLeg, aMember, aSummary, at, ms } from './testing/call.ts';
import { desksAtWork } from './testing/desks.ts';

const anna = '1001';
const boris = '1002';
const clara = '1003';
const call = aCall('c1');

/** A call that waited in `sales` from second 1, of a customer who is known. */
function knownCaller(desk: ReturnType<typeof desksAtWork>) {
  desk.say(call.started(0), call.joined(1));
  const [asked] = desk.effects('look-up');
  if (asked === undefined) throw new Error('nobody was looked up');
  const { callId, attempt } = asked;
  desk.tell(1.1, {
    type: 'identified',
    callId,
    attempt,
    identification: { kind: 'one', customer: aCustomer('k1') },
  });
  desk.tell(1.2, { type: 'history', callId, attempt, timeline: [aSummary('old', -3600)] });
}

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

describe('what a ring that is not answered leaves', () => {
  test.each<[LegOutcome, number]>([
    ['missed', 1],
    ['elsewhere', 0],
    ['caller-left', 0],
    ['declined', 0],
    ['busy', 0],
    ['unreachable', 0],
  ])('%s: %i missed calls on the desk', (outcome, missed) => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)), call.ended(9, aLeg(anna), outcome));
    expect(desk.view(anna).cards.filter((card) => card.phase === 'missed')).toHaveLength(missed);
    expect(desk.view(anna).cards).toHaveLength(missed);
  });

  test('a missed call stays with its number until it is put away', () => {
    const desk = desksAtWork();
    desk.say(
      call.started(0),
      call.offered(1, aLeg(anna)),
      call.ended(9, aLeg(anna), 'missed'),
      call.over(30),
    );
    expect(desk.card(anna)).toMatchObject({ phase: 'missed', outcome: 'missed', number: '+74955550101' });
    desk.tell(40, { type: 'closed', agent: anna, callId: 'c1' });
    expect(desk.view(anna).cards).toEqual([]);
    expect(desk.desks.calls.size).toBe(0);
  });

  test('the newest five are kept', () => {
    const desk = desksAtWork();
    for (let n = 0; n < 9; n += 1) {
      const one = aCall(`m${n}`);
      desk.say(
        one.started(n * 10),
        one.offered(n * 10 + 1, aLeg(anna)),
        one.ended(n * 10 + 9, aLeg(anna), 'missed'),
        one.over(n * 10 + 9.5),
      );
    }
    expect(desk.view(anna).cards.map((card) => card.callId)).toEqual(['m8', 'm7', 'm6', 'm5', 'm4']);
    expect(desk.desks.calls.size).toBe(5);
  });

  test('it rings again at the same agent: one card, ringing', () => {
    const desk = desksAtWork();
    desk.say(
      call.started(0),
      call.offered(1, aLeg(anna)),
      call.ended(9, aLeg(anna), 'missed'),
      call.offered(12, aLeg(anna, { index: 1 })),
    );
    expect(desk.view(anna).cards).toMatchObject([{ phase: 'ringing', leg: 1, outcome: null }]);
  });
});

describe('the talk', () => {
  test('ringing, talking, held, talking, wrap-up, and gone when it is saved', () => {
    const desk = desksAtWork();
    knownCaller(desk);
    const phases: string[] = [];
    const look = () => phases.push(`${desk.card(anna).phase}/${desk.view(anna).agent.state}`);
    desk.say(aMember(2, 'PJSIP/1001'), call.offered(3, aLeg(anna)));
    look();
    desk.say(call.answered(5, aLeg(anna)));
    look();
    desk.say(call.held(10, aLeg(anna)));
    look();
    desk.say(call.resumed(20, aLeg(anna)));
    look();
    desk.say(call.ended(65, aLeg(anna)), call.over(65.1));
    look();
    expect(phases).toEqual([
      'ringing/ringing',
      'talking/on-call',
      'held/on-call',
      'talking/on-call',
      'wrap-up/wrap-up',
    ]);
    expect(desk.card(anna)).toMatchObject({
      answeredAt: at(5),
      endedAt: at(65),
      wrapUpEndsAt: at(125),
      can: { hangUp: false, transfer: false },
    });
    const wrapUp = { disposition: 'resolved', reason: 'order/status', note: 'Sent the number.' };
    desk.tell(80, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp });
    expect(desk.view(anna).cards).toEqual([]);
    expect(desk.view(anna).agent.state).toBe('available');
    expect(desk.effects('save-wrap-up')).toEqual([
      {
        do: 'save-wrap-up',
        record: { interactionId: 'c1', agent: anna, leg: 0, ...wrapUp, wrapUpMs: 15_000, at: at(80) },
      },
    ]);
    expect(desk.desks.calls.size).toBe(0);
  });

  test('a second call during the wrap-up: both cards, the newest first', () => {
    const desk = desksAtWork();
    const second = aCall('c2');
    desk.say(
      call.started(0),
      call.offered(1, aLeg(anna)),
      call.answered(2, aLeg(anna)),
      call.ended(10, aLeg(anna)),
      second.started(12),
      second.offered(13, aLeg(anna)),
    );
    expect(desk.view(anna).cards.map(({ callId, phase }) => [callId, phase])).toEqual([
      ['c2', 'ringing'],
      ['c1', 'wrap-up'],
    ]);
    expect(desk.view(anna).agent.state).toBe('ringing');
  });

  test('an outbound call: a card at once, looked up, talking when the customer answers, and a wrap-up', () => {
    const desk = desksAtWork();
    const leg = aLeg(anna, { queue: null });
    desk.say(call.started(0, { direction: 'outbound' }), call.offered(0.1, leg));
    expect(desk.effects('look-up')).toHaveLength(1);
    expect(desk.card(anna)).toMatchObject({ direction: 'outbound', phase: 'ringing' });
    desk.say(call.answered(5, leg));
    expect(desk.card(anna).phase).toBe('talking');
    desk.say(call.ended(30, leg));
    expect(desk.card(anna).phase).toBe('wrap-up');
  });

  test('an outbound call that nobody takes leaves nothing', () => {
    const desk = desksAtWork();
    const leg = aLeg(anna, { queue: null });
    desk.say(
      call.started(0, { direction: 'outbound' }),
      call.offered(0.1, leg),
      call.ended(20, leg, 'missed'),
    );
    expect(desk.view(anna).cards).toEqual([]);
  });

  test('an event of a leg that is over does not disturb the newer one', () => {
    const desk = desksAtWork();
    desk.say(
      call.started(0),
      call.offered(1, aLeg(anna)),
      call.ended(9, aLeg(anna), 'missed'),
      call.offered(12, aLeg(anna, { index: 1 })),
      call.answered(13, aLeg(anna, { index: 1 })),
      call.ended(14, aLeg(anna), 'missed'),
    );
    expect(desk.card(anna).phase).toBe('talking');
  });

  test('the end of the call closes what its legs did not: a talk into a wrap-up, a ring into nothing', () => {
    const desk = desksAtWork();
    desk.say(
      call.started(0),
      call.offered(1, aLeg(anna)),
      call.offered(1, aLeg(boris, { index: 1 })),
      call.answered(2, aLeg(anna)),
      call.over(60),
    );
    expect(desk.card(anna).phase).toBe('wrap-up');
    expect(desk.view(boris).cards).toEqual([]);
  });
});

describe('transfers', () => {
  test('blind: the next agent gets the card, with what the first has written so far, also while that one writes on', () => {
    const desk = desksAtWork();
    knownCaller(desk);
    desk.say(call.offered(3, aLeg(anna)), call.answered(4, aLeg(anna)));
    const draft = {
      disposition: null,
      reason: 'billing/invoice',
      note: 'Wants the invoice again',
      revision: 3,
    };
    desk.tell(20, { type: 'draft', agent: anna, callId: 'c1', draft });
    desk.say(
      call.transferred(30, { by: anna, to: clara }),
      call.ended(30.1, aLeg(anna)),
      call.offered(30.2, aLeg(clara, { index: 1, queue: null })),
    );
    expect(desk.card(anna).phase).toBe('wrap-up');
    expect(desk.card(clara)).toMatchObject({
      phase: 'ringing',
      match: { kind: 'one', customer: { id: 'k1' } },
      transferredFrom: {
        agent: anna,
        name: 'Anna Petrova',
        note: 'Wants the invoice again',
        reason: 'billing/invoice',
        at: at(30),
      },
      wrapUp: { note: '', revision: 0 },
    });
    desk.changed();
    desk.tell(31, {
      type: 'draft',
      agent: anna,
      callId: 'c1',
      draft: { ...draft, note: 'Wants the invoice again, by mail', revision: 4 },
    });
    expect(desk.changed()).toEqual([anna, clara]);
    expect(desk.card(clara).transferredFrom?.note).toBe('Wants the invoice again, by mail');
    expect(desk.view(boris).cards).toEqual([]);
  });

  test('into a queue: whoever it rings at gets the note, and it is still there when the first has finished', () => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)), call.answered(2, aLeg(anna)));
    desk.say(call.transferred(10, { by: anna, toQueue: 'support' }), call.ended(10.1, aLeg(anna)));
    desk.tell(12, {
      type: 'wrapped-up',
      agent: anna,
      callId: 'c1',
      wrapUp: { disposition: 'handed-over', reason: null, note: 'A technical question' },
    });
    desk.say(call.joined(10.2, 'support'), call.offered(15, aLeg(boris, { index: 1, queue: 'support' })));
    expect(desk.card(boris)).toMatchObject({
      queue: 'support',
      enteredQueueAt: at(10.2),
      transferredFrom: { agent: anna, note: 'A technical question' },
    });
  });

  test('attended: the colleague sees the customer`s card while being asked, and has it after the transfer', () => {
    const desk = desksAtWork();
    knownCaller(desk);
    const asked = aLeg(clara, { index: 1, queue: null, consultation: true });
    desk.say(
      call.offered(3, aLeg(anna)),
      call.answered(4, aLeg(anna)),
      call.held(20, aLeg(anna)),
      call.offered(21, asked),
    );
    expect(desk.card(anna)).toMatchObject({
      phase: 'held',
      consulting: { to: clara, since: at(21) },
      can: { hangUp: true, transfer: false },
    });
    expect(desk.card(clara)).toMatchObject({
      consultation: true,
      match: { kind: 'one' },
      transferredFrom: { agent: anna },
      can: { hangUp: true, transfer: false },
    });
    desk.say(
      call.answered(23, asked),
      call.transferred(40, { kind: 'attended', by: anna, to: clara }),
      call.ended(40.1, aLeg(anna)),
    );
    expect(desk.card(anna)).toMatchObject({ phase: 'wrap-up', consulting: null });
    expect(desk.card(clara)).toMatchObject({
      phase: 'talking',
      consultation: false,
      transferredFrom: { agent: anna, at: at(40) },
      can: { transfer: true },
    });
    desk.say(call.ended(90, { ...asked, consultation: false }));
    expect(desk.card(clara).phase).toBe('wrap-up');
  });

  test('attended and taken back: the colleague`s card goes without a form, the first talks on', () => {
    const desk = desksAtWork();
    const asked = aLeg(clara, { index: 1, queue: null, consultation: true });
    desk.say(
      call.started(0),
      call.offered(3, aLeg(anna)),
      call.answered(4, aLeg(anna)),
      call.held(20, aLeg(anna)),
      call.offered(21, asked),
      call.answered(23, asked),
      call.ended(30, asked),
      call.resumed(30.1, aLeg(anna)),
    );
    expect(desk.card(anna)).toMatchObject({ phase: 'talking', consulting: null, can: { transfer: true } });
    expect(desk.view(clara).cards).toEqual([]);
  });

  test('by the phone`s own second line: two calls become one, and so do the cards', () => {
    const desk = desksAtWork();
    const second = aCall('c2');
    knownCaller(desk);
    desk.say(
      call.offered(3, aLeg(anna)),
      call.answered(4, aLeg(anna)),
      second.started(20, { direction: 'internal', number: null, numberRaw: anna }),
      second.offered(20.1, aLeg(anna, { queue: null, uniqueid: 'lab-second.1' })),
      second.answered(20.2, aLeg(anna, { queue: null, uniqueid: 'lab-second.1' })),
      second.offered(21, aLeg(clara, { index: 1, queue: null })),
      second.answered(23, aLeg(clara, { index: 1, queue: null })),
      call.transferred(30, { kind: 'attended', by: anna, to: clara }),
      call.merged(30, 'c2'),
      call.ended(30.1, aLeg(anna)),
    );
    expect(desk.view(anna).cards).toMatchObject([{ callId: 'c1', phase: 'wrap-up' }]);
    expect(desk.view(clara).cards).toMatchObject([
      { callId: 'c1', phase: 'talking', direction: 'inbound', match: { kind: 'one' } },
    ]);
    // Its place among the legs is another one in the joined call; the channel tells.
    desk.say(call.ended(60, aLeg(clara, { index: 4, uniqueid: 'lab-1003.1' })));
    expect(desk.view(clara).cards).toMatchObject([{ callId: 'c1', leg: 4, phase: 'wrap-up' }]);
    expect(desk.desks.calls.has('c2')).toBe(false);
  });
});

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
      { do: 'set-customer', interactionId: 'c1', customerId: 'c', by: anna },
    ]);
    desk.tell(6, { type: 'identified', callId: 'c1', attempt: 1, identification: several });
    expect(desk.card(anna).match.kind).toBe('one');
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

  const day = 24 * 3600;
  test.each([
    ['answered yesterday', [aSummary('a', -day)], 1],
    ['answered 7 days ago to the second', [aSummary('a', -7 * day)], 1],
    ['answered longer ago', [aSummary('a', -7 * day - 1)], null],
    ['abandoned yesterday', [aSummary('a', -day, { outcome: 'abandoned' })], null],
    ['we called them', [aSummary('a', -day, { direction: 'outbound' })], null],
    ['twice', [aSummary('b', -2 * day), aSummary('a', -day)], 2],
    ['this call itself', [aSummary('c1', -1)], null],
  ])('the repeat-call warning: %s', (_what, timeline, contacts) => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)));
    desk.tell(1.1, { type: 'history', callId: 'c1', attempt: 1, timeline });
    const { repeat } = desk.card(anna);
    expect(repeat?.contacts ?? null).toBe(contacts);
    if (contacts !== null) expect(repeat?.last.id).toBe('a');
  });

  test('the timeline holds the newest 20', () => {
    const desk = desksAtWork();
    desk.say(call.started(0), call.offered(1, aLeg(anna)));
    const timeline = Array.from({ length: 30 }, (_, n) => aSummary(`i${n}`, -n * 1000));
    desk.tell(1.1, { type: 'history', callId: 'c1', attempt: 1, timeline });
    const ids = desk.card(anna).timeline.map(({ id }) => id);
    expect(ids).toHaveLength(20);
    expect(ids.slice(0, 2)).toEqual(['i0', 'i1']);
  });
});

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
    expect(desk.view(anna).cards).toEqual([]);
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
    desk.tell(5, { type: 'agents', agents: [{ id: '1009', name: 'Nina', device: 'PJSIP/1009' }] });
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
