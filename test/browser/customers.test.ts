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
  await page.getByRole('link', { name, exact: true }).click();
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
  const { body } = await vera.get('/api/customers?q=щукин');
  expect(body).toMatchObject({
    customers: [{ name: 'Пётр Иванович Щукин', note: 'Звонить утром', tier: 'gold' }],
  });
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
