import type { Interaction } from '@ringdesk/shared/interaction';
import type { ReportRow } from '@ringdesk/shared/report';
import { anAnsweredLeg, anInteraction } from '@ringdesk/shared/testing/an-interaction';
import type { User } from '@ringdesk/shared/user';
import { loadConfig } from '../../server/config/index.ts';
import { createInteractions, type Interactions } from '../../server/features/interactions/index.ts';
import { defaultSettings } from '../../server/features/settings/index.ts';
import { Statistics } from '../../server/features/statistics/index.ts';
import { openApi } from '../../server/platform/api/testing/open-api.ts';
import { createBrowsing } from '../../server/platform/limits/turns.ts';
import { log, openTestStore } from './database.ts';

const vera: User = {
  id: 'vera',
  login: 'vera',
  name: 'Vera',
  role: 'manager',
  agent: null,
  device: null,
  locale: null,
};
const settings = {
  ...defaultSettings(loadConfig({})),
  queues: new Map(),
  time: { timeZone: 'Europe/Moscow', calendar: null },
};

let database: Awaited<ReturnType<typeof openTestStore>>;
let interactions: Interactions;
let statistics: Statistics;
let server: Awaited<ReturnType<typeof openApi>>;

beforeAll(async () => {
  database = await openTestStore();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.store.connection.dropDatabase();
  interactions = createInteractions({ store: database.store, agentNames: async () => new Map() });
  statistics = counter();
  await database.store.prepared();
  server = await openApi([...(statistics.feature.routes ?? [])], () => vera);
});
afterEach(() => server.close());

/** A new one is what a restart looks like: nothing of it is in memory. */
function counter(): Statistics {
  return new Statistics({
    store: database.store,
    log,
    interactions,
    settings: { current: () => settings },
    browsing: createBrowsing(),
    now: () => Date.parse('2026-04-01T00:00:00Z'),
  });
}

async function ask(path: string) {
  const response = await fetch(`${server.url}/api/reports/${path}`);
  return { status: response.status, body: JSON.parse(await response.text()) };
}
const march = 'from=2026-03-01&to=2026-04-01';

const iso = (at: number) => new Date(at).toISOString();
const queues = ['sales', 'support', 'billing'];
const agents = ['1001', '1002', '1003', '1004'];

/** A repeatable throw of dice. Knuth, The Art of Computer Programming, vol. 2: a linear congruential generator. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * sides);
  };
}

function aCall(at: number, id: string, roll: (sides: number) => number): Interaction {
  const queue = queues[roll(queues.length)] ?? 'sales';
  const waitMs = roll(60_000);
  const outcomes = ['answered', 'answered', 'answered', 'abandoned', 'timeout', 'callback'] as const;
  const outcome = outcomes[roll(outcomes.length)] ?? 'answered';
  const agent = agents[roll(agents.length)] ?? '1001';
  const base = at + 500;
  const talked = outcome === 'answered';
  return anInteraction({
    id,
    startedAt: iso(at),
    endedAt: iso(base + waitMs + 90_000),
    number: `+7495555${String(1000 + roll(40))}`,
    outcome: talked ? 'answered' : outcome === 'callback' ? 'callback' : 'abandoned',
    entries: [
      {
        queue,
        enteredAt: iso(base),
        leftAt: iso(base + waitMs),
        waitMs,
        position: 1,
        outcome,
        agent: talked ? agent : null,
        consultation: false,
      },
    ],
    legs: talked
      ? [
          anAnsweredLeg({
            agent: agents[roll(agents.length)] ?? '1001',
            queue,
            offeredAt: iso(base + 100),
            answeredAt: null,
            outcome: roll(2) === 0 ? 'missed' : 'elsewhere',
            talkMs: null,
            holdMs: null,
          }),
          anAnsweredLeg({
            agent,
            queue,
            offeredAt: iso(base + 200),
            answeredAt: iso(base + waitMs),
            talkMs: roll(300_000),
            holdMs: roll(2) * 10_000,
            endedBy: roll(6) === 0 ? 'transfer' : 'caller',
          }),
        ]
      : [],
  });
}

function someCalls(count: number, seed: number): Interaction[] {
  const roll = dice(seed);
  const first = Date.parse('2026-02-27T00:00:00Z');
  return Array.from({ length: count }, (_, at) => aCall(first + roll(35 * 86_400_000), `main-${at}.0`, roll));
}

/** The same numbers, reckoned otherwise: straight from the records, one by one. */
function reckoned(calls: readonly Interaction[], queue: string) {
  const [from, to] = [Date.parse('2026-03-01T00:00:00+03:00'), Date.parse('2026-04-01T00:00:00+03:00')];
  const inMarch = (at: string) => Date.parse(at) >= from && Date.parse(at) < to;
  const entries = calls
    .flatMap((call) => call.entries)
    .filter((one) => one.queue === queue && inMarch(one.enteredAt));
  const legs = calls
    .flatMap((call) => call.legs)
    .filter((one) => one.queue === queue && inMarch(one.offeredAt) && one.outcome === 'answered');
  const waits = (which: (one: Interaction['entries'][number]) => boolean) =>
    entries.filter(which).map(({ waitMs }) => waitMs ?? 0);
  const answered = waits(({ outcome }) => outcome === 'answered');
  const left = waits(({ outcome }) => outcome === 'abandoned');
  const abandoned = left.filter((wait) => wait > 5000);
  const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);
  const inTime = answered.filter((wait) => wait <= 20_000).length;
  return {
    entered: entries.length,
    answered: answered.length,
    abandoned: abandoned.length,
    shortAbandoned: left.length - abandoned.length,
    callback: waits(({ outcome }) => outcome === 'callback').length,
    flowedOut: waits(({ outcome }) => outcome === 'timeout').length,
    answeredInTime: inTime,
    serviceLevel: Math.round((inTime / (answered.length + abandoned.length)) * 10_000) / 10_000,
    asaSeconds: Math.round(sum(answered) / answered.length) / 1000,
    timeToAbandonSeconds: Math.round(sum(abandoned) / abandoned.length) / 1000,
    handled: legs.length,
    talkSeconds: Math.round(sum(legs.map(({ talkMs }) => talkMs ?? 0)) / legs.length) / 1000,
  };
}

async function rows(path: string): Promise<ReportRow[]> {
  const { status, body } = await ask(path);
  expect([status, body.error]).toEqual([200, undefined]);
  return body.rows;
}
async function expectReckoned(calls: readonly Interaction[]) {
  const found = await rows(`queues?${march}`);
  expect(found.map(({ queue }) => queue)).toEqual([...queues].sort());
  for (const row of found) expect(row).toMatchObject(reckoned(calls, String(row['queue'])));
}

test('the report says what the records say, and says it again after they were written again', async () => {
  const calls = someCalls(600, 7);
  await interactions.write(calls);
  await statistics.counting.settled();
  await expectReckoned(calls);
  await interactions.write(calls.slice(0, 200));
  await statistics.counting.settled();
  await expectReckoned(calls);
});

test('a record that is corrected corrects the past, also in another hour, and by a server that starts anew', async () => {
  const calls = someCalls(200, 11);
  await interactions.write(calls);
  await statistics.counting.settled();
  const roll = dice(3);
  const corrected = calls.map((call, at) =>
    at % 3 === 0 ? aCall(Date.parse(call.startedAt) + 7_200_000, call.id, roll) : call,
  );
  await interactions.write(corrected);
  await counter().counting.settled();
  await expectReckoned(corrected);
});

test('counting that is cut off anywhere ends with the same numbers', async () => {
  const calls = someCalls(300, 13);
  await interactions.write(calls);
  // Contacts of which it is said where they are counted, and which were not counted.
  const found = await interactions.countable.uncounted(100);
  await interactions.countable.place(found.map(({ id }) => ({ id, hours: [1, 2] })));
  await counter().counting.settled();
  await expectReckoned(calls);
});

test('what agents said is in the numbers: wrap-up, and the result and reason that it can be told apart by', async () => {
  await interactions.write([
    anInteraction({
      id: 'main-1.0',
      startedAt: '2026-03-02T10:00:00.000Z',
      legs: [anAnsweredLeg({ offeredAt: '2026-03-02T10:00:01.000Z' })],
    }),
  ]);
  await statistics.counting.settled();
  await interactions.saveWrapUps([
    {
      interactionId: 'main-1.0',
      leg: 0,
      agent: '1001',
      disposition: 'resolved',
      reason: 'billing/invoice',
      note: null,
      wrapUpMs: 12_000,
      at: '2026-03-02T10:01:00.000Z',
    },
  ]);
  await statistics.counting.settled();
  expect(await rows(`reasons?${march}`)).toMatchObject([
    { reason: 'billing/invoice', inbound: 1, handled: 1, ahtSeconds: 15 },
  ]);
  expect(await rows(`reasons?${march}&by=disposition,agent`)).toMatchObject(
    [
      { disposition: 'resolved', agent: '', handled: 0, inbound: 0 },
      { disposition: 'resolved', agent: '1001', handled: 1 },
    ].filter(({ agent }) => agent !== ''),
  );
});

test('days are those of the business; every entry is in one interval, and the parts are the whole', async () => {
  const calls = someCalls(400, 17);
  await interactions.write(calls);
  await statistics.counting.settled();
  const { body } = await ask(`queues?${march}`);
  for (const interval of ['15m', '1h', 'day', 'week', 'month', 'hour-of-week']) {
    const cut = await rows(`queues?${march}&interval=${interval}`);
    const sum = (name: string) => cut.reduce((total, row) => total + Number(row[name]), 0);
    for (const name of ['entered', 'answered', 'abandoned', 'handled'])
      expect([interval, name, sum(name)]).toEqual([interval, name, body.total[name]]);
  }
  const late = anInteraction({
    id: 'late',
    entries: [
      {
        queue: 'night',
        enteredAt: '2026-03-09T21:30:00.000Z',
        leftAt: '2026-03-09T21:30:10.000Z',
        waitMs: 10_000,
        position: 1,
        outcome: 'answered',
        agent: '1001',
        consultation: false,
      },
    ],
  });
  await interactions.write([late]);
  await statistics.counting.settled();
  expect(await rows(`queues?${march}&interval=day&queue=night`)).toMatchObject([
    { interval: '2026-03-10', entered: 1 },
  ]);
});

test('the contacts behind a number are as many as it says', async () => {
  await interactions.write(someCalls(400, 19));
  await statistics.counting.settled();
  for (const row of await rows(`queues?${march}`))
    for (const metric of [
      'entered',
      'answered',
      'abandoned',
      'shortAbandoned',
      'callback',
      'flowedOut',
      'answeredInTime',
      'handled',
    ]) {
      const { body } = await ask(`queues/contacts?${march}&queue=${row['queue']}&metric=${metric}&limit=20`);
      expect([metric, body.total]).toEqual([metric, row[metric]]);
      expect(body.contacts.length).toBe(Math.min(20, body.total));
    }
  for (const row of await rows(`agents?${march}`)) {
    const { body } = await ask(`agents/contacts?${march}&agent=${row['agent']}&metric=missed`);
    expect([row['agent'], body.total]).toEqual([row['agent'], row['missed']]);
  }
});

test('who called again within the week is told of whoever had them first', async () => {
  const served = (id: string, startedAt: string, agent: string, number = '+74955550101') =>
    anInteraction({
      id,
      number,
      startedAt,
      endedAt: new Date(Date.parse(startedAt) + 60_000).toISOString(),
      legs: [anAnsweredLeg({ agent, offeredAt: startedAt })],
    });
  await interactions.write([
    served('a', '2026-03-02T10:00:00.000Z', '1001'),
    served('b', '2026-03-04T10:00:00.000Z', '1002'),
    served('c', '2026-03-20T10:00:00.000Z', '1002'),
    served('d', '2026-03-05T10:00:00.000Z', '1003', '+74955550102'),
    anInteraction({
      id: 'e',
      number: null,
      presentation: 'withheld',
      startedAt: '2026-03-05T11:00:00.000Z',
      endedAt: '2026-03-05T11:01:00.000Z',
    }),
  ]);
  await statistics.counting.settled();
  const { body } = await ask(`repeat-contacts?${march}&by=agent`);
  expect(body.total).toMatchObject({
    inbound: 5,
    answered: 4,
    customers: 2,
    first: 3,
    repeat: 1,
    withheld: 1,
    repeatRate: 0.25,
    repeatCustomers: 1,
    triggers: 1,
    fcrGross: 0.75,
    contactsPerProblem: 1.3333,
  });
  const of = (agent: string) => body.rows.find(({ key }: { key: string }) => key === agent);
  expect([of('1001').repeat, of('1001').fcrGross, of('1002').repeat]).toEqual([1, 0, 0]);
});

test('times that are none are refused, and say which', async () => {
  for (const [from, to] of [
    ['2026-04-31', '2026-05-01'],
    ['2026-03-02', '2026-03-02'],
    ['2026-03-01T10:07', '2026-03-02'],
    ['yesterday', '2026-03-02'],
  ]) {
    const { status, body } = await ask(`queues?from=${from}&to=${to}`);
    expect([from, status, body.error.code]).toEqual([from, 400, 'bad-input']);
  }
});
