import { readFileSync } from 'node:fs';
import { decodeAll } from '../ami/index.ts';
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

  test('Newchannel says "allowed" of every caller, the next event has the truth: nothing is shown before', () => {
    const state: PbxEvent = { type: 'Newstate', at: 1, channel: id, state: 6, presentation: 'withheld' };
    const { said } = tell([
      says({ presentation: 'allowed' }),
      state,
      joins(5, id),
      asks(6, id),
      hangsUp(7, id),
    ]);
    expect(JSON.stringify(said)).not.toContain('161112233');
    expect(JSON.stringify(said)).not.toContain('Тайна');
    expect(said[1]).toMatchObject({ type: 'call.party', party: { presentation: 'withheld', did: '2000' } });
  });

  test.each<[string, PbxEvent]>([
    ['answered', { type: 'Newstate', at: 1, channel: id, state: 6, presentation: 'allowed' }],
    [
      'in a queue',
      { type: 'QueueCallerJoin', at: 1, channel: id, queue: 'sales', position: 1, presentation: 'allowed' },
    ],
    ['hung up at once', { type: 'Hangup', at: 1, channel: id, cause: 16, presentation: 'allowed' }],
  ])('a number that may be shown is shown as soon as that is sure: %s', (_when, next) => {
    const { said } = tell([says({ presentation: 'allowed' }), next]);
    expect(said[0]).toMatchObject({ party: { number: null, presentation: 'unavailable' } });
    expect(said[1]).toMatchObject({ type: 'call.party', party: { number: '+79161112233', name: 'Тайна' } });
  });

  test('without CALLERID(pres) in channelvars there is nothing to wait for', () => {
    expect(tell([says({})]).said[0]).toMatchObject({ party: { number: '+79161112233' } });
  });

  test('marked later: it is taken back', () => {
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

test('recorded with the shipped manager.conf: the carrier sends the number in clear, and it is in nothing that we say', () => {
  const recorded = decodeAll(readFileSync('test/streams/recorded/withheld.ami'));
  const { said, records } = tell(recorded.flatMap((message) => readEvent(message) ?? []));
  expect(recorded.some((message) => message.text.includes('79161112233'))).toBe(true);
  expect(JSON.stringify(said)).not.toContain('9161112233');
  expect(records.map((r) => [r.presentation, r.number, r.numberRaw])).toEqual([['withheld', null, null]]);
});
