import type { PbxEvent } from '../../server/telephony/calls/index.ts';
import { eventsOf, play, startOf } from './replay.ts';
import { summaryOf } from './summary.ts';

/**
 * A queue that rings several Local members at once says AgentCalled of one after the other, while the phones behind the first ones ring already: the
 * phone's own DialBegin may come before the queue's word (seen on a real Asterisk, about every second time with three members).
 */
function overtaken(events: PbxEvent[]): PbxEvent[] {
  const moved = [...events];
  for (const called of events) {
    if (called.type !== 'AgentCalled') continue;
    const pair = events.find((e) => e.type === 'LocalBridge' && e.one === called.dest);
    const half = pair?.type === 'LocalBridge' ? pair.two : null;
    const rings = events.find((e) => e.type === 'DialBegin' && e.channel === half);
    if (rings?.type !== 'DialBegin') continue;
    moved.splice(moved.indexOf(called), 1);
    moved.splice(moved.indexOf(rings) + 1, 0, { ...called, at: rings.at });
  }
  return moved;
}

const inWords = (events: PbxEvent[]) =>
  play(events)
    .interactions.map((i) => summaryOf(i, startOf(events)))
    .join('\n')
    // When the ring began is a matter of these milliseconds.
    .replace(/ [\d.]+–/g, ' –')
    .replace(/ ring \d+/g, '')
    .split('\n')
    .sort();

test.each(['local-member-busy', 'local-member', 'local-member-optimized'])('%s', (name) => {
  const events = eventsOf(name);
  expect(overtaken(events)).not.toEqual(events);
  expect(inWords(overtaken(events))).toEqual(inWords(events));
});

/**
 * Phones that rang in vain are gone before Asterisk says who answered: their Hangup comes from other channels than the answered one's DialEnd (seen on a
 * real Asterisk, rarely).
 */
function goneFirst(events: PbxEvent[]): PbxEvent[] {
  const answer = events.find(
    (e) => e.type === 'DialEnd' && e.status === 'ANSWER' && isGroup(events, e.channel),
  );
  if (answer === undefined) return [...events];
  const before = events.indexOf(answer);
  const gone = events.filter((e, index) => index > before && e.type === 'Hangup' && e.cause === 26);
  const others = events.filter((e) => !gone.includes(e));
  others.splice(before, 0, ...gone.map((e) => ({ ...e, at: answer.at })));
  return others;
}

/** Whether this channel dialled several at once. */
const isGroup = (events: PbxEvent[], channel: string | null) =>
  events.filter((e) => e.type === 'DialBegin' && e.channel === channel).length > 1;

test.each(['internal-group', 'direct-group', 'ringall', 'direct-mobile', 'internal-mobile'])(
  '%s: the others are gone first',
  (name) => {
    const events = eventsOf(name);
    expect(goneFirst(events)).not.toEqual(events);
    expect(inWords(goneFirst(events))).toEqual(inWords(events));
    const ends = ({ said }: ReturnType<typeof play>) =>
      said.flatMap((e) => (e.type === 'leg.ended' ? [`${e.leg.agent} ${e.outcome}`] : [])).sort();
    expect(ends(play(goneFirst(events)))).toEqual(ends(play(events)));
  },
);

test('the desk is told the queue as soon as it is known', () => {
  const told = play(overtaken(eventsOf('local-member'))).said;
  const offers = told.flatMap((e) =>
    e.type === 'leg.offered' ? [[e.leg.index, e.leg.agent, e.leg.queue]] : [],
  );
  expect(offers).toEqual([
    [0, '1008', null],
    [0, '1008', 'sales'],
  ]);
});
