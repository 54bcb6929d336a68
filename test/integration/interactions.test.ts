import { type Interaction, interaction } from '@ringdesk/shared/interaction';
import { toE164 } from '@ringdesk/shared/phone';
import { anAnsweredLeg, anInteraction } from '@ringdesk/shared/testing/an-interaction';
import { aCustomer } from '../../server/features/desk/testing/call.ts';
import { createCustomerCorrection } from '../../server/features/interactions/correct-customer.ts';
import { createInteractions, type Interactions } from '../../server/features/interactions/index.ts';
import { renumber } from '../../server/features/interactions/renumber.ts';
import { Refusal } from '../../server/platform/errors.ts';
import type { Store } from '../../server/platform/store/index.ts';
import { openTestStore } from './database.ts';

let store: Store;
let close: () => Promise<void>;
let interactions: Interactions;

beforeAll(async () => {
  ({ store, close } = await openTestStore());
});
afterAll(() => close());
beforeEach(async () => {
  await store.connection.dropDatabase();
  interactions = createInteractions({ store, agentNames: async () => new Map([['1001', 'Анна']]) });
  await store.prepared();
});

const leg = anAnsweredLeg;

function call(id: string, fields: Partial<Interaction> = {}): Interaction {
  return interaction.parse(
    anInteraction({
      id,
      name: 'ООО Ромашка',
      answeredAt: '2026-01-01T10:00:02.000Z',
      endedAt: '2026-01-01T10:00:05.000Z',
      entries: [
        {
          queue: 'sales',
          enteredAt: '2026-01-01T10:00:00.000Z',
          leftAt: '2026-01-01T10:00:02.000Z',
          waitMs: 2000,
          position: 1,
          outcome: 'answered',
          agent: '1001',
          consultation: false,
        },
      ],
      legs: [leg()],
      timeline: [{ at: '2026-01-01T10:00:00.000Z', what: 'queue.joined', queue: 'sales' }],
      ...fields,
    }),
  );
}

const wrapUp = {
  interactionId: 'main-1',
  leg: 0,
  agent: '1001',
  disposition: 'sold',
  reason: 'billing/invoice',
  note: 'wants it tomorrow',
  wrapUpMs: 4000,
  at: '2026-01-01T10:00:09.000Z',
};
const wrappedUp = { disposition: 'sold', reason: 'billing/invoice', note: 'wants it tomorrow' };

test('a record comes back as it was written', async () => {
  const record = call('main-1');
  await interactions.write([record]);
  expect(await interactions.get('main-1')).toEqual(record);
});

test('writing again, also twice in one batch, leaves one record: the last', async () => {
  await interactions.write([call('main-1'), call('main-2')]);
  await interactions.write([call('main-1', { end: 'agent' }), call('main-1', { confidence: 'proved' })]);
  const { interactions: all } = await interactions.list({ limit: 10 });
  expect(all.map((one) => [one.id, one.end, one.confidence])).toEqual([
    ['main-2', 'caller', 'live'],
    ['main-1', 'caller', 'proved'],
  ]);
});

test('what people say stays, whether it comes after the record, before it, or between two writings', async () => {
  const record = call('main-1');
  const say = async () => {
    await interactions.saveWrapUps([wrapUp]);
    await interactions.setCustomer('main-1', 'c1', '1001');
  };
  const write = () => interactions.write([record]);
  const expected = {
    ...record,
    ...wrappedUp,
    customerId: 'c1',
    legs: [{ ...record.legs[0], wrapUpMs: 4000 }],
  };
  for (const order of [
    [write, say],
    [say, write],
    [write, say, write],
    [say, say, write, write],
  ]) {
    await store.collection('interactions').deleteMany({});
    for (const step of order) await step();
    expect(await interactions.get('main-1')).toEqual(expected);
  }
});

test('both at the same moment', async () => {
  await Promise.all([
    interactions.write([call('main-1')]),
    interactions.saveWrapUps([wrapUp]),
    interactions.setCustomer('main-1', 'c1', '1001'),
  ]);
  expect(await interactions.get('main-1')).toMatchObject({
    ...wrappedUp,
    customerId: 'c1',
    number: '+74955550101',
  });
});

test('an older word does not replace a newer one, and the legs do not disturb each other', async () => {
  await interactions.write([call('main-1', { legs: [leg(), leg({ agent: '1002' })] })]);
  await interactions.saveWrapUps([wrapUp]);
  await interactions.saveWrapUps([
    { ...wrapUp, disposition: 'late', at: '2026-01-01T10:00:08.000Z' },
    { ...wrapUp, leg: 1, agent: '1002', disposition: null, note: 'sent' },
  ]);
  expect(await interactions.get('main-1')).toMatchObject({
    disposition: 'sold',
    note: 'wants it tomorrow\n\nsent',
  });
});

test('a customer told by the record does not replace the one told by people', async () => {
  await interactions.write([call('main-1', { customerId: 'c1' })]);
  expect(await interactions.get('main-1')).toMatchObject({ customerId: 'c1' });
  await interactions.setCustomer('main-1', 'c2', '1001');
  await interactions.write([call('main-1', { customerId: 'c1' })]);
  expect(await interactions.get('main-1')).toMatchObject({ customerId: 'c2' });
});

test('half a contact is not shown', async () => {
  await interactions.saveWrapUps([wrapUp]);
  await interactions.setCustomer('main-1', 'c1', '1001');
  expect(await interactions.get('main-1')).toBeNull();
  expect(await interactions.list({ customerId: 'c1', limit: 10 })).toEqual({ interactions: [], next: null });
  expect(await interactions.recent({ customerId: 'c1', numbers: [], limit: 10 })).toEqual([]);
});

const at = (minute: number) => `2026-01-01T10:${String(minute).padStart(2, '0')}:00.000Z`;

describe('lists', () => {
  beforeEach(async () => {
    await interactions.write([
      call('main-1', { startedAt: at(1) }),
      call('main-2', {
        startedAt: at(2),
        number: '+79161234567',
        legs: [leg({ agent: '1002', queue: 'support' })],
      }),
      call('main-3', { startedAt: at(3), outcome: 'abandoned', legs: [] }),
      call('main-4', {
        startedAt: at(4),
        number: null,
        customerId: 'c1',
        entries: [],
        legs: [leg(), leg({ agent: '1002', queue: null })],
      }),
    ]);
  });

  test.each([
    ['all', {}, ['4', '3', '2', '1']],
    ['a number', { number: '+74955550101' }, ['3', '1']],
    ['a customer', { customerId: 'c1' }, ['4']],
    ['an agent', { agent: '1002' }, ['4', '2']],
    ['a queue', { queue: 'support' }, ['2']],
    ['a queue entered', { queue: 'sales', outcome: 'abandoned' }, ['3']],
    ['a time', { from: at(2), to: at(4) }, ['3', '2']],
    ['an agent in a time', { agent: '1002', from: at(3) }, ['4']],
    ['nothing', { agent: '1009' }, []],
  ] as const)('%s', async (_, query, expected) => {
    const page = await interactions.list({ ...query, limit: 10 });
    expect(page.interactions.map((one) => one.id)).toEqual(expected.map((id) => `main-${id}`));
    expect(page.next).toBeNull();
  });

  test('a cursor that is none', async () => {
    await expect(interactions.list({ cursor: 'x', limit: 10 })).rejects.toMatchObject({ code: 'bad-input' });
  });
});

test('pages together are the list, also when many start in the same millisecond and more come meanwhile', async () => {
  const all = Array.from({ length: 25 }, (_, n) =>
    call(`main-${String(n).padStart(2, '0')}`, { startedAt: at(Math.floor(n / 7)) }),
  );
  await interactions.write(all);
  const seen: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await interactions.list({ agent: '1001', limit: 4, cursor: cursor ?? undefined });
    seen.push(...page.interactions.map((one) => one.id));
    cursor = page.next;
    await interactions.write([call(`new-${seen.length}`, { startedAt: at(59) })]);
  } while (cursor !== null);
  expect(seen).toEqual(all.map((one) => one.id).reverse());
});

describe('the contacts of a customer', () => {
  beforeEach(async () => {
    await interactions.write([
      call('main-1', { startedAt: at(1) }),
      call('main-2', { startedAt: at(2), customerId: 'c1', number: '+79031112233' }),
      call('main-3', { startedAt: at(3), customerId: 'c2' }),
      call('main-4', { startedAt: at(4), number: '+79161234567', legs: [leg({ agent: '1002' })] }),
      call('main-5', { startedAt: at(5), number: '+79160000000' }),
    ]);
  });

  test.each([
    ["theirs, and nobody's from their numbers", 'c1', ['+74955550101', '+79161234567'], 10, ['4', '2', '1']],
    ['no more than asked for', 'c1', ['+74955550101', '+79161234567'], 2, ['4', '2']],
    ['without a customer all from the numbers', null, ['+74955550101'], 10, ['3', '1']],
    ['without anything', null, [], 10, []],
  ])('%s', async (_, customerId, numbers, limit, expected) => {
    const found = await interactions.recent({ customerId, numbers, limit });
    expect(found.map((one) => one.id)).toEqual(expected.map((id) => `main-${id}`));
  });

  test('a line that is theirs by the number alone names the others who have it; one that was said to be theirs does not', async () => {
    const office = '+74955550101';
    const asked: (readonly string[])[] = [];
    const shared = createInteractions({
      store,
      agentNames: async () => new Map(),
      customersWith: async (numbers) => {
        asked.push(numbers);
        const [own, oleg] = ['c1', 'c2'].map((id) => ({ id, name: `name of ${id}` }));
        return new Map([[office, [own, oleg].flatMap((one) => one ?? [])]]);
      },
    });
    const numbers = [office, '+79161234567'];
    const linesOf = async (customerId: string | null) =>
      (await shared.timeline({ customerId, numbers, limit: 10 })).interactions.map(({ id, sharedWith }) => [
        id,
        ...sharedWith,
      ]);
    expect(await linesOf('c1')).toEqual([['main-4'], ['main-2'], ['main-1', 'name of c2']]);
    expect(asked).toEqual([['+79161234567', office]]);
    expect(await linesOf(null)).toEqual([['main-4'], ['main-3'], ['main-1']]);
  });

  test('a line names the agent who spoke', async () => {
    const [last, first] = await interactions.recent({
      customerId: null,
      numbers: ['+79161234567', '+74955550101'],
      limit: 2,
    });
    expect([last?.agent, last?.agentName, first?.agentName, first?.talkMs]).toEqual([
      '1002',
      null,
      'Анна',
      3000,
    ]);
  });
});

/** What is done to customers when a contact goes to another one. */
function corrections() {
  const [learned, removed, told]: [unknown[], unknown[], string[]] = [[], [], []];
  const correct = createCustomerCorrection({
    customers: {
      get: async (id) => (id === 'gone' ? null : aCustomer(id)),
      learnPick: async (pick) => void learned.push(pick),
      removePhone: async (...asked) => void removed.push(asked),
    },
    interactions,
    onChanged: ({ id }) => told.push(id),
  });
  return { correct, learned, removed, told };
}

async function contactOf(id: string): Promise<Interaction> {
  const found = await interactions.get(id);
  if (found === null) throw new Error('the contact is gone');
  return found;
}

test('a contact goes to another customer: the record, what is learned of the number, and who said so', async () => {
  await interactions.write([call('main-1')]);
  await interactions.setCustomer('main-1', 'wrong', '1001');
  const { correct, learned, removed, told } = corrections();
  const contact = () => contactOf('main-1');
  await expect(correct(await contact(), 'gone', '1002')).rejects.toMatchObject({ code: 'not-found' });
  await correct(await contact(), 'right', '1002');
  expect((await contact()).customerId).toBe('right');
  expect(learned).toEqual([{ number: '+74955550101', customerId: 'right', by: '1002' }]);
  expect(told).toEqual(['wrong', 'right']);
  expect(removed).toEqual([]);
  const kept = await store.collection('interactions').findOne({});
  const words = kept?.['events'].filter(({ type }: { type: string }) => type === 'interaction.customer-set');
  expect(words).toMatchObject([
    { actor: { name: '1001' }, changes: { customerId: { after: 'wrong' } } },
    { actor: { name: '1002' }, changes: { customerId: { after: 'right' } } },
  ]);
  await correct(await contact(), null, '1002');
  expect((await contact()).customerId).toBeNull();
});

describe('a number that was put on the wrong customer by hand', () => {
  const number = '+74955550101';
  beforeEach(async () => {
    // Said on the desk of the first call; the second one was theirs by the number.
    await interactions.write([call('main-1'), call('main-2', { startedAt: at(9), customerId: 'wrong' })]);
    await interactions.setCustomer('main-1', 'wrong', '1001', number);
  });

  test.each(['main-1', 'main-2'])('is taken off days later, when %s is corrected, once', async (id) => {
    const { correct, removed } = corrections();
    expect(await correct(await contactOf(id), 'right', '1002')).toEqual({ numberTaken: number });
    expect(removed).toEqual([['wrong', number]]);
    await interactions.setCustomer(id, 'wrong', '1001');
    expect(await correct(await contactOf(id), 'right', '1002')).toEqual({ numberTaken: null });
    expect(removed).toHaveLength(1);
  });

  test('stays where it came in another way, and when it was the same customer all the time', async () => {
    const { correct, removed } = corrections();
    await correct(await contactOf('main-2'), 'wrong', '1002');
    await interactions.setCustomer('main-1', 'other', '1001');
    await correct(await contactOf('main-1'), 'right', '1002');
    expect(removed).toEqual([]);
  });

  test('is taken off by the second try when the first one was cut off', async () => {
    const { correct, removed } = corrections();
    const cut = createCustomerCorrection({
      customers: { get: async (id) => aCustomer(id), learnPick: async () => {}, removePhone: async () => {} },
      interactions: {
        ...interactions,
        forgetNumberAdded: async () => {
          throw new Refusal('store-unavailable', 'The database is away.');
        },
      },
      onChanged: () => {},
    });
    await expect(cut(await contactOf('main-1'), 'right', '1002')).rejects.toMatchObject({
      code: 'store-unavailable',
    });
    expect((await contactOf('main-1')).customerId).toBe('wrong');
    await correct(await contactOf('main-1'), 'right', '1002');
    expect([removed, (await contactOf('main-1')).customerId]).toEqual([[['wrong', number]], 'right']);
  });
});

describe('a history that is longer than a page', () => {
  const whose = { customerId: 'c1', numbers: ['+74955550101'] };
  const hour = (n: number) => new Date(Date.parse(at(0)) + n * 3_600_000).toISOString();

  beforeEach(async () => {
    await interactions.write(
      Array.from({ length: 45 }, (_, n) =>
        call(`main-${n}`, {
          startedAt: hour(n),
          endedAt: hour(n),
          customerId: n % 2 === 0 ? 'c1' : null,
          outcome: n % 3 === 0 ? 'abandoned' : 'answered',
        }),
      ),
    );
  });

  test('is told page by page, each contact once, and every page says how many there are in all', async () => {
    const told: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await interactions.timeline({ ...whose, limit: 20, cursor: cursor ?? undefined });
      expect(page.total).toBe(45);
      told.push(...page.interactions.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    expect(told).toEqual(Array.from({ length: 45 }, (_, n) => `main-${44 - n}`));
  });

  test('is counted without the call that goes on', async () => {
    const page = await interactions.timeline({ ...whose, limit: 20, except: 'main-44' });
    expect([page.total, page.interactions[0]?.id]).toEqual([44, 'main-43']);
  });

  test('says how often they were answered in a time, also more often than a page has lines', async () => {
    const found = await interactions.answered({
      ...whose,
      since: hour(1),
      until: hour(44),
      except: 'main-44',
    });
    expect([found?.contacts, found?.last.id]).toEqual([29, 'main-43']);
    expect(await interactions.answered({ ...whose, since: hour(45), until: hour(50) })).toBeNull();
  });

  test('a cursor that is none is refused', async () => {
    await expect(interactions.timeline({ ...whose, limit: 20, cursor: '?' })).rejects.toMatchObject({
      code: 'bad-input',
    });
  });
});

describe('what earlier releases took for a number', () => {
  const numbersOf = async (numbers: string[]) => {
    const found = await interactions.recent({ customerId: null, numbers, limit: 10 });
    return found.map(({ id }) => id);
  };

  test('is nobody`s: two who are both called Unknown have nothing in common', async () => {
    await interactions.write(
      ['Unknown', '0', 's'].map((number, n) => call(`main-${n}`, { number, numberRaw: number })),
    );
    expect(await numbersOf(['Unknown', '0', 's'])).toEqual([]);
  });

  test('is read anew: a number of another country that was made out of an outside line`s prefix is not told to those who have it', async () => {
    const read = (raw: string) => toE164(raw, { region: 'RU', prefixes: ['9'] });
    const reading = createInteractions({ store, agentNames: async () => new Map(), toE164: read });
    const made = { number: '+989165550142', numberRaw: '989165550142' };
    const real = { number: '+989165550142', numberRaw: '+989165550142' };
    await reading.write([call('main-1', made), call('main-2', real)]);
    await store.collection('interactions').updateMany({}, { $unset: { numbering: '' } });
    const found = await reading.recent({ customerId: null, numbers: ['+989165550142'], limit: 10 });
    expect(found.map(({ id }) => id)).toEqual(['main-2']);
    const page = await reading.timeline({ customerId: null, numbers: ['+989165550142'], limit: 10 });
    expect(page.total).toBe(1);
  });

  test('stands under the right number once the records are read anew, and other records stay as they are', async () => {
    const read = (raw: string) => toE164(raw, { region: 'RU', prefixes: ['9'] });
    const reading = createInteractions({ store, agentNames: async () => new Map(), toE164: read });
    await reading.write([
      call('main-1', { number: '+989165550142', numberRaw: '989165550142' }),
      call('main-2', { number: '+989165550142', numberRaw: '+989165550142' }),
      call('main-3', { number: null, numberRaw: null, presentation: 'withheld' }),
      call('main-4', { number: 'Unknown', numberRaw: 'Unknown' }),
    ]);
    await store.collection('interactions').updateMany({}, { $unset: { numbering: '' } });
    await reading.write([call('main-5', { number: '+74950000001', numberRaw: '112' })]);
    await renumber(store, read, new AbortController().signal);
    const numberIn = async (id: string) => (await reading.get(id))?.number;
    expect(await Promise.all([1, 2, 3, 4, 5].map((n) => numberIn(`main-${n}`)))).toEqual([
      '+79165550142',
      '+989165550142',
      null,
      null,
      '+74950000001',
    ]);
    const found = await reading.recent({ customerId: null, numbers: ['+79165550142'], limit: 10 });
    expect(found.map(({ id }) => id)).toEqual(['main-1']);
  });

  test('contacts of a number are found however it is written', async () => {
    const read = (raw: string) => toE164(raw, { region: 'RU', prefixes: ['9'] });
    const reading = createInteractions({ store, agentNames: async () => new Map(), toE164: read });
    await reading.write([call('main-1', { number: '+79165550142', numberRaw: '989165550142' })]);
    for (const number of ['+79165550142', '8 (916) 555-01-42', '989165550142', 'sip:79165550142@10.0.0.1'])
      expect((await reading.list({ number, limit: 10 })).interactions.map(({ id }) => id)).toEqual([
        'main-1',
      ]);
  });
});
