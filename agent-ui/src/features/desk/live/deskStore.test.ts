import type { Card, DeskView } from '@ringdesk/shared/desk';
import { createServerClock } from '../../../platform/live/clock.ts';
import { createDeskStore, isNewer } from './deskStore.ts';
import { aCard, aView } from './samples.ts';

const view = (epoch: string, version: number, now = 0, cards: Card[] = []): DeskView =>
  aView({ epoch, version, now, cards });

describe('which of two views is the newer', () => {
  test.each([
    ['the first of all', view('a', 1), null, true],
    ['the next version', view('a', 2), view('a', 1), true],
    ['the same again', view('a', 2), view('a', 2), false],
    ['an answer that was overtaken by a push', view('a', 2), view('a', 5), false],
    ['the first after a restart', view('b', 1, 100), view('a', 90, 50), true],
    ['a late answer from before the restart', view('a', 91, 60), view('b', 1, 100), false],
  ])('%s', (_what, next, current, expected) => {
    expect(isNewer(next, current)).toBe(expected);
  });
});

test('tells its listeners of a newer view, and not of an older one', () => {
  const store = createDeskStore({
    clock: createServerClock(),
    now: () => 0,
    monotonic: () => 0,
    busy: () => false,
    typing: () => false,
  });
  let told = 0;
  const stop = store.subscribe(() => {
    told += 1;
  });
  expect(store.take(view('a', 2))).toBe(true);
  expect(store.take(view('a', 1))).toBe(false);
  stop();
  store.take(view('a', 3));
  expect(told).toBe(1);
  expect(store.get().view?.version).toBe(3);
});

test('remembers when a call was first named, for as long as its card stands', () => {
  let at = 10;
  const store = createDeskStore({
    clock: createServerClock(),
    now: () => 0,
    monotonic: () => at,
    busy: () => false,
    typing: () => false,
  });
  store.take(view('a', 1, 0, [aCard({ callId: 'c1' })]));
  at = 20;
  store.take(view('a', 2, 0, [aCard({ callId: 'c2' }), aCard({ callId: 'c1' })]));
  expect([store.arrivedAt('c1'), store.arrivedAt('c2')]).toEqual([10, 20]);
  store.take(view('a', 3));
  expect(store.arrivedAt('c1')).toBeNull();
});

test('knows since when the link is lost, and forgets it when it is back', () => {
  let now = 1_000;
  const store = createDeskStore({
    clock: createServerClock(),
    now: () => now,
    monotonic: () => 0,
    busy: () => false,
    typing: () => false,
  });
  store.setLink('up');
  now = 2_000;
  store.setLink('lost');
  now = 3_000;
  store.setLink('lost');
  expect(store.get()).toMatchObject({ link: 'lost', lostAt: 2_000 });
  store.setLink('up');
  expect(store.get().lostAt).toBeNull();
});

test('the timers run on the server`s clock, even from a view that is too old to show', () => {
  const store = createDeskStore({
    clock: createServerClock(),
    now: () => 1_000,
    monotonic: () => 0,
    busy: () => false,
    typing: () => false,
  });
  store.take(view('a', 2, 500_000));
  store.take(view('a', 1, 500_100));
  expect(store.serverNow()).toBe(500_100);
});

test('a call that rings is shown in the same moment, unless the agent is busy with another', () => {
  let busy = false;
  const store = createDeskStore({
    clock: createServerClock(),
    now: () => 0,
    monotonic: () => 0,
    busy: () => busy,
    typing: () => false,
  });
  store.take(view('a', 1, 0, [aCard({ callId: 'c1' })]));
  expect(store.get().selection.shown).toBe('c1');
  busy = true;
  store.take(view('a', 2, 0, [aCard({ callId: 'c2' }), aCard({ callId: 'c1', phase: 'wrap-up' })]));
  expect(store.get().selection.shown).toBe('c1');
  store.show('c2');
  expect(store.get().selection.shown).toBe('c2');
});
