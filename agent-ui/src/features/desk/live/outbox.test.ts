import { ApiFailure } from '../../../platform/api/failure.ts';
import { createFakeTime, createMemoryStorage } from './fakeTime.ts';
import { createKeptStorage } from './keptStorage.ts';
import { createOutbox, type WrapUp } from './outbox.ts';

const wrapUp: WrapUp = { disposition: 'solved', reason: 'billing/invoice', note: 'sent again' };

function office(browser = createMemoryStorage(), failure: ApiFailure | null = null) {
  const time = createFakeTime();
  const sent: string[] = [];
  const server = { failure };
  const outbox = createOutbox({
    storage: createKeptStorage(() => browser),
    prefix: 'u1',
    later: time.later,
    send: async (callId) => {
      sent.push(callId);
      if (server.failure) throw server.failure;
    },
  });
  return { time, sent, server, outbox, browser };
}

test('what arrived is gone from the outbox and from the storage', async () => {
  const { outbox, sent, time, browser } = office();
  outbox.post('c1', wrapUp);
  expect(outbox.get('c1')?.state).toBe('sending');
  await time.pass(0);
  expect(sent).toEqual(['c1']);
  expect(outbox.get('c1')).toBeNull();
  expect(browser.length).toBe(0);
});

test('with the server away it waits, and says so, and goes out by itself', async () => {
  const { outbox, server, sent, time } = office(undefined, new ApiFailure('network', 0, ''));
  outbox.post('c1', wrapUp);
  await time.pass(500);
  expect(outbox.get('c1')).toEqual({ state: 'waiting', wrapUp });
  server.failure = null;
  await time.pass(1_000);
  expect(sent).toHaveLength(2);
  expect(outbox.get('c1')).toBeNull();
});

test('it survives a reload', async () => {
  const before = office(undefined, new ApiFailure('network', 0, ''));
  before.outbox.post('c1', wrapUp);
  await before.time.pass(0);
  before.outbox.close();

  const after = office(before.browser);
  expect(after.outbox.get('c1')).toEqual({ state: 'waiting', wrapUp });
  await after.time.pass(0);
  expect(after.sent).toEqual(['c1']);
  expect(after.browser.length).toBe(0);
});

test('"no such card" after a lost answer means that it had arrived', async () => {
  const { outbox, server, time } = office(undefined, new ApiFailure('timeout', 0, ''));
  outbox.post('c1', wrapUp);
  await time.pass(0);
  server.failure = new ApiFailure('not-found', 404, '');
  await time.pass(1_000);
  expect(outbox.get('c1')).toBeNull();
});

test('"no such card" to the first attempt is told to the agent', async () => {
  const { outbox, time } = office(undefined, new ApiFailure('not-found', 404, ''));
  outbox.post('c1', wrapUp);
  await time.pass(60_000);
  expect(outbox.get('c1')).toEqual({ state: 'refused', wrapUp, code: 'not-found' });
});

test('a refused wrap-up can be put right and posted again', async () => {
  const { outbox, server, sent, time } = office(undefined, new ApiFailure('bad-input', 400, ''));
  outbox.post('c1', wrapUp);
  await time.pass(0);
  server.failure = null;
  outbox.post('c1', { ...wrapUp, disposition: 'callback' });
  await time.pass(0);
  expect(sent).toHaveLength(2);
  expect(outbox.get('c1')).toBeNull();
});

test('a session that ended keeps it until the agent is back', async () => {
  const { outbox, server, sent, time } = office(undefined, new ApiFailure('not-logged-in', 401, ''));
  outbox.post('c1', wrapUp);
  await time.pass(60_000);
  expect(sent).toHaveLength(1);
  server.failure = null;
  outbox.hurry();
  await time.pass(0);
  expect(outbox.get('c1')).toBeNull();
});

test('what waits is sent when the card is gone: its time may have run out without it', async () => {
  const { outbox, server, sent, time } = office(undefined, new ApiFailure('network', 0, ''));
  outbox.post('c1', wrapUp);
  await time.pass(0);
  server.failure = null;
  outbox.cardGone('c1');
  await time.pass(0);
  expect(sent).toHaveLength(2);
  expect(outbox.get('c1')).toBeNull();
});

test('a refusal goes with its card', async () => {
  const { outbox, time } = office(undefined, new ApiFailure('bad-input', 400, ''));
  outbox.post('c1', wrapUp);
  await time.pass(0);
  outbox.cardGone('c1');
  expect(outbox.get('c1')).toBeNull();
});
