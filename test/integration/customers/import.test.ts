import type { ImportReport, ImportState } from '@ringdesk/shared/customer-import';
import { createCustomers } from '../../../server/features/customers/index.ts';
import { Refusal } from '../../../server/platform/errors.ts';
import type { Store } from '../../../server/platform/store/index.ts';
import { input, useCustomersHouse } from './customers-house.ts';

jest.setTimeout(60_000);

const house = useCustomersHouse();

/** Waits until an import has ended, however it did. */
async function ended(starting: Promise<ImportState>): Promise<ImportState> {
  const state = await starting;
  while (state.state === 'running') await new Promise((resolve) => setTimeout(resolve, 20));
  return state;
}

async function importCsv(bytes: Uint8Array, { dryRun }: { dryRun: boolean }): Promise<ImportReport> {
  const state = await ended(house.customers.imports.start(bytes, { dryRun }));
  expect(state).toMatchObject({ state: 'done', error: null, lines: { done: state.lines.all } });
  return state.report;
}

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
  expect(await house.customers.search('', 10)).toEqual([]);
});

test('the second time nothing changes', async () => {
  expect(await importCsv(file, { dryRun: false })).toMatchObject({
    created: 2,
    updated: 1,
    unchanged: 0,
    rejected,
  });
  const before = await house.customers.search('', 10);
  expect(before).toHaveLength(2);
  expect(await importCsv(file, { dryRun: false })).toMatchObject({
    created: 0,
    updated: 0,
    unchanged: 3,
    rejected,
  });
  expect(await house.customers.search('', 10)).toEqual(before);
  expect(await house.customers.search('петрова', 10)).toMatchObject([
    { tier: 'gold', tags: ['опт', 'юг'], phones: [{ number: '+79161234567' }, { number: '+79031112233' }] },
  ]);
});

test('it completes whom agents created', async () => {
  const { id } = await house.customers.create(
    input('петрова  АЛЕНА', { phones: ['89161234567'], tier: 'vip', note: 'звонить утром' }),
  );
  await importCsv(file, { dryRun: false });
  expect(await house.customers.get(id)).toMatchObject({
    name: 'петрова  АЛЕНА',
    tier: 'gold',
    note: 'звонить утром',
    emails: ['a@b.ru'],
  });
});

test('a file in windows-1251', async () => {
  const bytes = Buffer.concat([Buffer.from('name\n'), Uint8Array.of(0xc0, 0xed, 0xed, 0xe0)]);
  expect(await importCsv(bytes, { dryRun: false })).toMatchObject({ created: 1 });
  expect(await house.customers.search('анна', 10)).toMatchObject([{ name: 'Анна' }]);
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
  expect(await house.customers.identify('+79160000999', 'allowed')).toMatchObject({ kind: 'one' });
});

test('what an agent changes while the file is read is kept', async () => {
  const rows = Array.from({ length: 700 }, (_, at) => `Клиент ${at},8916${String(at).padStart(7, '0')}`);
  const fileOf = (tier: string) =>
    new TextEncoder().encode(`name,phone,tier\n${rows.map((row) => `${row},${tier}`).join('\n')}`);
  await importCsv(fileOf('standard'), { dryRun: false });
  const [last] = await house.customers.search('клиент 699', 1);
  if (last === undefined) throw new Error('not imported');
  const importing = house.customers.imports.start(fileOf('vip'), { dryRun: false });
  // Again and again, so that one of them falls between the look-up and the writing.
  let notes = 0;
  let ended = false;
  const writing = (async () => {
    for (let note = 1; !ended; note += 1) {
      const current = await house.customers.get(last.id);
      if (current === null) throw new Error('gone');
      const { updatedAt: basedOn, ...fields } = current;
      const kept = house.customers.update(last.id, { ...fields, note: `заметка ${note}`, basedOn });
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
  expect(await house.customers.get(last.id)).toMatchObject({ tier: 'vip', note: `заметка ${notes}` });
});

test('a database that goes away breaks it off: the report tells what was done, and the second time the rest is', async () => {
  const lines = Array.from({ length: 2000 }, (_, at) => `Клиент ${at},8916${String(at).padStart(7, '0')}`);
  const bytes = new TextEncoder().encode(`name,phone\n${lines.join('\n')}`);
  let writes = 0;
  const failing: Store = {
    ...house.store,
    collection(name) {
      writes += 1;
      // After what was said of the columns: the third batch is looked up, twice, and not written any more.
      if (writes > 9) throw new Refusal('store-unavailable', 'The database is away.');
      return house.store.collection(name);
    },
  };
  const away = createCustomers({ store: failing, region: 'RU' });
  const state = await away.imports.start(bytes, { dryRun: false });
  while (state.state === 'running') await new Promise((resolve) => setImmediate(resolve));
  expect(state).toMatchObject({ state: 'failed', error: { code: 'store-unavailable' } });
  const { created } = state.report;
  expect(created).toBeGreaterThan(0);
  expect(await house.store.collection('customers').countDocuments({})).toBe(created);
  expect(await importCsv(bytes, { dryRun: false })).toMatchObject({
    created: 2000 - created,
    unchanged: created,
  });
});

test('what columns hold is said once, and known for the next such file, until it is to be forgotten', async () => {
  const list = (name: string) => new TextEncoder().encode(`Wer;Nr\n${name};89165550142`);
  const said = { columns: ['name', 'phone'] } as const;
  const first = await ended(
    house.customers.imports.start(list('Анна'), {
      dryRun: false,
      columns: [...said.columns],
    }),
  );
  expect(first.report).toMatchObject({ created: 1, mapping: 'given' });
  const second = await ended(house.customers.imports.start(list('Борис'), { dryRun: true }));
  expect(second.report).toMatchObject({ created: 1, possibleDuplicates: 1, mapping: 'remembered' });
  expect(second.report.duplicates).toMatchObject([{ line: 2, name: 'Борис', other: { name: 'Анна' } }]);
  await expect(
    house.customers.imports.start(list('Вера'), { dryRun: true, columns: 'auto' }),
  ).rejects.toThrow(/Line 1/);
  await expect(house.customers.imports.start(list('Вера'), { dryRun: true })).rejects.toThrow(/Line 1/);
});

test('rejected lines are there as they stand in the file', async () => {
  const { id } = await ended(house.customers.imports.start(file, { dryRun: true }));
  expect(house.customers.imports.rejected(id)).toMatchObject({
    headers: ['ФИО', 'Телефон', 'Телефон 2', 'E-mail', 'Уровень', 'Теги', 'Скидка'],
    lines: [
      { line: 4, code: 'no-name', cells: ['', '89160000000', '', '', '', '', ''] },
      { line: 5, code: 'bad-phone', cells: ['Сидоров', 'телефон', '', '', '', '', ''] },
    ],
  });
  expect(house.customers.imports.rejected('another')).toBeNull();
});

test('only so many rejected lines are listed; all are counted', async () => {
  const bytes = new TextEncoder().encode(`name,phone\n${'А,x\n'.repeat(1500)}`);
  const report = await importCsv(bytes, { dryRun: true });
  expect(report.rejectedLines).toBe(1500);
  expect(report.rejected).toHaveLength(1000);
});

test('one at a time; an import can be asked after, and the latest one without its id', async () => {
  expect(house.customers.imports.latest()).toBeNull();
  const starting = house.customers.imports.start(file, { dryRun: true });
  await expect(house.customers.imports.start(file, { dryRun: true })).rejects.toMatchObject({
    code: 'conflict',
  });
  const { id } = await ended(starting);
  expect(house.customers.imports.get(id)).toMatchObject({ state: 'done', dryRun: true, bytes: file.length });
  expect(house.customers.imports.latest()?.id).toBe(id);
  expect(house.customers.imports.get('another')).toBeNull();
  const broken = new TextEncoder().encode('a,b');
  await expect(house.customers.imports.start(broken, { dryRun: true })).rejects.toThrow();
  expect(await ended(house.customers.imports.start(broken, { dryRun: true, byHand: true }))).toMatchObject({
    state: 'failed',
    error: { code: 'bad-input' },
    report: { columns: [{ header: 'a' }, { header: 'b' }] },
  });
  expect((await ended(house.customers.imports.start(file, { dryRun: true }))).id).not.toBe(id);
});

test.each([
  ['a quote that is not closed', 'name,phone\nА,89161234567\n"Б,1\n', /line 3/],
  ['no column of names', 'a,b\n1,2\n', /Line 1 names no column/],
  ['an empty file', '', /empty/],
])('%s: one clear error, and nothing is imported', async (_, text, message) => {
  await expect(importCsv(new TextEncoder().encode(text), { dryRun: false })).rejects.toThrow(message);
  expect(await house.customers.search('', 10)).toEqual([]);
});

test.each([
  ['+52 1 55 1234 5678', '+525512345678'],
  ['5215512345678', '+525512345678'],
  ['044 55 1234 5678', '+525512345678'],
])('an address book of Mexico that has %s is known when that customer calls', async (written, number) => {
  const mexico = createCustomers({ store: house.store, region: 'MX' });
  const list = new TextEncoder().encode(`Nombre,Teléfono\nPaco,${written}\n`);
  const { report } = await ended(mexico.imports.start(list, { dryRun: false }));
  expect(report).toMatchObject({ created: 1, rejectedLines: 0 });
  expect(await mexico.identify(number, 'allowed')).toMatchObject({ kind: 'one', customer: { name: 'Paco' } });
});
