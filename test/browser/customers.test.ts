import type { Page } from 'playwright-core';
import { eventually } from '../house/eventually.ts';
import { type Office, openOffice } from './office.ts';

/** Customers are written by many: two people at one customer, and a file with thousands. */

jest.setTimeout(120_000);

let office: Office;

beforeAll(async () => {
  office = await openOffice([{ name: 'Пётр Щукин', phone: '+7 916 200-00-02', note: 'Оптовик' }]);
});
afterAll(() => office?.close());

/** Opens the form about the customer of this name. */
async function edits(page: Page, name: string): Promise<void> {
  await page.goto('/customers');
  // The link says the tier, too.
  await page.getByRole('link', { name }).click();
  await page.getByTestId('customer-edit').click();
  await page.getByTestId('customer-form').waitFor();
}

const save = (page: Page) => page.getByTestId('customer-save').click();
const closed = (page: Page) => page.getByTestId('customer-form').waitFor({ state: 'detached' });

test('two change one customer: the second sees what the first did, and puts only the own fields over it', async () => {
  const anna = await office.sits('anna', { locale: 'ru-RU' });
  const elena = await office.sits('elena');
  await edits(anna.page, 'Пётр Щукин');
  await edits(elena.page, 'Пётр Щукин');
  await elena.page.getByTestId('customer-name').fill('Пётр Иванович Щукин');
  await elena.page.getByRole('textbox', { name: 'Note' }).fill('Розница');
  await save(elena.page);
  await closed(elena.page);

  await anna.page.getByRole('textbox', { name: 'Примечание' }).fill('Звонить утром');
  await anna.page.getByText('Золото', { exact: true }).click();
  await save(anna.page);
  const conflict = anna.page.getByTestId('customer-conflict');
  await conflict.getByText('Тем временем этого клиента изменил кто-то другой').waitFor();
  const note = (await conflict.locator('[data-field="note"]').textContent()) ?? '';
  for (const text of ['Оптовик', 'Розница', 'Звонить утром']) expect(note).toContain(text);
  expect(await conflict.locator('[data-field="name"]').textContent()).toContain('Пётр Иванович Щукин');
  expect(await conflict.locator('[data-field="tier"]').count()).toBe(0);
  await anna.page.getByTestId('conflict-mine').click();
  await closed(anna.page);

  const vera = await office.asks('vera');
  const [found] = ((await vera.get('/api/customers?q=щукин')).body as { customers: { id: string }[] })
    .customers;
  const { body } = await vera.get(`/api/customers/${found?.id}`);
  expect(body).toMatchObject({ name: 'Пётр Иванович Щукин', note: 'Звонить утром', tier: 'gold' });
  for (const { page, problems } of [anna, elena]) {
    expect(problems).toEqual([]);
    await page.context().close();
  }
});

test('or takes theirs, and goes on from there', async () => {
  const anna = await office.sits('anna');
  await edits(anna.page, 'Пётр Иванович Щукин');
  const vera = await office.asks('vera');
  const [customer] = ((await vera.get('/api/customers?q=щукин')).body as { customers: { id: string }[] })
    .customers;
  const sent = await vera.send('PUT', `/api/customers/${customer?.id}`, { name: 'П. И. Щукин' });
  expect(sent.status).toBe(200);
  await anna.page.getByTestId('customer-name').fill('Щукин');
  await save(anna.page);
  await anna.page.getByTestId('conflict-theirs').click();
  expect(await anna.page.getByTestId('customer-name').inputValue()).toBe('П. И. Щукин');
  await anna.page.getByTestId('customer-name').fill('П. И. Щукин-младший');
  await save(anna.page);
  await closed(anna.page);
  expect(await anna.page.getByTestId('profile-name').textContent()).toBe('П. И. Щукин-младший');
  expect(anna.problems).toEqual([]);
  await anna.page.context().close();
});

test('a long import shows how far it is, goes on without a connection, and its report is there after a reload', async () => {
  const { page, problems } = await office.sits('vera');
  await page.goto('/import');
  const lines = Array.from({ length: 12_000 }, (_, n) => `Customer ${n},8917${String(n).padStart(7, '0')}`);
  const buffer = Buffer.from(`name,phone\n${lines.join('\n')}`);
  await page.locator('input[type="file"]').setInputFiles({ name: 'many.csv', mimeType: 'text/csv', buffer });
  const run = page.getByTestId('import-run');
  await run.waitFor();
  await run.click();
  const progress = page.getByTestId('import-progress');
  await progress.getByText(/of 12,000 lines/).waitFor();
  await page.context().setOffline(true);
  await progress.getByText('No connection at the moment').waitFor();
  const vera = await office.asks('vera');
  await eventually('the import is done', async () => {
    const { latest } = (await vera.get('/api/customers/import')).body as { latest: { state: string } };
    return latest.state === 'done' ? true : null;
  });
  await page.context().setOffline(false);
  const report = page.getByTestId('import-report');
  await report.getByRole('heading', { name: 'The import is done' }).waitFor();
  await page.reload();
  await report.getByRole('heading', { name: 'The import is done' }).waitFor();
  expect(await report.textContent()).toContain('12,000');
  expect(problems).toEqual([]);
  await page.context().close();
});

/** Chooses a file of these lines on the import page. */
const choose = (page: Page, name: string, text: string) =>
  page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const count = (page: Page, what: string) =>
  page.getByTestId('import-report').locator(`[data-count="${what}"] dd`).textContent();

test('columns with unknown names are set by hand, checked again, and remembered for the next such file', async () => {
  const { page, problems } = await office.sits('vera');
  await page.goto('/import');
  const file = 'Wer;Rufnummer;Rang\nДарья Орлова;89165550170;A\nЛев Орлов;8916;B\n';
  await choose(page, 'list.csv', file);
  await page.getByText("No column holds the customer's name").waitFor();
  const columns = page.getByTestId('import-columns');
  await columns.getByText('Дарья Орлова · Лев Орлов').waitFor();
  expect(await page.getByTestId('import-run').count()).toBe(0);
  await columns.getByLabel('What the column “Wer” holds').selectOption('name');
  await columns.getByLabel('What the column “Rufnummer” holds').selectOption('phone');
  await page.getByTestId('import-check').click();
  await page.getByTestId('import-rejected').getByText('“8916”: too few digits').waitFor();
  expect(await count(page, 'created')).toBe('1');
  await page.getByTestId('import-run').click();
  await page.getByRole('heading', { name: 'The import is done' }).waitFor();

  const downloading = page.waitForEvent('download');
  await page.getByTestId('import-download').click();
  const stream = await (await downloading).createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  expect(Buffer.concat(parts).toString()).toMatch(
    /^\ufeffsep=;\r\nWer;Rufnummer;Rang;Why rejected\r\nЛев Орлов;8916;B;/,
  );

  await page.getByTestId('import-customers').click();
  await page.getByRole('link', { name: 'Дарья Орлова' }).waitFor();
  await page.goto('/import');
  await choose(page, 'next.csv', 'Wer;Rufnummer;Rang\nВера Орлова;89165550171;A\n');
  await page.getByText('The columns are read as they were set last time').waitFor();
  expect(await count(page, 'created')).toBe('1');
  expect(problems).toEqual([]);
  await page.context().close();
});

test('who has the number of somebody of another name is added, and told as a possible duplicate', async () => {
  const { page, problems } = await office.sits('vera', { locale: 'ru-RU' });
  await page.goto('/import');
  await choose(page, 'list.csv', 'ФИО;Телефон;Почта\nАлла Орлова;8 916 555-01-70, нет;a@b.ru\n');
  await page.getByTestId('import-duplicates').getByRole('link', { name: 'Дарья Орлова' }).waitFor();
  expect([
    await count(page, 'created'),
    await count(page, 'possibleDuplicates'),
    await count(page, 'droppedCells'),
  ]).toEqual(['1', '1', '1']);
  await page.getByTestId('import-dropped').getByText('«нет» не похоже на номер телефона').waitFor();
  expect(problems).toEqual([]);
  await page.context().close();
});
