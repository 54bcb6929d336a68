import { readableUrl, retryDelayMs } from './url.ts';

test.each([
  ['mongodb://db.example:27017/ringdesk', 'mongodb://db.example:27017/ringdesk'],
  ['mongodb://app:s%40cret@db.example/ringdesk', 'mongodb://db.example/ringdesk'],
  ['mongodb+srv://app:secret@cluster.example/?tls=true', 'mongodb+srv://cluster.example/?tls=true'],
])('%s is shown as %s', (url, shown) => {
  expect(readableUrl(url)).toBe(shown);
});

test('attempts go apart up to five seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 1000].map((failures) => retryDelayMs(failures, 1))).toEqual([
    250, 500, 1000, 2000, 4000, 5000, 5000, 5000,
  ]);
  expect(retryDelayMs(1000, 0)).toBe(2500);
});
