import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A device that was let in to an account before carries a cookie that says so, signed by us (https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies).
 * It opens nothing: it only lets the device's attempts be counted apart from those of strangers.
 */
export interface Devices {
  /** @returns what a device carries that is let in to this account now, beside what it carried before */
  issue(account: string, carried: string | undefined): string;
  /** The name of the device if it was let in to this account before; else null. */
  knownOf(account: string, carried: string | undefined): string | null;
}

export const deviceCookieAgeMs = 180 * 24 * 3_600_000;
/** Colleagues share a desk in shifts. */
const mostAccounts = 8;

export function createDevices(secret: string): Devices {
  const signed = (account: string, device: string) =>
    createHmac('sha256', secret).update(`device\n${account}\n${device}`).digest('base64url');
  const passesOf = (carried = '') => carried.split('!', mostAccounts).filter((pass) => pass !== '');
  return {
    issue(account, carried) {
      const device = randomBytes(9).toString('base64url');
      return [`${device}.${signed(account, device)}`, ...passesOf(carried)].slice(0, mostAccounts).join('!');
    },
    knownOf(account, carried) {
      for (const pass of passesOf(carried)) {
        const [device = '', signature = ''] = pass.split('.', 2);
        const [given, right] = [Buffer.from(signature), Buffer.from(signed(account, device))];
        if (given.length === right.length && timingSafeEqual(given, right)) return device;
      }
      return null;
    },
  };
}

/** One cookie of a request, as it stands in the header. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
