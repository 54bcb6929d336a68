import type { Card, DeskView } from '@ringdesk/shared/desk';
import { ringFirst } from './ringFirst.ts';
import { aCard, aView } from './samples.ts';

const ring = (callId: string): Card => aCard({ callId, phase: 'ringing' });
const talk = (callId: string): Card => aCard({ callId, phase: 'talking' });
const view = (version: number, cards: Card[] = []): DeskView => aView({ epoch: 'a', version, now: 0, cards });

function atWork() {
  const taken: number[] = [];
  const frames: (() => void)[] = [];
  const settled: (number | undefined)[] = [];
  const offer = ringFirst({
    take: ({ version }) => taken.push(version),
    settle: () => settled.push(taken.at(-1)),
    painted: (then) => frames.push(then),
  });
  return { offer, taken, settled, paint: () => frames.shift()?.() };
}

test('views that bring no ring are drawn at once', () => {
  const { offer, taken, settled } = atWork();
  offer(view(1));
  offer(view(2, [talk('c1')]));
  expect(taken).toEqual([1, 2]);
  expect(settled).toEqual([1, 2]);
});

test('after a ring the views behind it wait for the paint, and only the newest is drawn', () => {
  const { offer, taken, paint } = atWork();
  offer(view(1, [ring('c1')]));
  offer(view(2, [ring('c1')]));
  offer(view(3, [talk('c1')]));
  expect(taken).toEqual([1]);
  paint();
  expect(taken).toEqual([1, 3]);
  offer(view(4));
  expect(taken).toEqual([1, 3, 4]);
});

test('another ring does not wait, and what waited before it is in its view', () => {
  const { offer, taken, paint } = atWork();
  offer(view(1, [ring('c1')]));
  offer(view(2, [ring('c1')]));
  offer(view(3, [ring('c2'), ring('c1')]));
  expect(taken).toEqual([1, 3]);
  offer(view(4, [ring('c2'), talk('c1')]));
  paint();
  expect(taken).toEqual([1, 3]);
  paint();
  expect(taken).toEqual([1, 3, 4]);
});

test('what stands around a ring follows when it is painted, with the newest view', () => {
  const { offer, settled, paint } = atWork();
  offer(view(1, [ring('c1')]));
  expect(settled).toEqual([]);
  offer(view(2, [talk('c1')]));
  paint();
  offer(view(3, [ring('c2')]));
  offer(view(4, [ring('c3')]));
  paint();
  expect(settled).toEqual([2]);
  paint();
  expect(settled).toEqual([2, 4]);
});

test('the same call that rings again is a ring again', () => {
  const { offer, taken, paint } = atWork();
  offer(view(1, [ring('c1')]));
  paint();
  offer(view(2));
  offer(view(3, [ring('c1')]));
  expect(taken).toEqual([1, 2, 3]);
});
