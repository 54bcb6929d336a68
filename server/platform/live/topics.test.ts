import { type TopicMessage, topic } from '@ringdesk/shared/live';
import fc from 'fast-check';
import { z } from 'zod';
import { createLog } from '../log.ts';
import { type Subscriber, Topics } from './topics.ts';

const log = createLog({ level: 'silent', showPersonal: false });
const sums = topic({
  name: 'sums',
  permission: 'customers.read',
  snapshot: z.object({ sum: z.number() }),
  delta: z.object({ add: z.number() }),
});

function aSubscriber(permitted = true) {
  const got: TopicMessage[] = [];
  const link = { slow: false };
  const subscriber: Subscriber = {
    may: () => permitted,
    send(message) {
      if (link.slow) return false;
      got.push(message);
      return true;
    },
  };
  return { got, link, subscriber };
}

function served() {
  const topics = new Topics({ log });
  const state = { sum: 0 };
  const publish = topics.serve(sums, () => ({ sum: state.sum }));
  const add = (n: number) => {
    state.sum += n;
    publish({ add: n });
  };
  return { topics, add, state };
}

/** What a page makes of what it got: a snapshot, and each delta with the next number; null when it missed one. */
function readBy(got: readonly TopicMessage[]): number | null {
  let [sum, seq] = [0, -1];
  for (const message of got) {
    if (message.kind === 'snapshot') [sum, seq] = [sums.snapshot.parse(message.data).sum, message.seq];
    else if (message.kind === 'delta') {
      if (message.seq !== seq + 1) return null;
      [sum, seq] = [sum + sums.delta.parse(message.data).add, message.seq];
    }
  }
  return sum;
}

test('a snapshot, then numbered deltas', () => {
  const { topics, add } = served();
  const { got, subscriber } = aSubscriber();
  add(5);
  topics.handle(subscriber, { do: 'subscribe', topic: 'sums' });
  add(2);
  expect(got).toMatchObject([
    { kind: 'snapshot', seq: 1, data: { sum: 5 } },
    { kind: 'delta', seq: 2, data: { add: 2 } },
  ]);
  topics.handle(subscriber, { do: 'unsubscribe', topic: 'sums' });
  add(1);
  expect(got).toHaveLength(2);
  topics.close();
});

test.each([
  ['who may not', false, 'sums', 'forbidden'],
  ['a topic that is none', true, 'nothing', 'unknown'],
])('%s is refused and told nothing', (_, permitted, name, why) => {
  const { topics, add } = served();
  const { got, subscriber } = aSubscriber(permitted);
  topics.handle(subscriber, { do: 'subscribe', topic: name });
  add(1);
  expect(got).toEqual([{ kind: 'refused', topic: name, why }]);
  topics.close();
});

test('whenever a link is slow, what it got makes the right sum once it has caught up, and others see no difference', () => {
  const step = fc.oneof(
    fc.record({ add: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ slow: fc.boolean() }),
    fc.constant('catch up' as const),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { topics, add, state } = served();
      const [one, other] = [aSubscriber(), aSubscriber()];
      for (const { subscriber } of [one, other])
        topics.handle(subscriber, { do: 'subscribe', topic: 'sums' });
      for (const now of steps) {
        if (now === 'catch up') topics.catchUp();
        else if ('add' in now) add(now.add);
        else one.link.slow = now.slow;
        expect(readBy(other.got)).toBe(state.sum);
        expect(readBy(one.got)).not.toBeNull();
      }
      one.link.slow = false;
      topics.catchUp();
      expect(readBy(one.got)).toBe(state.sum);
      topics.close();
    }),
  );
});
