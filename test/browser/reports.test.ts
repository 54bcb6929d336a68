import type { Page } from 'playwright-core';
import { type Office, openOffice } from './office.ts';

/** The reports, as a supervisor reads them: numbers, and the contacts behind one. */

jest.setTimeout(120_000);

let office: Office;

const past = (hoursAgo: number, agent: string) => ({
  hoursAgo,
  agent,
  queue: 'sales',
  talkMs: 65_000,
  disposition: 'resolved',
  reason: 'billing/invoice',
  note: null,
});

beforeAll(async () => {
  office = await openOffice([
    {
      name: 'Пётр Щукин',
      phone: '+7 916 200-00-02',
      past: [past(30, '1001'), past(20, '1001'), past(10, '1002')],
    },
    { name: 'Олег Рябов', phone: '+7 916 200-00-03', past: [past(40, '1001')] },
  ]);
});
afterAll(() => office?.close());

const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
const week = `period=${day(7)}..${day(-1)}`;
const row = (page: Page, text: string) => page.getByTestId('report-row').filter({ hasText: text });

test('a number is as many contacts as it says, and they can be looked at', async () => {
  const { page, problems } = await office.sits('vera', { locale: 'ru-RU' });
  await page.goto(`/reports/agents?${week}`);
  const handled = row(page, 'Анна Петрова').getByTestId('cell-handled');
  await handled.getByText('3', { exact: true }).waitFor();
  await handled.click();
  await page.getByTestId('cell-contacts').getByText('3 обращения').waitFor();
  expect(await page.getByTestId('cell-contacts').getByRole('listitem').count()).toBe(3);
  await page.keyboard.press('Escape');
  await page.getByTestId('cell-contacts').waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
  await page.context().close();
});

test('who came again is told of who answered before, and the time asked for stands in the address', async () => {
  const { page, problems } = await office.sits('vera');
  await page.goto(`/reports/repeat-contacts?${week}`);
  await row(page, 'Анна Петрова').waitFor();
  expect(await row(page, 'All together').textContent()).toContain('50%');
  await page.getByTestId('repeats-window').selectOption('1');
  await page.waitForURL(/window=1/);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('an agent has no reports, nor a way to them', async () => {
  const { page } = await office.sits('anna');
  await page.getByTestId('user-menu').waitFor();
  expect(await page.getByRole('link', { name: 'Reports' }).count()).toBe(0);
  await page.context().close();
});
