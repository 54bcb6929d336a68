import type { WrapUpDraft } from '@ringdesk/shared/desk';
import { ApiFailure } from '../../../platform/api/failure.ts';
import { createDraftKeeper } from './draftKeeper.ts';
import { createFakeTime, createMemoryStorage } from './fakeTime.ts';
import { createKeptStorage } from './keptStorage.ts';

const empty: WrapUpDraft = { disposition: null, reason: null, note: '', revision: 0 };

function desk(browser = createMemoryStorage()) {
  const time = createFakeTime();
  const sent: WrapUpDraft[] = [];
  const server = { failure: null as ApiFailure | null };
  const keeper = createDraftKeeper({
    storage: createKeptStorage(() => browser),
    prefix: 'u1',
    later: time.later,
    send: async (_callId, draft) => {
      if (server.failure) throw server.failure;
      sent.push(draft);
    },
  });
  return { time, sent, server, keeper, browser };
}

test('a burst of typing is one request with the last text', async () => {
  const { keeper, sent, time } = desk();
  keeper.take('c1', empty);
  for (const note of ['t', 'th', 'the', 'the printer']) keeper.change('c1', { note });
  expect(keeper.get('c1')).toMatchObject({ draft: { note: 'the printer', revision: 4 }, sync: 'sending' });
  await time.pass(1_000);
  expect(sent).toEqual([{ ...empty, note: 'the printer', revision: 4 }]);
  expect(keeper.get('c1')?.sync).toBe('saved');
});

test('with the server away the text is kept here, and goes out when it is back', async () => {
  const { keeper, sent, server, time } = desk();
  keeper.take('c1', empty);
  server.failure = new ApiFailure('network', 0, '');
  keeper.change('c1', { note: 'broken scanner' });
  await time.pass(2_000);
  expect(keeper.get('c1')?.sync).toBe('kept');
  keeper.change('c1', { disposition: 'solved' });
  server.failure = null;
  keeper.hurry();
  await time.pass(0);
  expect(sent).toEqual([{ disposition: 'solved', reason: null, note: 'broken scanner', revision: 2 }]);
  expect(keeper.get('c1')?.sync).toBe('saved');
});

test('without a hint that the link is back it tries again by itself', async () => {
  const { keeper, sent, server, time } = desk();
  keeper.take('c1', empty);
  server.failure = new ApiFailure('timeout', 0, '');
  keeper.change('c1', { note: 'x' });
  await time.pass(30_000);
  server.failure = null;
  await time.pass(10_000);
  expect(sent).toHaveLength(1);
});

test('after a reload the text that never reached the server is there again and is sent', async () => {
  const before = desk();
  before.keeper.take('c1', empty);
  before.keeper.change('c1', { note: 'typed just before the reload' });
  before.keeper.close();

  const after = desk(before.browser);
  after.keeper.take('c1', empty);
  expect(after.keeper.get('c1')?.draft.note).toBe('typed just before the reload');
  await after.time.pass(0);
  expect(after.sent).toMatchObject([{ note: 'typed just before the reload', revision: 1 }]);
});

test('what another device wrote later replaces what stands here', () => {
  const { keeper } = desk();
  keeper.take('c1', empty);
  keeper.change('c1', { note: 'here' });
  keeper.take('c1', { ...empty, note: 'on the phone`s page', revision: 5 });
  expect(keeper.get('c1')).toEqual({
    draft: { ...empty, note: 'on the phone`s page', revision: 5 },
    sync: 'saved',
  });
});

test('what two devices wrote at once is joined and sent', async () => {
  const { keeper, sent, time } = desk();
  keeper.take('c1', empty);
  keeper.change('c1', { note: 'own' });
  keeper.take('c1', { ...empty, note: 'there', revision: 1 });
  await time.pass(0);
  expect(sent).toEqual([{ ...empty, note: 'there\nown', revision: 2 }]);
});

test('a push with the state before our change does not undo the typing', async () => {
  const { keeper } = desk();
  keeper.take('c1', empty);
  keeper.change('c1', { note: 'a' });
  keeper.take('c1', empty);
  expect(keeper.get('c1')?.draft.note).toBe('a');
});

test('an answer that is overtaken by more typing is not "saved" yet', async () => {
  const time = createFakeTime();
  const sent: number[] = [];
  let answer: () => void = () => undefined;
  const keeper = createDraftKeeper({
    storage: createKeptStorage(createMemoryStorage),
    prefix: 'u1',
    later: time.later,
    send: (_callId, draft) => {
      sent.push(draft.revision);
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  });
  keeper.take('c1', empty);
  keeper.change('c1', { note: 'a' });
  await time.pass(500);
  keeper.change('c1', { note: 'ab' });
  await time.pass(500);
  expect(sent).toEqual([1]);
  answer();
  await time.pass(0);
  expect(sent).toEqual([1, 2]);
  expect(keeper.get('c1')?.sync).toBe('sending');
  answer();
  await time.pass(0);
  expect(keeper.get('c1')?.sync).toBe('saved');
});

test('a refused draft is not sent for ever, and is not lost', async () => {
  const { keeper, server, sent, time } = desk();
  keeper.take('c1', empty);
  server.failure = new ApiFailure('conflict', 409, '');
  keeper.change('c1', { note: 'mine' });
  await time.pass(60_000);
  server.failure = null;
  await time.pass(60_000);
  expect(sent).toHaveLength(0);
  expect(keeper.get('c1')).toMatchObject({ draft: { note: 'mine' }, sync: 'kept' });
});

test('a full storage does not stop the typing', async () => {
  const browser = createMemoryStorage();
  browser.full = true;
  const { keeper, sent, time } = desk(browser);
  keeper.take('c1', empty);
  keeper.change('c1', { note: 'still here' });
  await time.pass(500);
  expect(sent).toMatchObject([{ note: 'still here' }]);
});

test('a draft whose wrap-up was posted is not sent behind it, until it is changed again', async () => {
  const { keeper, sent, time } = desk();
  keeper.take('c1', empty);
  keeper.change('c1', { note: 'done' });
  keeper.hold('c1');
  keeper.hurry();
  await time.pass(60_000);
  expect(sent).toHaveLength(0);
  keeper.change('c1', { note: 'refused, put right' });
  await time.pass(500);
  expect(sent).toMatchObject([{ note: 'refused, put right' }]);
});

test('words of the last moment before the form closed are still sent', async () => {
  const { keeper, sent, time } = desk();
  keeper.take('c1', empty);
  keeper.change('c1', { note: 'typed as the time ran out' });
  keeper.forget('c1');
  await time.pass(0);
  expect(sent).toMatchObject([{ note: 'typed as the time ran out' }]);
});

test('with the line down as the form closes, its last words wait for the line, even through a reload', async () => {
  const { keeper, sent, server, time, browser } = desk();
  keeper.take('c1', empty);
  keeper.change('c1', { note: 'typed without a line' });
  server.failure = new ApiFailure('network', 0, '');
  keeper.forget('c1');
  await time.pass(60_000);
  expect(keeper.get('c1')).toBeNull();
  server.failure = null;
  keeper.hurry();
  await time.pass(0);
  expect(sent).toMatchObject([{ note: 'typed without a line' }]);
  expect(browser.length).toBe(0);
});

test('a form that closed while the page was away still gets what this device kept; the open ones stay as they are', async () => {
  const before = desk();
  before.keeper.take('c1', empty);
  before.keeper.take('c2', empty);
  before.keeper.change('c1', { note: 'of the closed form' });
  before.keeper.change('c2', { note: 'of the open form' });
  before.keeper.close();

  const after = desk(before.browser);
  after.keeper.take('c2', { ...empty, note: 'of the open form', revision: 1 });
  after.keeper.closeOthers(['c2']);
  await after.time.pass(0);
  expect(after.sent).toMatchObject([{ note: 'of the closed form' }]);
  expect(after.browser.length).toBe(1);
});

test('last words that the server refuses are not sent for ever', async () => {
  const { keeper, sent, server, time, browser } = desk();
  keeper.take('c1', empty);
  keeper.change('c1', { note: 'too late' });
  server.failure = new ApiFailure('not-found', 404, '');
  keeper.forget('c1');
  await time.pass(0);
  server.failure = null;
  keeper.hurry();
  await time.pass(60_000);
  expect(sent).toEqual([]);
  expect(browser.length).toBe(0);
});

test('a closed card leaves nothing behind on the machine', async () => {
  const { keeper, browser, time } = desk();
  keeper.take('c1', empty);
  keeper.change('c1', { note: 'private' });
  await time.pass(1_000);
  keeper.forget('c1');
  expect(browser.length).toBe(0);
  expect(keeper.get('c1')).toBeNull();
});
