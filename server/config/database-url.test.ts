import { isMongoUrl, isRedisUrl } from './database-url.ts';
import { ConfigError, loadConfig } from './index.ts';

test.each([
  'mongodb://127.0.0.1:27017/ringdesk',
  'mongodb://db.example',
  'mongodb://app:s%40cret@db.example/ringdesk?replicaSet=rs0&authSource=admin',
  'mongodb://app@one.example:27017,two.example:27018/ringdesk',
  'mongodb+srv://app:secret@cluster.example/?tls=true',
  'mongodb://[::1]:27017/ringdesk',
  'mongodb://%2Fvar%2Flib%2Fringdesk%2Fstore.sock/ringdesk',
])('%s is a database', (url) => {
  expect(isMongoUrl(url)).toBe(true);
});

test.each([
  'redis://127.0.0.1:6379',
  'redis://:secret@cache.example/2',
  'rediss://u:p%23w@cache.example:6380',
])('%s is a Redis', (url) => {
  expect(isRedisUrl(url)).toBe(true);
});

/** What people write who do not know that a URL has letters of its own; the password is `p…ssw0rd` each time. */
const mistyped = ['@', '/', ':', '?', '#', '[', ']', '%', '%zz', ' ', '\\'].map(
  (letter) => `u:p${letter}ssw0rd@h/x`,
);

test.each([
  ...mistyped,
  'u:ssw0rd',
  'u:ssw0rd@',
  'u:ssw0rd@/x',
  'u:ssw0rd@h:port/x',
  'u:1@2ssw0rd@h:1,h:2/x',
  '',
])('a database at %s is refused without a word of it', (rest) => {
  for (const [name, scheme] of [
    ['MONGODB_URL', 'mongodb'],
    ['MONGODB_URL', 'mongodb+srv'],
    ['REDIS_URL', 'redis'],
  ] as const) {
    const load = () => loadConfig({ [name]: `${scheme}://${rest}` });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/%40/);
    expect(load).not.toThrow(/ssw0rd/);
  }
});
