import type { Notification } from '@ringdesk/shared/notification';
import { freshNotices } from './notices.ts';

const one = (change: Partial<Notification>): Notification => ({
  id: 'a',
  weight: 'now',
  kind: 'task-due',
  params: {},
  link: null,
  at: '2026-03-02T09:00:00Z',
  readAt: null,
  ...change,
});

test('what was there when the page was opened disturbs nobody', () => {
  expect(freshNotices([one({})], null)).toEqual([]);
});

test('what comes after is shown, unless it was seen, was read elsewhere, or can wait', () => {
  const all = [
    one({ id: 'new' }),
    one({ id: 'loud', weight: 'interrupt' }),
    one({ id: 'seen' }),
    one({ id: 'read', readAt: '2026-03-02T09:00:01Z' }),
    one({ id: 'quiet', weight: 'later' }),
  ];
  expect(freshNotices(all, new Set(['seen'])).map(({ id }) => id)).toEqual(['new', 'loud']);
});
