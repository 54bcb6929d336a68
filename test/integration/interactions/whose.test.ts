import type { Interaction } from '@ringdesk/shared/interaction';
import { aCustomer } from '../../../server/features/desk/testing/call.ts';
import { createCustomerCorrection } from '../../../server/features/interactions/correct-customer.ts';
import { Refusal } from '../../../server/platform/errors.ts';
import { at, call, useInteractionsHouse } from './interactions-house.ts';

const house = useInteractionsHouse();

/** What is done to customers when a contact goes to another one. */
function corrections() {
  const [learned, removed, told]: [unknown[], unknown[], string[]] = [[], [], []];
  const correct = createCustomerCorrection({
    customers: {
      get: async (id) => (id === 'gone' ? null : aCustomer(id)),
      learnPick: async (pick) => void learned.push(pick),
      removePhone: async (...asked) => void removed.push(asked),
    },
    interactions: house.interactions,
    onChanged: ({ id }) => told.push(id),
  });
  return { correct, learned, removed, told };
}

async function contactOf(id: string): Promise<Interaction> {
  const found = await house.interactions.get(id);
  if (found === null) throw new Error('the contact is gone');
  return found;
}

test('a contact goes to another customer: the record, what is learned of the number, and who said so', async () => {
  await house.interactions.write([call('main-1')]);
  await house.interactions.setCustomer('main-1', 'wrong', '1001');
  const { correct, learned, removed, told } = corrections();
  const contact = () => contactOf('main-1');
  await expect(correct(await contact(), 'gone', '1002')).rejects.toMatchObject({ code: 'not-found' });
  await correct(await contact(), 'right', '1002');
  expect((await contact()).customerId).toBe('right');
  expect(learned).toEqual([{ number: '+74955550101', customerId: 'right', by: '1002' }]);
  expect(told).toEqual(['wrong', 'right']);
  expect(removed).toEqual([]);
  const kept = await house.store.collection('interactions').findOne({});
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
    await house.interactions.write([
      call('main-1'),
      call('main-2', { startedAt: at(9), customerId: 'wrong' }),
    ]);
    await house.interactions.setCustomer('main-1', 'wrong', '1001', number);
  });

  test.each(['main-1', 'main-2'])('is taken off days later, when %s is corrected, once', async (id) => {
    const { correct, removed } = corrections();
    expect(await correct(await contactOf(id), 'right', '1002')).toEqual({ numberTaken: number });
    expect(removed).toEqual([['wrong', number]]);
    await house.interactions.setCustomer(id, 'wrong', '1001');
    expect(await correct(await contactOf(id), 'right', '1002')).toEqual({ numberTaken: null });
    expect(removed).toHaveLength(1);
  });

  test('stays where it came in another way, and when it was the same customer all the time', async () => {
    const { correct, removed } = corrections();
    await correct(await contactOf('main-2'), 'wrong', '1002');
    await house.interactions.setCustomer('main-1', 'other', '1001');
    await correct(await contactOf('main-1'), 'right', '1002');
    expect(removed).toEqual([]);
  });

  test('is taken off by the second try when the first one was cut off', async () => {
    const { correct, removed } = corrections();
    const cut = createCustomerCorrection({
      customers: { get: async (id) => aCustomer(id), learnPick: async () => {}, removePhone: async () => {} },
      interactions: {
        ...house.interactions,
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
