import { loadConfig } from '../../../server/config/index.ts';
import { createCustomers } from '../../../server/features/customers/index.ts';
import { customerJobs } from '../../../server/features/customers/jobs.ts';
import { StoreJobs } from '../../../server/platform/jobs/store-jobs.ts';
import { createNumberReaders } from '../../../server/telephony/link/index.ts';
import { eventually } from '../../house/eventually.ts';
import { log } from '../database.ts';
import { input, useCustomersHouse } from './customers-house.ts';

jest.setTimeout(60_000);

const house = useCustomersHouse();

test('a customer is found by a number as the house dials it, with the digit for an outside line', async () => {
  const { id } = await house.customers.create(input('Петрова Алёна', { phones: ['8 (916) 555-01-42'] }));
  const config = loadConfig({ NUMBER_PREFIXES: '9' });
  const numberAt = createNumberReaders(config);
  const ofHouse = createCustomers({
    store: house.store,
    region: 'RU',
    numberTyped: (text) => numberAt(text, null),
  });
  for (const text of ['989165550142', '9 8 916 555-01-42', '8 916 555-01-42', '+79165550142'])
    expect((await ofHouse.search(text, 10)).map((one) => one.id)).toEqual([id]);
});

describe('search', () => {
  const people = [
    input('Петрова Алёна Юрьевна', { phones: ['+79161234567'], emails: ['alyona@romashka.ru'] }),
    input('Петров Иван', { phones: ['+79031112233'] }),
    input('ООО «Ромашка»', { kind: 'company', phones: ['+74959550101', '+79161234567'] }),
    input('Smith (John)', { company: 'A.C.M.E. +Co' }),
  ];
  beforeEach(async () => {
    for (const person of people) await house.customers.create(person);
  });

  test.each([
    ['петр', ['Петров Иван', 'Петрова Алёна Юрьевна']],
    ['АЛЕНА ПЕТРОВА', ['Петрова Алёна Юрьевна']],
    ['иван петров', ['Петров Иван']],
    ['8 (916) 123', ['ООО «Ромашка»', 'Петрова Алёна Юрьевна']],
    ['+7 903 111-22-33', ['Петров Иван']],
    ['0101', ['ООО «Ромашка»']],
    ['петрова 4567', ['Петрова Алёна Юрьевна']],
    ['alyona@rom', ['Петрова Алёна Юрьевна']],
    ['john (smith', ['Smith (John)']],
    ['.*', []],
    ['^п', ['Петров Иван', 'Петрова Алёна Юрьевна']],
    ['никто', []],
    ['999999', []],
  ])('«%s»', async (text, expected) => {
    expect((await house.customers.search(text, 10)).map((one) => one.name)).toEqual(expected);
  });

  test('nothing typed: those changed last', async () => {
    expect((await house.customers.search(' ', 2)).map((one) => one.name)).toEqual([
      'Smith (John)',
      'ООО «Ромашка»',
    ]);
  });

  test('no more than asked for', async () => {
    expect(await house.customers.search('петр', 1)).toHaveLength(1);
  });
});

test.each(['опт', 'оптовый', 'opt', 'северо', 'romashka', 'ромашками'])(
  'by a tag, in another form, in the other alphabet: %s',
  async (text) => {
    await house.customers.create(input('ООО «Северная Ромашка»', { tags: ['оптовик'] }));
    await house.customers.create(input('Южный пион'));
    const found = await house.customers.search(text, 10);
    expect(found.map(({ name }) => name)).toEqual(['ООО «Северная Ромашка»']);
  },
);

test('records with keys of older rules get new ones, and nothing else of them changes', async () => {
  const { id } = await house.customers.create(input('Ромашка', { tags: ['оптовик'] }));
  const collection = house.store.collection<{ _id: string }>('customers');
  await collection.updateOne(
    { _id: id },
    { $set: { searchKeys: ['ромашка'] }, $unset: { keysVersion: true } },
  );
  expect(await house.customers.search('опт', 10)).toEqual([]);
  const before = await house.customers.get(id);
  const jobs = new StoreJobs({ store: house.store, log, pollMs: 50 });
  customerJobs({ store: house.store, jobs });
  await house.store.prepared();
  await jobs.start();
  await eventually('it is found', async () =>
    (await house.customers.search('опт', 10)).length === 1 ? true : null,
  );
  await jobs.stop();
  expect(await house.customers.get(id)).toEqual(before);
});
