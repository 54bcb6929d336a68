import { toE164 } from '@ringdesk/shared/phone';
import { createInteractions } from '../../../server/features/interactions/index.ts';
import { renumber } from '../../../server/features/interactions/renumber.ts';
import { call, useInteractionsHouse } from './interactions-house.ts';

const house = useInteractionsHouse();

describe('what earlier releases took for a number', () => {
  const numbersOf = async (numbers: string[]) => {
    const found = await house.interactions.recent({ customerId: null, numbers, limit: 10 });
    return found.map(({ id }) => id);
  };

  test('is nobody`s: two who are both called Unknown have nothing in common', async () => {
    await house.interactions.write(
      ['Unknown', '0', 's'].map((number, n) => call(`main-${n}`, { number, numberRaw: number })),
    );
    expect(await numbersOf(['Unknown', '0', 's'])).toEqual([]);
  });

  test('is read anew: a number of another country that was made out of an outside line`s prefix is not told to those who have it', async () => {
    const read = (raw: string) => toE164(raw, { region: 'RU', prefixes: ['9'] });
    const reading = createInteractions({
      store: house.store,
      agentNames: async () => new Map(),
      toE164: read,
    });
    const made = { number: '+989165550142', numberRaw: '989165550142' };
    const real = { number: '+989165550142', numberRaw: '+989165550142' };
    await reading.write([call('main-1', made), call('main-2', real)]);
    await house.store.collection('interactions').updateMany({}, { $unset: { numbering: '' } });
    const found = await reading.recent({ customerId: null, numbers: ['+989165550142'], limit: 10 });
    expect(found.map(({ id }) => id)).toEqual(['main-2']);
    const page = await reading.timeline({ customerId: null, numbers: ['+989165550142'], limit: 10 });
    expect(page.total).toBe(1);
  });

  test('stands under the right number once the records are read anew, and other records stay as they are', async () => {
    const read = (raw: string) => toE164(raw, { region: 'RU', prefixes: ['9'] });
    const reading = createInteractions({
      store: house.store,
      agentNames: async () => new Map(),
      toE164: read,
    });
    await reading.write([
      call('main-1', { number: '+989165550142', numberRaw: '989165550142' }),
      call('main-2', { number: '+989165550142', numberRaw: '+989165550142' }),
      call('main-3', { number: null, numberRaw: null, presentation: 'withheld' }),
      call('main-4', { number: 'Unknown', numberRaw: 'Unknown' }),
    ]);
    await house.store.collection('interactions').updateMany({}, { $unset: { numbering: '' } });
    await reading.write([call('main-5', { number: '+74950000001', numberRaw: '112' })]);
    await renumber(house.store, read, new AbortController().signal);
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
    const reading = createInteractions({
      store: house.store,
      agentNames: async () => new Map(),
      toE164: read,
    });
    await reading.write([call('main-1', { number: '+79165550142', numberRaw: '989165550142' })]);
    for (const number of ['+79165550142', '8 (916) 555-01-42', '989165550142', 'sip:79165550142@10.0.0.1'])
      expect((await reading.list({ number, limit: 10 })).interactions.map(({ id }) => id)).toEqual([
        'main-1',
      ]);
  });
});
