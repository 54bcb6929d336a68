import { retryDelayMs as longestDelayMs } from '@ringdesk/shared/backoff';
/** A database URL fit for a log: without user, password and options. What stands before the last @ is a secret, whatever was mistyped in it. */
export function readableUrl(url: string): string {
  return url.replace(/^([a-z+]+:\/\/)(?:.*@)?([^?]*).*$/s, '$1$2');
}

/** A driver's words about a URL, without what of it is secret: drivers quote the piece that they cannot read. */
export function withoutSecrets(text: string, url: string): string {
  const [, login = ''] = /^[a-z+]+:\/\/(.*)@/s.exec(url) ?? [];
  const options = url.includes('?') ? url.slice(url.indexOf('?') + 1).split(/[&;]/) : [];
  const secrets = [
    login,
    ...login.split(/[:@/?#]/),
    ...options.map((option) => option.slice(option.indexOf('=') + 1)),
  ];
  return secrets
    .flatMap((secret) => [secret, decoded(secret)])
    .filter((secret) => secret.length > 2)
    .sort((one, other) => other.length - one.length)
    .reduce((told, secret) => told.replaceAll(secret, '…'), text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * How long to wait before the next attempt (ms): doubling from 250 ms up to 5 s, with jitter so that many servers do not come back at once.
 * @param random from 0 up to 1
 */
export function retryDelayMs(failures: number, random: number): number {
  const limit = longestDelayMs(failures, 250, 5000);
  return Math.round(limit / 2 + (limit / 2) * random);
}
