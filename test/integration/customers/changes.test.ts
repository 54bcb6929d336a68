import type { Customer } from '@ringdesk/shared/customer';
import { createCustomers } from '../../../server/features/customers/index.ts';
import { input, useCustomersHouse } from './customers-house.ts';

jest.setTimeout(60_000);

const house = useCustomersHouse();

test('a number is put on a customer once, and taken off, whatever else is changed of them meanwhile', async () => {
  const { id } = await house.customers.create(input('Петрова Алёна', { phones: ['8 (916) 555-01-42'] }));
  const number = '+74959550101';
  const [added] = await Promise.all([
    house.customers.addPhone(id, number),
    house.customers.update(id, input('Петрова Алёна', { phones: ['8 (916) 555-01-42'], tier: 'vip' })),
  ]);
  expect([added, await house.customers.addPhone(id, '+79165550142')]).toEqual([true, false]);
  await house.customers.removePhone(id, '+79990000000');
  await house.customers.removePhone(id, number);
  const { phones, tier } = (await house.customers.get(id)) ?? {};
  expect([phones?.map((phone) => phone.number), tier]).toEqual([['+79165550142'], 'vip']);
});

test('a customer is kept as given, phones normalised and each once', async () => {
  const created = await house.customers.create(
    input('Петрова Алёна', {
      phones: ['8 (916) 123-45-67', '+7 916 123 45 67', '101'],
      emails: ['A@B.ru'],
      company: '',
    }),
  );
  expect(created).toMatchObject({
    name: 'Петрова Алёна',
    company: null,
    emails: ['a@b.ru'],
    phones: [
      { number: '+79161234567', raw: '8 (916) 123-45-67', label: null },
      { number: '101', raw: '101', label: null },
    ],
  });
  expect(await house.customers.get(created.id)).toEqual(created);
});

test('an update replaces the fields, and what the customer is found by', async () => {
  const created = await house.customers.create(input('Петрова', { phones: ['89161234567'] }));
  const updated = await house.customers.update(created.id, input('Иванова', { phones: ['84959550101'] }));
  expect(updated).toMatchObject({ id: created.id, createdAt: created.createdAt, name: 'Иванова' });
  expect(updated.updatedAt > created.updatedAt).toBe(true);
  expect(await house.customers.get(created.id)).toEqual(updated);
  expect(await house.customers.search('петрова', 10)).toEqual([]);
  expect(await house.customers.search('495 955', 10)).toEqual([updated]);
});

test('a phone that is none is refused by its place', async () => {
  await expect(
    house.customers.create(input('П', { phones: ['89161234567', '12345678'] })),
  ).rejects.toMatchObject({
    code: 'bad-input',
    fields: [{ path: 'phones.1.raw' }],
  });
  expect(await house.customers.search('', 10)).toEqual([]);
});

test('nobody of this id', async () => {
  expect(await house.customers.get('none')).toBeNull();
  await expect(house.customers.update('none', input('П'))).rejects.toMatchObject({ code: 'not-found' });
});

describe('two who change one customer', () => {
  let read: Customer;
  beforeEach(async () => {
    read = await house.customers.create(input('Петрова', { phones: ['89161234567'] }));
  });

  test('the second one is told, and nothing of the first one is lost', async () => {
    const first = await house.customers.update(read.id, {
      ...input('Иванова', { phones: ['89161234567'] }),
      basedOn: read.updatedAt,
    });
    await expect(
      house.customers.update(read.id, { ...input('Петрова', { tier: 'vip' }), basedOn: read.updatedAt }),
    ).rejects.toMatchObject({ code: 'changed-meanwhile', status: 409 });
    expect(await house.customers.get(read.id)).toEqual(first);
    const { updatedAt } = first;
    expect(
      await house.customers.update(read.id, { ...input('Иванова', { tier: 'vip' }), basedOn: updatedAt }),
    ).toMatchObject({ tier: 'vip' });
  });

  test('of several at the same moment one is taken', async () => {
    const edits = ['А', 'Б', 'В', 'Г'].map((name) =>
      house.customers.update(read.id, { ...input(name), basedOn: read.updatedAt }),
    );
    const results = await Promise.allSettled(edits);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('who does not say what it is based on has the last word, and each word is a version of its own', async () => {
    const still = createCustomers({ store: house.store, region: 'RU', now: () => new Date(read.updatedAt) });
    const one = await still.update(read.id, input('А'));
    const other = await still.update(read.id, input('Б'));
    expect(new Set([read.updatedAt, one.updatedAt, other.updatedAt]).size).toBe(3);
    expect((await house.customers.get(read.id))?.name).toBe('Б');
  });
});
