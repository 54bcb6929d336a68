import { retryDelayMs } from '@ringdesk/shared/backoff';
import { createBucket } from '../limits/bucket.ts';

/** Who tries to log in, as far as that can be told before the password is right. */
export interface Attempt {
  /** By `loginKey`. */
  account: string;
  /** By `networkOf`. */
  network: string;
  /** The device from which this account was logged in to before, by its cookie; null for any other. */
  device: string | null;
}

/**
 * Slows down who guesses passwords, and nobody else. Only what failed is counted, never what is under way. Three counts stand together: the
 * account from this network (or device), with a wait that doubles; all of a network; and the account over all networks, so that guesses from
 * a thousand addresses are no way around (ASVS 2.2.1). A device that was let in to this account before is counted apart from all strangers: they
 * cannot lock it out.
 */
export interface Guessing {
  /** How long to wait before this attempt (ms); 0 when it may go on. */
  waitFor(attempt: Attempt): number;
  failed(attempt: Attempt): void;
  /** Forgives what this account failed from here, and nothing else: an own login in between gains nothing. */
  succeeded(attempt: Attempt): void;
}

interface Failures {
  count: number;
  /** On the monotonic clock, ms. */
  at: number;
}

const freeOfPair = 5;
const longestWaitMs = 5 * 60_000;
const forgottenAfterMs = 15 * 60_000;
const mostPairs = 20_000;
const hourMs = 3_600_000;
/** A whole call centre may share one address. */
const networkLimit = { burst: 100, perMs: 360 / hourMs };
/** When a network has used that up: so many accounts may still try once from there, for those who just come to work. */
const firstTryLimit = { burst: 200, perMs: 200 / hourMs };
/** At most 100 in any hour: 40 at once, 60 more in the time. */
const accountLimit = { burst: 40, perMs: 60 / hourMs };

/** How long the next attempt has to wait after `count` failed ones (ms). */
export function waitAfter(count: number): number {
  return count < freeOfPair ? 0 : retryDelayMs(count - freeOfPair + 1, 1000, longestWaitMs);
}

/** @param elapsed the monotonic clock, ms */
export function createGuessing({ elapsed }: { elapsed(): number }): Guessing {
  const pairs = new Map<string, Failures>();
  const networks = createBucket({ ...networkLimit, elapsed });
  const firstTries = createBucket({ ...firstTryLimit, elapsed });
  const accounts = createBucket({ ...accountLimit, elapsed });

  const keyOf = ({ account, network, device }: Attempt) => `${account} ${device ?? network}`;

  function failuresOf(attempt: Attempt): Failures {
    const failures = pairs.get(keyOf(attempt));
    const isOld = failures === undefined || elapsed() - failures.at > forgottenAfterMs;
    return isOld ? { count: 0, at: 0 } : failures;
  }

  function strangersWait(attempt: Attempt, isFirst: boolean): number {
    const ofAccount = accounts.waitFor(attempt.account);
    const ofNetwork = networks.waitFor(attempt.network);
    const asFirst = isFirst ? Math.min(ofNetwork, firstTries.waitFor(attempt.network)) : ofNetwork;
    return Math.max(ofAccount, asFirst);
  }

  return {
    waitFor(attempt) {
      const { count, at } = failuresOf(attempt);
      const ofPair = Math.max(0, at + waitAfter(count) - elapsed());
      return attempt.device === null ? Math.max(ofPair, strangersWait(attempt, count === 0)) : ofPair;
    },
    failed(attempt) {
      const { count } = failuresOf(attempt);
      const key = keyOf(attempt);
      // Put last again: what was tried longest ago is forgotten first when there are too many.
      pairs.delete(key);
      pairs.set(key, { count: count + 1, at: elapsed() });
      if (pairs.size > mostPairs) pairs.delete(pairs.keys().next().value ?? '');
      if (attempt.device !== null) return;
      if (count === 0 && networks.waitFor(attempt.network) > 0) firstTries.spend(attempt.network);
      networks.spend(attempt.network);
      accounts.spend(attempt.account);
    },
    succeeded(attempt) {
      pairs.delete(keyOf(attempt));
    },
  };
}
