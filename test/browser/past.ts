import type { Customer } from '@ringdesk/shared/customer';
import type { Interaction } from '@ringdesk/shared/interaction';

/** What an earlier call of a customer was about. */
export interface PastCall {
  hoursAgo: number;
  /** The extension of who took it. */
  agent: string;
  queue: string;
  talkMs: number;
  disposition: string;
  reason: string;
  note: string | null;
  /** Nobody said whose it was: it is theirs by the number alone. */
  unsaid?: boolean;
}

/** The record of a call that was taken some time before now. */
export function pastContact(customer: Customer, call: PastCall): Interaction {
  const { agent, queue, talkMs, disposition, reason, note } = call;
  const [phone] = customer.phones;
  if (phone === undefined) throw new Error(`${customer.name} has no phone to call from`);
  const [waitMs, ringMs] = [14_000, 4000];
  const startedAt = Date.now() - call.hoursAgo * 3_600_000;
  const at = (ms: number) => new Date(startedAt + ms).toISOString();
  const endedAt = at(waitMs + talkMs);
  return {
    id: `past-${customer.id}-${call.hoursAgo}`,
    pbx: 'main',
    channel: 'voice',
    direction: 'inbound',
    number: phone.number,
    numberRaw: phone.number.slice(1),
    presentation: 'allowed',
    name: null,
    did: '2000',
    customerId: call.unsaid === true ? null : customer.id,
    startedAt: at(0),
    answeredAt: at(waitMs),
    endedAt,
    end: 'caller',
    outcome: 'answered',
    ivrMs: 0,
    entries: [
      {
        queue,
        enteredAt: at(0),
        leftAt: at(waitMs),
        waitMs,
        position: 1,
        outcome: 'answered',
        agent,
        consultation: false,
      },
    ],
    legs: [
      {
        agent,
        device: `PJSIP/${agent}`,
        queue,
        offeredAt: at(waitMs - ringMs),
        answeredAt: at(waitMs),
        endedAt,
        ringMs,
        talkMs,
        holdMs: 0,
        wrapUpMs: 20_000,
        outcome: 'answered',
        endedBy: 'caller',
        consultation: false,
      },
    ],
    transfers: [],
    survey: null,
    recording: null,
    callbackRequested: false,
    timeline: [{ at: at(0), what: 'queue.joined', queue }],
    disposition,
    reason,
    note,
    requests: [],
    confidence: 'live',
  };
}
