import { createInteractions } from '../../../server/features/interactions/index.ts';
import { at, call, leg, useInteractionsHouse } from './interactions-house.ts';

const house = useInteractionsHouse();

describe('lists', () => {
  beforeEach(async () => {
    await house.interactions.write([
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
    const page = await house.interactions.list({ ...query, limit: 10 });
    expect(page.interactions.map((one) => one.id)).toEqual(expected.map((id) => `main-${id}`));
    expect(page.next).toBeNull();
  });

  test('a cursor that is none', async () => {
    await expect(house.interactions.list({ cursor: 'x', limit: 10 })).rejects.toMatchObject({
      code: 'bad-input',
    });
  });
});

test('pages together are the list, also when many start in the same millisecond and more come meanwhile', async () => {
  const all = Array.from({ length: 25 }, (_, n) =>
    call(`main-${String(n).padStart(2, '0')}`, { startedAt: at(Math.floor(n / 7)) }),
  );
  await house.interactions.write(all);
  const seen: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await house.interactions.list({ agent: '1001', limit: 4, cursor: cursor ?? undefined });
    seen.push(...page.interactions.map((one) => one.id));
    cursor = page.next;
    await house.interactions.write([call(`new-${seen.length}`, { startedAt: at(59) })]);
  } while (cursor !== null);
  expect(seen).toEqual(all.map((one) => one.id).reverse());
});

describe('the contacts of a customer', () => {
  beforeEach(async () => {
    await house.interactions.write([
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
    const found = await house.interactions.recent({ customerId, numbers, limit });
    expect(found.map((one) => one.id)).toEqual(expected.map((id) => `main-${id}`));
  });

  test('a line that is theirs by the number alone names the others who have it; one that was said to be theirs does not', async () => {
    const office = '+74955550101';
    const asked: (readonly string[])[] = [];
    const shared = createInteractions({
      store: house.store,
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
    const [last, first] = await house.interactions.recent({
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

describe('a history that is longer than a page', () => {
  const whose = { customerId: 'c1', numbers: ['+74955550101'] };
  const hour = (n: number) => new Date(Date.parse(at(0)) + n * 3_600_000).toISOString();

  beforeEach(async () => {
    await house.interactions.write(
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
      const page = await house.interactions.timeline({ ...whose, limit: 20, cursor: cursor ?? undefined });
      expect(page.total).toBe(45);
      told.push(...page.interactions.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    expect(told).toEqual(Array.from({ length: 45 }, (_, n) => `main-${44 - n}`));
  });

  test('is counted without the call that goes on', async () => {
    const page = await house.interactions.timeline({ ...whose, limit: 20, except: 'main-44' });
    expect([page.total, page.interactions[0]?.id]).toEqual([44, 'main-43']);
  });

  test('says how often they were answered in a time, also more often than a page has lines', async () => {
    const found = await house.interactions.answered({
      ...whose,
      since: hour(1),
      until: hour(44),
      except: 'main-44',
    });
    expect([found?.contacts, found?.last.id]).toEqual([29, 'main-43']);
    expect(await house.interactions.answered({ ...whose, since: hour(45), until: hour(50) })).toBeNull();
  });

  test('a cursor that is none is refused', async () => {
    await expect(house.interactions.timeline({ ...whose, limit: 20, cursor: '?' })).rejects.toMatchObject({
      code: 'bad-input',
    });
  });
});
