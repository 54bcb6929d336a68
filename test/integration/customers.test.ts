import type { Customer, CustomerInput } from '@ringdesk/shared/customer';
import type { ImportReport } from '@ringdesk/shared/customer-import';
import { loadConfig } from '../../server/config/index.ts';
import { type Customers, createCustomers } from '../../server/features/customers/index.ts';
import { customerJobs } from '../../server/features/customers/jobs.ts';
import { Refusal } from '../../server/platform/errors.ts';
import { StoreJobs } from '../../server/platform/jobs/store-jobs.ts';
import type { Store } from '../../server/platform/store/index.ts';
import { createNumberReaders } from '../../server/telephony/link/index.ts';
import { eventually } from '../house/eventually.ts';
import { log, openTestStore } from './database.ts';

jest.setTimeout(60_000);

let store: Store;
let close: () => Promise<void>;
let customers: Customers;
let now = Date.parse('2026-01-01T00:00:00.000Z');

/** Each moment is a second after the one before. */
function tick(): Date {
  now += 1000;
  return new Date(now);
}

beforeAll(async () => {
  ({ store, close } = await openTestStore());
});
afterAll(() => close());

beforeEach(async () => {
  await store.connection.dropDatabase();
  customers = createCustomers({ store, region: 'RU', now: tick });
  await store.prepared();
});

function input(
  name: string,
  fields: Partial<Omit<CustomerInput, 'phones'>> & { phones?: string[] } = {},
): CustomerInput {
  const { phones = [], ...more } = fields;
  return {
    kind: 'person',
    company: null,
    emails: [],
    tier: 'standard',
    segment: null,
    tags: [],
    note: null,
    name,
    ...more,
    phones: phones.map((raw) => ({ raw, label: null })),
  };
}

test('a number is put on a customer once, and taken off, whatever else is changed of them meanwhile', async () => {
  const { id } = await customers.create(input('Петрова Алёна', { phones: ['8 (916) 555-01-42'] }));
  const number = '+74959550101';
  const [added] = await Promise.all([
    customers.addPhone(id, number),
    customers.update(id, input('Петрова Алёна', { phones: ['8 (916) 555-01-42'], tier: 'vip' })),
  ]);
  expect([added, await customers.addPhone(id, '+79165550142')]).toEqual([true, false]);
  await customers.removePhone(id, '+79990000000');
  await customers.removePhone(id, number);
  const { phones, tier } = (await customers.get(id)) ?? {};
  expect([phones?.map((phone) => phone.number), tier]).toEqual([['+79165550142'], 'vip']);
});

test('a customer is found by a number as the house dials it, with the digit for an outside line', async () => {
  const { id } = await customers.create(input('Петрова Алёна', { phones: ['8 (916) 555-01-42'] }));
  const house = loadConfig({ NUMBER_PREFIXES: '9' });
  const numberAt = createNumberReaders(house);
  const ofHouse = createCustomers({ store, region: 'RU', numberTyped: (text) => numberAt(text, null) });
  for (const text of ['989165550142', '9 8 916 555-01-42', '8 916 555-01-42', '+79165550142'])
    expect((await ofHouse.search(text, 10)).map((one) => one.id)).toEqual([id]);
});

test('a customer is kept as given, phones normalised and each once', async () => {
  const created = await customers.create(
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
  expect(await customers.get(created.id)).toEqual(created);
});

test('an update replaces the fields, and what the customer is found by', async () => {
  const created = await customers.create(input('Петрова', { phones: ['89161234567'] }));
  const updated = await customers.update(created.id, input('Иванова', { phones: ['84959550101'] }));
  expect(updated).toMatchObject({ id: created.id, createdAt: created.createdAt, name: 'Иванова' });
  expect(updated.updatedAt > created.updatedAt).toBe(true);
  expect(await customers.get(created.id)).toEqual(updated);
  expect(await customers.search('петрова', 10)).toEqual([]);
  expect(await customers.search('495 955', 10)).toEqual([updated]);
});

test('a phone that is none is refused by its place', async () => {
  await expect(customers.create(input('П', { phones: ['89161234567', '12345678'] }))).rejects.toMatchObject({
    code: 'bad-input',
    fields: [{ path: 'phones.1.raw' }],
  });
  expect(await customers.search('', 10)).toEqual([]);
});

test('nobody of this id', async () => {
  expect(await customers.get('none')).toBeNull();
  await expect(customers.update('none', input('П'))).rejects.toMatchObject({ code: 'not-found' });
});

describe('search', () => {
  const people = [
    input('Петрова Алёна Юрьевна', { phones: ['+79161234567'], emails: ['alyona@romashka.ru'] }),
    input('Петров Иван', { phones: ['+79031112233'] }),
    input('ООО «Ромашка»', { kind: 'company', phones: ['+74959550101', '+79161234567'] }),
    input('Smith (John)', { company: 'A.C.M.E. +Co' }),
  ];
  beforeEach(async () => {
    for (const person of people) await customers.create(person);
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
    expect((await customers.search(text, 10)).map((one) => one.name)).toEqual(expected);
  });

  test('nothing typed: those changed last', async () => {
    expect((await customers.search(' ', 2)).map((one) => one.name)).toEqual([
      'Smith (John)',
      'ООО «Ромашка»',
    ]);
  });

  test('no more than asked for', async () => {
    expect(await customers.search('петр', 1)).toHaveLength(1);
  });
});

test.each(['опт', 'оптовый', 'opt', 'северо', 'romashka', 'ромашками'])(
  'by a tag, in another form, in the other alphabet: %s',
  async (text) => {
    await customers.create(input('ООО «Северная Ромашка»', { tags: ['оптовик'] }));
    await customers.create(input('Южный пион'));
    const found = await customers.search(text, 10);
    expect(found.map(({ name }) => name)).toEqual(['ООО «Северная Ромашка»']);
  },
);

test('records with keys of older rules get new ones, and nothing else of them changes', async () => {
  const { id } = await customers.create(input('Ромашка', { tags: ['оптовик'] }));
  const collection = store.collection<{ _id: string }>('customers');
  await collection.updateOne(
    { _id: id },
    { $set: { searchKeys: ['ромашка'] }, $unset: { keysVersion: true } },
  );
  expect(await customers.search('опт', 10)).toEqual([]);
  const before = await customers.get(id);
  const jobs = new StoreJobs({ store, log, pollMs: 50 });
  customerJobs({ store, jobs });
  await store.prepared();
  await jobs.start();
  await eventually('it is found', async () =>
    (await customers.search('опт', 10)).length === 1 ? true : null,
  );
  await jobs.stop();
  expect(await customers.get(id)).toEqual(before);
});

describe('who is calling', () => {
  test('one, none, withheld', async () => {
    const anna = await customers.create(input('Анна', { phones: ['89161234567', '101'] }));
    const answers = await Promise.all([
      customers.identify('+79161234567', 'allowed'),
      customers.identify('8 916 123-45-67', 'allowed'),
      customers.identify('101', 'unavailable'),
      customers.identify('+79160000000', 'allowed'),
      customers.identify('garbled', 'allowed'),
      customers.identify(null, 'withheld'),
      customers.identify('+79161234567', 'withheld'),
    ]);
    const one = { kind: 'one', customer: anna };
    const [none, withheld] = [{ kind: 'none' }, { kind: 'withheld' }];
    expect(answers).toEqual([one, one, one, none, none, withheld, withheld]);
  });

  test('a foreign number that an earlier release made out of a customer`s is not the customer`s', async () => {
    const { id } = await customers.create(input('Анна', { phones: ['+989165550142'] }));
    const iran = () => customers.identify('+989165550142', 'allowed');
    expect(await iran()).toMatchObject({ kind: 'one' });
    const raw = { $set: { 'phones.0.raw': '989165550142' } };
    await store.collection<{ _id: string }>('customers').updateOne({ _id: id }, raw);
    expect(await iran()).toEqual({ kind: 'none' });
  });

  test.each(['Unknown', 'asterisk', 's', '0', 'dongle0', 'anonymous@anonymous.invalid', '12'])(
    'the number %s is nobody`s, and nobody is learned by it',
    async (number) => {
      const { id } = await customers.create(input('Анна', { phones: ['12', '89161234567'] }));
      await customers.learnPick({ number, customerId: id, by: '1001' });
      expect(await store.collection('numberPicks').countDocuments()).toBe(number === '12' ? 1 : 0);
    },
  );

  test('several: the latest pick for the number is offered first', async () => {
    const number = '+74959550101';
    const ids: string[] = [];
    for (const name of ['А', 'Б', 'В'])
      ids.push((await customers.create(input(name, { phones: [number] }))).id);
    const [a = '', b = '', c = ''] = ids;
    const offered = async () => {
      const answer = await customers.identify(number, 'allowed');
      return answer.kind === 'several'
        ? { ids: answer.candidates.map((one) => one.id), learned: answer.learned }
        : answer;
    };
    expect(await offered()).toEqual({ ids: [c, b, a], learned: null });
    await customers.learnPick({ number: '8 495 955-01-01', customerId: a, by: '1001' });
    expect(await offered()).toEqual({ ids: [a, c, b], learned: a });
    await customers.learnPick({ number, customerId: b, by: '1002' });
    expect(await offered()).toEqual({ ids: [b, c, a], learned: b });
  });
});

/** Imports a file, and waits until it is done. */
async function importCsv(bytes: Uint8Array, { dryRun }: { dryRun: boolean }): Promise<ImportReport> {
  const state = await customers.imports.start(bytes, { dryRun });
  while (state.state === 'running') await new Promise((resolve) => setImmediate(resolve));
  expect(state).toMatchObject({ state: 'done', error: null, lines: { done: state.lines.all } });
  return state.report;
}

describe('two who change one customer', () => {
  let read: Customer;
  beforeEach(async () => {
    read = await customers.create(input('Петрова', { phones: ['89161234567'] }));
  });

  test('the second one is told, and nothing of the first one is lost', async () => {
    const first = await customers.update(read.id, {
      ...input('Иванова', { phones: ['89161234567'] }),
      basedOn: read.updatedAt,
    });
    await expect(
      customers.update(read.id, { ...input('Петрова', { tier: 'vip' }), basedOn: read.updatedAt }),
    ).rejects.toMatchObject({ code: 'changed-meanwhile', status: 409 });
    expect(await customers.get(read.id)).toEqual(first);
    const { updatedAt } = first;
    expect(
      await customers.update(read.id, { ...input('Иванова', { tier: 'vip' }), basedOn: updatedAt }),
    ).toMatchObject({ tier: 'vip' });
  });

  test('of several at the same moment one is taken', async () => {
    const edits = ['А', 'Б', 'В', 'Г'].map((name) =>
      customers.update(read.id, { ...input(name), basedOn: read.updatedAt }),
    );
    const results = await Promise.allSettled(edits);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('who does not say what it is based on has the last word, and each word is a version of its own', async () => {
    const still = createCustomers({ store, region: 'RU', now: () => new Date(read.updatedAt) });
    const one = await still.update(read.id, input('А'));
    const other = await still.update(read.id, input('Б'));
    expect(new Set([read.updatedAt, one.updatedAt, other.updatedAt]).size).toBe(3);
    expect((await customers.get(read.id))?.name).toBe('Б');
  });
});

describe('import', () => {
  const file = new TextEncoder().encode(
    [
      'ФИО;Телефон;Телефон 2;E-mail;Уровень;Теги;Скидка',
      'Петрова Алёна;8 916 123-45-67;;a@b.ru;золото;опт,юг;5',
      '"Иванов; Пётр";84959550101;101;;;;',
      ';89160000000;;;;;',
      'Сидоров;телефон;;;;;',
      'Петрова Алёна;+79161234567;+79031112233;;;;',
    ].join('\r\n'),
  );
  const rejected = [
    { line: 4, field: 'name', code: 'no-name', params: {}, reason: 'has no name' },
    {
      line: 5,
      field: 'phone',
      code: 'bad-phone',
      params: { value: 'телефон' },
      reason: 'a phone is not a phone number',
    },
  ];

  test('a dry run tells all and changes nothing', async () => {
    const report = await importCsv(file, { dryRun: true });
    expect(report).toMatchObject({ dryRun: true, created: 2, updated: 1, unchanged: 0, rejected });
    expect(report.columns.at(-1)).toEqual({ header: 'Скидка', field: null, examples: ['5'] });
    expect(await customers.search('', 10)).toEqual([]);
  });

  test('the second time nothing changes', async () => {
    expect(await importCsv(file, { dryRun: false })).toMatchObject({
      created: 2,
      updated: 1,
      unchanged: 0,
      rejected,
    });
    const before = await customers.search('', 10);
    expect(before).toHaveLength(2);
    expect(await importCsv(file, { dryRun: false })).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 3,
      rejected,
    });
    expect(await customers.search('', 10)).toEqual(before);
    expect(await customers.search('петрова', 10)).toMatchObject([
      { tier: 'gold', tags: ['опт', 'юг'], phones: [{ number: '+79161234567' }, { number: '+79031112233' }] },
    ]);
  });

  test('it completes whom agents created', async () => {
    const { id } = await customers.create(
      input('петрова  АЛЕНА', { phones: ['89161234567'], tier: 'vip', note: 'звонить утром' }),
    );
    await importCsv(file, { dryRun: false });
    expect(await customers.get(id)).toMatchObject({
      name: 'петрова  АЛЕНА',
      tier: 'gold',
      note: 'звонить утром',
      emails: ['a@b.ru'],
    });
  });

  test('a file in windows-1251', async () => {
    const bytes = Buffer.concat([Buffer.from('name\n'), Uint8Array.of(0xc0, 0xed, 0xed, 0xe0)]);
    expect(await importCsv(bytes, { dryRun: false })).toMatchObject({ created: 1 });
    expect(await customers.search('анна', 10)).toMatchObject([{ name: 'Анна' }]);
  });

  test('more lines than one batch, some of them of one customer', async () => {
    const lines = Array.from(
      { length: 1200 },
      (_, at) => `Клиент ${at % 1000},8916${String(at % 1000).padStart(7, '0')}`,
    );
    const bytes = new TextEncoder().encode(`name,phone\n${lines.join('\n')}\n`);
    expect(await importCsv(bytes, { dryRun: false })).toMatchObject({
      created: 1000,
      unchanged: 200,
      rejected: [],
    });
    expect(await customers.identify('+79160000999', 'allowed')).toMatchObject({ kind: 'one' });
  });

  test('what an agent changes while the file is read is kept', async () => {
    const rows = Array.from({ length: 700 }, (_, at) => `Клиент ${at},8916${String(at).padStart(7, '0')}`);
    const fileOf = (tier: string) =>
      new TextEncoder().encode(`name,phone,tier\n${rows.map((row) => `${row},${tier}`).join('\n')}`);
    await importCsv(fileOf('standard'), { dryRun: false });
    const [last] = await customers.search('клиент 699', 1);
    if (last === undefined) throw new Error('not imported');
    const importing = customers.imports.start(fileOf('vip'), { dryRun: false });
    // Again and again, so that one of them falls between the look-up and the writing.
    let notes = 0;
    let ended = false;
    const writing = (async () => {
      for (let note = 1; !ended; note += 1) {
        const current = await customers.get(last.id);
        if (current === null) throw new Error('gone');
        const { updatedAt: basedOn, ...fields } = current;
        const kept = customers.update(last.id, { ...fields, note: `заметка ${note}`, basedOn });
        await kept.then(
          () => {
            notes = note;
          },
          () => null,
        );
      }
    })();
    const state = await importing;
    while (state.state === 'running') await new Promise((resolve) => setImmediate(resolve));
    ended = true;
    await writing;
    expect(state).toMatchObject({ error: null, report: { created: 0, updated: 700, unchanged: 0 } });
    expect(await customers.get(last.id)).toMatchObject({ tier: 'vip', note: `заметка ${notes}` });
  });

  test('a database that goes away breaks it off: the report tells what was done, and the second time the rest is', async () => {
    const lines = Array.from({ length: 2000 }, (_, at) => `Клиент ${at},8916${String(at).padStart(7, '0')}`);
    const bytes = new TextEncoder().encode(`name,phone\n${lines.join('\n')}`);
    let writes = 0;
    const failing: Store = {
      ...store,
      collection(name) {
        writes += 1;
        // After what was said of the columns: the third batch is looked up, twice, and not written any more.
        if (writes > 9) throw new Refusal('store-unavailable', 'The database is away.');
        return store.collection(name);
      },
    };
    const away = createCustomers({ store: failing, region: 'RU' });
    const state = await away.imports.start(bytes, { dryRun: false });
    while (state.state === 'running') await new Promise((resolve) => setImmediate(resolve));
    expect(state).toMatchObject({ state: 'failed', error: { code: 'store-unavailable' } });
    const { created } = state.report;
    expect(created).toBeGreaterThan(0);
    expect(await store.collection('customers').countDocuments({})).toBe(created);
    expect(await importCsv(bytes, { dryRun: false })).toMatchObject({
      created: 2000 - created,
      unchanged: created,
    });
  });

  test('what columns hold is said once, and known for the next such file, until it is to be forgotten', async () => {
    const list = (name: string) => new TextEncoder().encode(`Wer;Nr\n${name};89165550142`);
    const said = { columns: ['name', 'phone'] } as const;
    const first = await customers.imports.start(list('Анна'), { dryRun: false, columns: [...said.columns] });
    expect(first.report).toMatchObject({ created: 1, mapping: 'given' });
    const second = await customers.imports.start(list('Борис'), { dryRun: true });
    expect(second.report).toMatchObject({ created: 1, possibleDuplicates: 1, mapping: 'remembered' });
    expect(second.report.duplicates).toMatchObject([{ line: 2, name: 'Борис', other: { name: 'Анна' } }]);
    await expect(customers.imports.start(list('Вера'), { dryRun: true, columns: 'auto' })).rejects.toThrow(
      /Line 1/,
    );
    await expect(customers.imports.start(list('Вера'), { dryRun: true })).rejects.toThrow(/Line 1/);
  });

  test('rejected lines are there as they stand in the file', async () => {
    const { id } = await customers.imports.start(file, { dryRun: true });
    expect(customers.imports.rejected(id)).toMatchObject({
      headers: ['ФИО', 'Телефон', 'Телефон 2', 'E-mail', 'Уровень', 'Теги', 'Скидка'],
      lines: [
        { line: 4, code: 'no-name', cells: ['', '89160000000', '', '', '', '', ''] },
        { line: 5, code: 'bad-phone', cells: ['Сидоров', 'телефон', '', '', '', '', ''] },
      ],
    });
    expect(customers.imports.rejected('another')).toBeNull();
  });

  test('only so many rejected lines are listed; all are counted', async () => {
    const bytes = new TextEncoder().encode(`name,phone\n${'А,x\n'.repeat(1500)}`);
    const report = await importCsv(bytes, { dryRun: true });
    expect(report.rejectedLines).toBe(1500);
    expect(report.rejected).toHaveLength(1000);
  });

  test('one at a time; an import can be asked after, and the latest one without its id', async () => {
    expect(customers.imports.latest()).toBeNull();
    const starting = customers.imports.start(file, { dryRun: true });
    await expect(customers.imports.start(file, { dryRun: true })).rejects.toMatchObject({ code: 'conflict' });
    const { id } = await starting;
    expect(customers.imports.get(id)).toMatchObject({ state: 'done', dryRun: true, bytes: file.length });
    expect(customers.imports.latest()?.id).toBe(id);
    expect(customers.imports.get('another')).toBeNull();
    const broken = new TextEncoder().encode('a,b');
    await expect(customers.imports.start(broken, { dryRun: true })).rejects.toThrow();
    expect(await customers.imports.start(broken, { dryRun: true, byHand: true })).toMatchObject({
      state: 'failed',
      error: { code: 'bad-input' },
      report: { columns: [{ header: 'a' }, { header: 'b' }] },
    });
    expect((await customers.imports.start(file, { dryRun: true })).id).not.toBe(id);
  });

  test.each([
    ['a quote that is not closed', 'name,phone\nА,89161234567\n"Б,1\n', /line 3/],
    ['no column of names', 'a,b\n1,2\n', /Line 1 names no column/],
    ['an empty file', '', /empty/],
  ])('%s: one clear error, and nothing is imported', async (_, text, message) => {
    await expect(importCsv(new TextEncoder().encode(text), { dryRun: false })).rejects.toThrow(message);
    expect(await customers.search('', 10)).toEqual([]);
  });
});
