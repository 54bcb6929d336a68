import { readableUrl, retryDelayMs, withoutSecrets } from './url.ts';

test.each([
  ['mongodb://db.example:27017/ringdesk', 'mongodb://db.example:27017/ringdesk'],
  ['mongodb://app:s%40cret@db.example/ringdesk', 'mongodb://db.example/ringdesk'],
  ['mongodb+srv://app:secret@cluster.example/?tls=true', 'mongodb+srv://cluster.example/'],
  ['mongodb://u:p@ssw0rd@db.example/ringdesk', 'mongodb://db.example/ringdesk'],
  ['mongodb://u:p/ssw0rd@db.example/ringdesk', 'mongodb://db.example/ringdesk'],
  ['mongodb://db.example/x?tlsCertificateKeyFilePassword=ssw0rd', 'mongodb://db.example/x'],
])('%s is shown as %s', (url, shown) => {
  expect(readableUrl(url)).toBe(shown);
});

test('attempts go apart up to five seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 1000].map((failures) => retryDelayMs(failures, 1))).toEqual([
    250, 500, 1000, 2000, 4000, 5000, 5000, 5000,
  ]);
  expect(retryDelayMs(1000, 0)).toBe(2500);
});

test.each([
  ['Unable to parse p:ssw0rd with URL', 'mongodb://u:p:ssw0rd@h/x'],
  ['getaddrinfo ENOTFOUND ssw0rd', 'mongodb://u:p/ssw0rd@h/x'],
  ['bad decrypt of ssw0rd', 'mongodb://h/x?tls=true&tlsCertificateKeyFilePassword=ssw0rd'],
  ['no such user with p@ssw0rd', 'mongodb://u:p%40ssw0rd@h/x'],
])("a driver's words '%s' are told without the secrets of %s", (words, url) => {
  expect(withoutSecrets(words, url)).not.toContain('ssw0rd');
  expect(withoutSecrets(words, url)).toContain(words.slice(0, 6));
});

test("a driver's words that hold no secret are told as they are", () => {
  const words = 'connect ECONNREFUSED 127.0.0.1:27017';
  expect(withoutSecrets(words, 'mongodb://app:secret@127.0.0.1:27017/x?tls=true')).toBe(words);
});
