import type { WrapUpDraft } from '@ringdesk/shared/desk';
import { createDraftKeeper } from './draftKeeper.ts';
import { createFakeTime, createMemoryStorage } from './fakeTime.ts';
import { createKeptStorage } from './keptStorage.ts';

/** One agent has the desk open in two tabs of a browser: they share its storage, and each hears what the other one writes there. */

const empty: WrapUpDraft = { disposition: null, reason: null, note: '', revision: 0 };

function browser({ deaf = false } = {}) {
  const time = createFakeTime();
  const disk = createMemoryStorage();
  const sent: WrapUpDraft[] = [];
  const ears = new Map<string, (key: string, value: string | null) => void>();
  function tab(name: string) {
    const shared = Object.create(disk, {
      setItem: {
        value: (key: string, value: string) => {
          disk.setItem(key, value);
          for (const [other, hear] of ears) if (other !== name && !deaf) hear(key, value);
        },
      },
    });
    return createDraftKeeper({
      storage: createKeptStorage(() => shared),
      prefix: 'u1',
      later: time.later,
      elsewhere: (hear) => {
        ears.set(name, hear);
        return () => ears.delete(name);
      },
      send: async (_callId, draft) => {
        sent.push(draft);
      },
    });
  }
  return { time, sent, tab };
}

test('what is typed in one tab stands in the other at once', () => {
  const { tab } = browser();
  const [a, b] = [tab('a'), tab('b')];
  for (const one of [a, b]) one.take('c1', empty);
  a.change('c1', { note: 'typed in a' });
  expect(b.get('c1')?.draft).toEqual({ ...empty, note: 'typed in a', revision: 1 });
  b.change('c1', { note: 'typed in a, and in b' });
  expect(a.get('c1')?.draft).toEqual({ ...empty, note: 'typed in a, and in b', revision: 2 });
});

test('a tab that is closed before it has sent its words: the other one sends them', async () => {
  const { tab, sent, time } = browser();
  const [a, b] = [tab('a'), tab('b')];
  for (const one of [a, b]) one.take('c1', empty);
  a.change('c1', { note: 'the last words' });
  a.close();
  await time.pass(10_000);
  expect(sent).toMatchObject([{ note: 'the last words', revision: 1 }]);
});

test('the server`s word of a moment ago, heard in the one tab, does not undo what the other one keeps', () => {
  const { tab } = browser({ deaf: true });
  const [a, b] = [tab('a'), tab('b')];
  for (const one of [a, b]) one.take('c1', empty);
  for (const note of ['w', 'wo', 'word']) a.change('c1', { note });
  b.take('c1', { ...empty, note: 'w', revision: 1 });
  a.close();
  const again = tab('a');
  again.take('c1', { ...empty, note: 'w', revision: 1 });
  expect(again.get('c1')?.draft.note).toBe('word');
});

test('two tabs that do not hear each other: the second one to be typed in keeps the words of both', () => {
  const { tab } = browser({ deaf: true });
  const [a, b] = [tab('a'), tab('b')];
  for (const one of [a, b]) one.take('c1', empty);
  for (const note of ['f', 'fi', 'first']) a.change('c1', { note });
  b.change('c1', { note: 'second', disposition: 'solved' });
  expect(b.get('c1')?.draft).toEqual({
    disposition: 'solved',
    reason: null,
    note: 'first\nsecond',
    revision: 4,
  });
});

test('the card goes: the words that only the other tab has not sent yet stay on the disk', () => {
  const { tab } = browser({ deaf: true });
  const [a, b] = [tab('a'), tab('b')];
  for (const one of [a, b]) one.take('c1', empty);
  a.change('c1', { note: 'not sent yet' });
  b.forget('c1');
  a.close();
  const again = tab('a');
  again.take('c1', empty);
  expect(again.get('c1')?.draft.note).toBe('not sent yet');
});

test('a tab without this card takes no notice', () => {
  const { tab } = browser();
  const [a, b] = [tab('a'), tab('b')];
  a.take('c1', empty);
  a.change('c1', { note: 'x' });
  expect(b.get('c1')).toBeNull();
});
