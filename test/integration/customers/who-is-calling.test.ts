import { input, useCustomersHouse } from './customers-house.ts';

jest.setTimeout(60_000);

const house = useCustomersHouse();

describe('who is calling', () => {
  test('one, none, withheld', async () => {
    const anna = await house.customers.create(input('Анна', { phones: ['89161234567', '101'] }));
    const answers = await Promise.all([
      house.customers.identify('+79161234567', 'allowed'),
      house.customers.identify('8 916 123-45-67', 'allowed'),
      house.customers.identify('101', 'unavailable'),
      house.customers.identify('+79160000000', 'allowed'),
      house.customers.identify('garbled', 'allowed'),
      house.customers.identify(null, 'withheld'),
      house.customers.identify('+79161234567', 'withheld'),
    ]);
    const one = { kind: 'one', customer: anna };
    const [none, withheld] = [{ kind: 'none' }, { kind: 'withheld' }];
    expect(answers).toEqual([one, one, one, none, none, withheld, withheld]);
  });

  test('a foreign number that an earlier release made out of a customer`s is not the customer`s', async () => {
    const { id } = await house.customers.create(input('Анна', { phones: ['+989165550142'] }));
    const iran = () => house.customers.identify('+989165550142', 'allowed');
    expect(await iran()).toMatchObject({ kind: 'one' });
    const raw = { $set: { 'phones.0.raw': '989165550142' } };
    await house.store.collection<{ _id: string }>('customers').updateOne({ _id: id }, raw);
    expect(await iran()).toEqual({ kind: 'none' });
  });

  test.each(['Unknown', 'asterisk', 's', '0', 'dongle0', 'anonymous@anonymous.invalid', '12'])(
    'the number %s is nobody`s, and nobody is learned by it',
    async (number) => {
      const { id } = await house.customers.create(input('Анна', { phones: ['12', '89161234567'] }));
      await house.customers.learnPick({ number, customerId: id, by: '1001' });
      expect(await house.store.collection('numberPicks').countDocuments()).toBe(number === '12' ? 1 : 0);
    },
  );

  test('several: the latest pick for the number is offered first', async () => {
    const number = '+74959550101';
    const ids: string[] = [];
    for (const name of ['А', 'Б', 'В'])
      ids.push((await house.customers.create(input(name, { phones: [number] }))).id);
    const [a = '', b = '', c = ''] = ids;
    const offered = async () => {
      const answer = await house.customers.identify(number, 'allowed');
      return answer.kind === 'several'
        ? { ids: answer.candidates.map((one) => one.id), learned: answer.learned }
        : answer;
    };
    expect(await offered()).toEqual({ ids: [c, b, a], learned: null });
    await house.customers.learnPick({ number: '8 495 955-01-01', customerId: a, by: '1001' });
    expect(await offered()).toEqual({ ids: [a, c, b], learned: a });
    await house.customers.learnPick({ number, customerId: b, by: '1002' });
    expect(await offered()).toEqual({ ids: [b, c, a], learned: b });
  });
});

test('who has a number is told for several numbers at once, and one that nobody has is nobody`s', async () => {
  const office = '+74955550101';
  const anna = await house.customers.create(input('Анна', { phones: [office, '89161234567'] }));
  const oleg = await house.customers.create(input('Олег', { phones: [office] }));
  const found = await house.customers.withNumbers([office, '+79161234567', '+79160000000']);
  const names = [...found].map(([number, owners]) => [number, owners.map(({ id }) => id).sort()]);
  expect(names).toEqual([
    [office, [anna.id, oleg.id].sort()],
    ['+79161234567', [anna.id]],
    ['+79160000000', []],
  ]);
});
