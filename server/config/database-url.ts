/**
 * What is accepted of a database's URL. A password with a letter that means something in a URL makes another host, port or path of its rest, and
 * that is told to everybody who reads a log: such a URL is refused before anybody connects.
 * https://www.mongodb.com/docs/manual/reference/connection-string/, https://datatracker.ietf.org/doc/html/rfc3986#section-3.2.1
 */
const word = String.raw`(?:[^\s@/:?#\[\]%\\]|%[0-9A-Fa-f]{2})`;
const login = `(?:${word}*(?::${word}*)?@)?`;
/** A name, an IPv6 address in brackets, or the path of a socket with %2F for /. */
const host = String.raw`(?:(?:[\w.-]|%[0-9A-Fa-f]{2})+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?`;
const rest = String.raw`(?:/[^\s@?#]*)?(?:\?[^\s@#]*)?`;

const mongoForm = new RegExp(`^mongodb(?:\\+srv)?://${login}${host}(?:,${host})*${rest}$`);
const redisForm = new RegExp(`^rediss?://${login}${host}${rest}$`);

const howTo =
  'write @ : / ? # [ ] % and \\ of a user or a password as %40 %3A %2F %3F %23 %5B %5D %25 and %5C';
export const mongoUrlMistake = `must be mongodb://user:password@host:port/name; ${howTo}`;
export const redisUrlMistake = `must be redis://user:password@host:port; ${howTo}`;

export const isMongoUrl = (text: string): boolean => mongoForm.test(text);
export const isRedisUrl = (text: string): boolean => redisForm.test(text);
