import type { Customer } from '@ringdesk/shared/customer';
import type { Interaction } from '@ringdesk/shared/interaction';
import { type DemoAgent, demoAgents } from '../asterisk-simulator/index.ts';
import { createRandom, type Random } from '../asterisk-simulator/random.ts';

/** What the demo's customers called about before today, so that a timeline has something to tell. Pure: a seed and a moment give the same. */

const dayMs = 86_400_000;

interface Story {
  queue: 'sales' | 'support' | 'complaints';
  disposition: string;
  reason: string;
  note: string | null;
}

const stories: readonly [Story, ...Story[]] = [
  {
    queue: 'sales',
    disposition: 'order',
    reason: 'sales/order',
    note: 'Заказ на 12 000 ₽, доставка в пятницу до 18:00.',
  },
  {
    queue: 'sales',
    disposition: 'follow-up',
    reason: 'sales/offer',
    note: 'Просит прислать коммерческое предложение на почту.',
  },
  { queue: 'sales', disposition: 'resolved', reason: 'sales/price', note: null },
  {
    queue: 'sales',
    disposition: 'refused',
    reason: 'sales/price',
    note: 'Дороговато, вернётся к разговору после праздников.',
  },
  {
    queue: 'support',
    disposition: 'resolved',
    reason: 'support/how-to',
    note: 'Показали, где сменить пароль.',
  },
  {
    queue: 'support',
    disposition: 'follow-up',
    reason: 'support/fault',
    note: 'Не включается после обновления. Попробовали сброс: не помогло.',
  },
  {
    queue: 'support',
    disposition: 'handed-over',
    reason: 'billing/invoice',
    note: 'Needs the invoice in English, asked accounting.',
  },
  {
    queue: 'complaints',
    disposition: 'follow-up',
    reason: 'complaint/delivery',
    note: 'Курьер опоздал на два часа. Обещали перезвонить с решением.',
  },
  {
    queue: 'complaints',
    disposition: 'resolved',
    reason: 'complaint/product',
    note: 'Заменили, извинились, скидка 10 % на следующий заказ.',
  },
];

const dids = { sales: '2000', support: '2001', complaints: '2002' } as const;

export interface PastOptions {
  customers: readonly Customer[];
  seed: number;
  /** ms since the epoch */
  now: number;
}

/** Two thirds of the customers called before, some of them within the last days and more than once. Oldest first. */
export function pastContacts({ customers, seed, now }: PastOptions): Interaction[] {
  const random = createRandom(seed).fork('past contacts');
  const contacts: Omit<Interaction, 'id'>[] = [];
  for (const customer of customers) {
    const [phone] = customer.phones;
    if (phone === undefined || random.chance(1 / 3)) continue;
    const story = random.pick(stories);
    // Of who called several times most call about the same thing again.
    let startedAt = now - random.whole(dayMs, 45 * dayMs);
    for (let count = random.pick([1, 1, 2, 2, 3, 4]); count > 0 && startedAt < now - 3_600_000; count -= 1) {
      const about = random.chance(0.7) ? story : random.pick(stories);
      contacts.push(contact(customer, phone, about, startedAt, random));
      startedAt += random.whole(3_600_000, 9 * dayMs);
    }
  }
  return contacts
    .sort((one, other) => (one.startedAt < other.startedAt ? -1 : 1))
    .map((one, at) => ({ id: `demo-past-${at + 1}`, ...one }));
}

function contact(
  customer: Customer,
  phone: Customer['phones'][number],
  story: Story,
  startedAt: number,
  random: Random,
): Omit<Interaction, 'id'> {
  const time = (ms: number): string => new Date(startedAt + ms).toISOString();
  const ivrMs = random.whole(4000, 12_000);
  const waitMs = Math.round(Math.min(180_000, random.lognormal(15_000, 0.8)));
  const queuedMs = ivrMs + waitMs;
  const abandoned = random.chance(0.12);
  const talkMs = Math.round(Math.min(900_000, random.lognormal(140_000, 0.6)));
  const ringMs = Math.min(waitMs, random.whole(1500, 6000));
  const endedMs = abandoned ? queuedMs : queuedMs + talkMs;
  const agent = random.pick(seatsOf(story.queue));
  const entry: Interaction['entries'][number] = {
    queue: story.queue,
    enteredAt: time(ivrMs),
    leftAt: time(queuedMs),
    waitMs,
    position: random.whole(1, 3),
    outcome: abandoned ? 'abandoned' : 'answered',
    agent: abandoned ? null : agent.extension,
    consultation: false,
  };
  const endedBy = random.chance(0.7) ? 'caller' : 'agent';
  const leg: Interaction['legs'][number] = {
    agent: agent.extension,
    device: agent.device,
    queue: story.queue,
    offeredAt: time(queuedMs - ringMs),
    answeredAt: time(queuedMs),
    endedAt: time(endedMs),
    ringMs,
    talkMs,
    holdMs: 0,
    wrapUpMs: random.whole(5000, 40_000),
    outcome: 'answered',
    endedBy,
    consultation: false,
  };
  return {
    pbx: 'demo',
    channel: 'voice',
    direction: 'inbound',
    number: phone.number,
    numberRaw: phone.number.replace('+', ''),
    presentation: 'allowed',
    name: null,
    did: dids[story.queue],
    customerId: customer.id,
    startedAt: time(0),
    answeredAt: abandoned ? null : time(queuedMs),
    endedAt: time(endedMs),
    end: abandoned ? 'caller' : endedBy,
    outcome: abandoned ? 'abandoned' : 'answered',
    ivrMs,
    entries: [entry],
    legs: abandoned ? [] : [leg],
    transfers: [],
    survey: null,
    recording: null,
    callbackRequested: false,
    timeline: [
      { at: time(ivrMs), what: 'queue.joined', queue: story.queue },
      { at: time(queuedMs), what: 'queue.left', queue: story.queue, outcome: entry.outcome },
    ],
    disposition: abandoned ? null : story.disposition,
    reason: abandoned ? null : story.reason,
    note: abandoned ? null : story.note,
    requests: [],
    confidence: 'live',
  };
}

function seatsOf(queue: string): readonly [DemoAgent, ...DemoAgent[]] {
  const [first, ...more] = demoAgents.filter((agent) => queue in agent.queues);
  if (first === undefined) throw new Error(`Nobody of the demo works in the queue ${queue}`);
  return [first, ...more];
}
