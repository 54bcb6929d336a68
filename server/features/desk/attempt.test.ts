import { draftRecord } from './kept.ts';
import type { DraftRecord } from './state.ts';
import { aCall, aLeg, aMember } from './testing/call.ts';
import { desksAtWork } from './testing/desks.ts';

const anna = '1001';
const call = aCall('c1');
const own = aLeg(anna, { queue: null });

/** Anna called somebody, who did not take the call: it ended in second 20. */
function attempted(
  outcome: 'no-answer' | 'busy' | 'failed' = 'no-answer',
  wrapUpLimitMs: number | null = 60_000,
) {
  const desk = desksAtWork({ wrapUpLimitMs });
  desk.say(
    aMember(0, 'PJSIP/1001'),
    call.started(0, { direction: 'outbound' }),
    call.offered(0.1, own),
    call.answered(5, own),
    call.ended(20, own),
    call.over(20, { direction: 'outbound', outcome }),
  );
  return desk;
}

const written = (revision: number, note: string) => ({
  type: 'draft' as const,
  agent: anna,
  callId: 'c1',
  draft: { disposition: null, reason: null, note, revision },
});

test.each(['no-answer', 'busy', 'failed'] as const)(
  'an own call that ended as %s leaves a card with that, and the agent free for the next call',
  (outcome) => {
    const desk = attempted(outcome);
    expect(desk.card(anna)).toMatchObject({ phase: 'unanswered', attempt: outcome, wrapUp: { note: '' } });
    expect(desk.view(anna).agent.state).toBe('available');
    expect(desk.effects('pause')).toEqual([]);
  },
);

test.each([60_000, null])('untouched it goes by itself, and says nothing of the call (limit %p)', (limit) => {
  const desk = attempted('busy', limit);
  desk.tell(79, { type: 'tick' });
  expect(desk.view(anna).cards).toHaveLength(1);
  desk.tell(81, { type: 'tick' });
  expect(desk.view(anna).cards).toEqual([]);
  expect(desk.effects('save-wrap-up')).toEqual([]);
  expect(desk.desks.calls.size).toBe(0);
});

test('with a word written it stays until it is saved, and the note belongs to the call', () => {
  const desk = attempted();
  desk.tell(30, written(1, 'wrong number'));
  desk.tell(500, { type: 'tick' });
  expect(desk.card(anna)).toMatchObject({ phase: 'unanswered', wrapUpEndsAt: null });
  const wrapUp = { disposition: null, reason: null, note: 'wrong number' };
  desk.tell(501, { type: 'wrapped-up', agent: anna, callId: 'c1', wrapUp });
  expect(desk.view(anna).cards).toEqual([]);
  expect(desk.effects('save-wrap-up')).toMatchObject([{ record: { note: 'wrong number', wrapUpMs: null } }]);
});

test('with the word taken back its time runs again', () => {
  const desk = attempted();
  desk.tell(30, written(1, 'w'));
  desk.tell(31, written(2, ''));
  desk.tell(92, { type: 'tick' });
  expect(desk.view(anna).cards).toEqual([]);
});

test('what was written while it rang out there is not lost', () => {
  const desk = desksAtWork();
  desk.say(call.started(0, { direction: 'outbound' }), call.offered(0.1, own), call.answered(5, own));
  desk.tell(6, written(1, 'about the invoice'));
  desk.say(call.ended(20, own), call.over(20, { direction: 'outbound', outcome: 'no-answer' }));
  desk.tell(500, { type: 'tick' });
  expect(desk.card(anna)).toMatchObject({ phase: 'unanswered', wrapUp: { note: 'about the invoice' } });
});

test('the next own call puts an untouched one away, and leaves one that was written on', () => {
  for (const touched of [false, true]) {
    const desk = attempted();
    if (touched) desk.tell(25, written(1, 'try again'));
    const next = aCall('c2');
    desk.say(next.started(30, { direction: 'outbound' }), next.offered(30, own));
    expect(desk.view(anna).cards.map(({ callId }) => callId)).toEqual(touched ? ['c2', 'c1'] : ['c2']);
  }
});

test('a call that comes in meanwhile rings as ever', () => {
  const desk = attempted();
  const next = aCall('c2');
  desk.say(next.started(30), next.offered(31, aLeg(anna)));
  expect(desk.view(anna).cards.map(({ phase }) => phase)).toEqual(['ringing', 'unanswered']);
  expect(desk.view(anna).agent.state).toBe('ringing');
});

test('it can be put away', () => {
  const desk = attempted();
  desk.tell(25, { type: 'closed', agent: anna, callId: 'c1' });
  expect(desk.view(anna).cards).toEqual([]);
});

test('a restart of the server brings it back as it was, and not for ever', () => {
  const before = attempted('busy');
  const latest = new Map(before.effects('keep-draft').map(({ record }) => [record.id, record]));
  const records: DraftRecord[] = [...latest.values()].map((record) =>
    draftRecord.parse(JSON.parse(JSON.stringify(record))),
  );
  const after = desksAtWork();
  after.tell(40, { type: 'restored', records });
  after.tell(75, { type: 'tick' });
  expect(after.card(anna)).toMatchObject({ phase: 'unanswered', attempt: 'busy' });
  after.tell(81, { type: 'tick' });
  expect(after.view(anna).cards).toEqual([]);
});

test('a call that was taken out there, and ended, is a conversation', () => {
  const desk = desksAtWork();
  desk.say(
    aMember(0, 'PJSIP/1001'),
    call.started(0, { direction: 'outbound' }),
    call.offered(0.1, own),
    call.answered(5, own),
    call.takenOutside(9),
    call.ended(20, own),
    call.over(20, { direction: 'outbound' }),
  );
  expect(desk.card(anna)).toMatchObject({ phase: 'wrap-up', attempt: null });
  expect(desk.view(anna).agent.state).toBe('wrap-up');
});
