import { readFileSync } from 'node:fs';
import { AmiMessage, decodeAll } from '../ami/index.ts';
import type { PbxEvent } from './index.ts';
import { readEvent } from './index.ts';
import { asks, channel, customer, hangsUp, joins, tell } from './testing/story.ts';

/** A caller who withholds the number is believed. */

const id = 'pbx-1.1';

describe('a withheld number is nowhere', () => {
  const number = '79161112233';
  const says = (more: object) =>
    channel(0, id, 'trunk', { number, callerName: 'Тайна', exten: '2000', ...more });

  test('sent in clear, but marked (CALLERID(pres))', () => {
    const { said } = tell([says({ presentation: 'withheld' }), joins(5, id), asks(6, id), hangsUp(7, id)]);
    expect(JSON.stringify(said)).not.toContain('161112233');
    expect(JSON.stringify(said)).not.toContain('Тайна');
    expect(said[0]).toMatchObject({ party: { number: null, numberRaw: null, presentation: 'withheld' } });
  });

  test('marked a moment later: it is taken back at once', () => {
    const state: PbxEvent = { type: 'Newstate', at: 1, channel: id, state: 6, presentation: 'withheld' };
    const { said, records } = tell([says({}), state, asks(6, id), hangsUp(7, id)]);
    expect(said[1]).toMatchObject({ type: 'call.party', party: { number: null, name: null, did: '2000' } });
    expect(JSON.stringify(records)).not.toContain('161112233');
  });

  test.each([
    ['anonymous', 'withheld'],
    ['Restricted', 'withheld'],
    ['unavailable', 'unavailable'],
    [null, 'unavailable'],
  ])('the number %j is %s', (word, presentation) => {
    expect(tell([customer(0, id, word)]).said[0]).toMatchObject({ party: { number: null, presentation } });
  });
});

test('recorded: the carrier sends the number in clear (anonymous-pai), and the channel variable of the shipped manager.conf says so', () => {
  const recorded = decodeAll(readFileSync('test/streams/recorded/anonymous-pai.ami'));
  const marked = recorded.map((message) =>
    AmiMessage.fromText(`${message.text}ChanVariable: CALLERID(pres)=prohib_not_screened`),
  );
  const events = marked.flatMap((message) => readEvent(message) ?? []);
  const { said, records } = tell(events);
  expect(records.map((r) => [r.presentation, r.number, r.numberRaw, r.outcome])).toEqual([
    ['withheld', null, null, 'answered'],
  ]);
  expect(JSON.stringify(said)).not.toContain('9161112233');
});
