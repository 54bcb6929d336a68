import type { Audit } from '../../platform/audit/index.ts';
import { type Member, may } from '../../platform/auth/index.ts';
import { Refusal } from '../../platform/errors.ts';
import { createBucket } from '../../platform/limits/bucket.ts';
import { type DialRefusal, type DialRules, dialRefusal } from '../../telephony/control/index.ts';

/** A call that somebody asks for on the page, or a live call that is sent to somebody else. */
export interface DialOrder {
  user: Member;
  to: string;
  kind: 'dialled' | 'transferred';
  /** The address that the request came from. */
  from: string | null;
}

/** Stands before every call that the page starts: what may be dialled, one at a time, not faster than people dial, and each is recorded. */
export interface Dialling {
  /** @throws Refusal `forbidden`, `conflict`, `too-many-attempts`, `bad-input`, or what the work throws */
  run(order: DialOrder, work: () => Promise<void>): Promise<void>;
}

/** One of a kind a second, and thirty of all in a minute. */
const pause = { burst: 1, perMs: 1 / 1000 };
const minute = { burst: 30, perMs: 30 / 60_000 };

const why: Record<DialRefusal, string> = {
  code: 'Codes with * or # are not dialled from here but those of the setting DIAL_CODES.',
  abroad: 'This number is abroad and not among those that your role may dial (DIAL_ABROAD).',
  premium: 'Premium numbers are not dialled from here.',
  'unknown-number': 'This is a number in no plan: check it, or write it with + and the country code.',
};

/** @param elapsed the monotonic clock, ms */
export function createDialling(options: {
  rules: DialRules;
  audit: Audit;
  elapsed?: () => number;
}): Dialling {
  const { rules, audit, elapsed = () => performance.now() } = options;
  const pauses = createBucket({ ...pause, elapsed });
  const minutes = createBucket({ ...minute, elapsed });
  /** Whose call is being started just now: between a look at the desk and the call on it there must not be another one. */
  const busy = new Set<string>();

  return {
    async run(order, work) {
      const { user, to, kind, from } = order;
      const entry = { who: user.id, to, from };
      const refusal = dialRefusal(may(user, 'desk.dial-abroad'), to, rules);
      if (refusal !== null) {
        audit({ ...entry, what: 'dial-refused', details: { why: refusal } });
        throw new Refusal('forbidden', why[refusal]);
      }
      if (busy.has(user.id)) throw new Refusal('conflict', 'A call of yours is being started already.');
      const waitMs = Math.max(pauses.waitFor(`${kind} ${user.id}`), minutes.waitFor(user.id));
      if (waitMs > 0)
        throw new Refusal(
          'too-many-attempts',
          `Too many calls: wait ${Math.ceil(waitMs / 1000)} s and try again.`,
        );
      busy.add(user.id);
      try {
        await work();
        pauses.spend(`${kind} ${user.id}`);
        minutes.spend(user.id);
        audit({ ...entry, what: kind });
      } finally {
        busy.delete(user.id);
      }
    },
  };
}
