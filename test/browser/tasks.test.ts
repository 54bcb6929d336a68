import type { Page } from 'playwright-core';
import { cardIn, inState } from './card.ts';
import { type Office, openOffice } from './office.ts';

/** Tasks on the page: a list, on a customer, on a call; what a colleague does is seen at once, and a bell says when it is time. */

jest.setTimeout(120_000);

let office: Office;

beforeAll(async () => {
  office = await openOffice([{ name: 'Пётр Щукин', phone: '+7 916 200-00-02' }]);
});
afterAll(() => office?.close());

const row = (page: Page, title: string) => page.getByTestId('task-row').filter({ hasText: title });

async function writes(page: Page, title: string): Promise<void> {
  await page.getByTestId('task-title').fill(title);
  await page.getByTestId('task-save').click();
  await page.getByTestId('task-form').waitFor({ state: 'detached' });
}

test('a task is written by a command, changed, done, and found among the done ones', async () => {
  const { page, problems } = await office.sits('anna');
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette').locator('input:focus').waitFor();
  await page.keyboard.type('new task');
  await page.getByRole('option', { name: 'New task' }).click();
  await page.getByTestId('task-title').waitFor();
  await page.getByTestId('task-save').click();
  await page.getByText('Fill this in').waitFor();
  await writes(page, 'Send the quotation');
  await row(page, 'Send the quotation').getByRole('button').click();
  await writes(page, 'Send the contract');
  await row(page, 'Send the contract').getByTestId('task-done').check();
  await row(page, 'Send the contract').waitFor({ state: 'detached' });
  await page.getByTestId('task-state').selectOption('done');
  await row(page, 'Send the contract').waitFor();
  expect(new URL(page.url()).search).toBe('?state=done');
  expect(problems).toEqual([]);
  await page.context().close();
});

test('a supervisor gives a task, and it is on the page of its owner at once; two who change it lose nothing', async () => {
  const anna = await office.sits('anna');
  const vera = await office.sits('vera', { locale: 'ru-RU' });
  await anna.page.goto('/tasks');
  await vera.page.goto('/tasks?whose=team');
  await vera.page.getByTestId('task-new').click();
  await vera.page.getByTestId('task-owner').selectOption({ label: 'Анна Петрова' });
  await writes(vera.page, 'Проверить счёт');
  await row(anna.page, 'Проверить счёт').waitFor();

  await row(anna.page, 'Проверить счёт').getByRole('button').click();
  await row(vera.page, 'Проверить счёт').getByRole('button').click();
  await vera.page.getByTestId('task-title').waitFor();
  await anna.page.getByTestId('task-title').waitFor();
  await writes(vera.page, 'Проверить оба счёта');
  await anna.page.getByRole('textbox', { name: 'Note' }).fill('За март');
  await anna.page.getByTestId('task-save').click();
  const conflict = anna.page.getByTestId('changed-meanwhile');
  await conflict.locator('[data-field="title"]').getByText('Проверить оба счёта').waitFor();
  await anna.page.getByTestId('conflict-mine').click();
  await anna.page.getByTestId('task-form').waitFor({ state: 'detached' });
  await row(vera.page, 'Проверить оба счёта').filter({ hasText: 'За март' }).waitFor();
  for (const { page, problems } of [anna, vera]) {
    expect(problems).toEqual([]);
    await page.context().close();
  }
});

test('a task comes from a call and from a customer, and stands at that customer until it is done', async () => {
  const { page, problems } = await office.sits('anna');
  await inState(page, 'available');
  const caller = office.exchange.callComesIn('2000', { number: '79162000002', name: '' });
  await cardIn(page, 'ringing');
  await office.exchange.answers('1001');
  await cardIn(page, 'talking');
  await page.getByTestId('card').getByTestId('task-add').click();
  await writes(page, 'Call Shchukin back');
  await page.getByTestId('card').getByTestId('task-panel').getByText('Call Shchukin back').waitFor();
  caller.hangsUp();
  await cardIn(page, 'wrap-up');
  await page.getByTestId('wrapup-save').click();
  await page.goto('/customers');
  await page.getByRole('link', { name: 'Пётр Щукин' }).click();
  const panel = page.getByTestId('task-panel');
  await panel.getByText('Call Shchukin back').waitFor();
  await panel.getByTestId('task-add').click();
  await writes(page, 'Send the price list');
  await panel.getByRole('checkbox', { name: 'Done: Call Shchukin back' }).check();
  await panel.getByText('Call Shchukin back').waitFor({ state: 'detached' });
  await panel.getByText('Send the price list').waitFor();
  expect(problems).toEqual([]);
  await page.context().close();
});

test('when a task is due the bell says so, by keys alone one comes to it, and it is counted in the navigation', async () => {
  const { page, problems } = await office.sits('elena');
  await page.getByTestId('notices').waitFor();
  const elena = await office.asks('elena');
  const dueAt = new Date(Date.now() + 1_000).toISOString();
  expect((await elena.send('POST', '/api/tasks', { title: 'Close the ticket', dueAt })).status).toBe(201);
  await page.getByRole('alert').filter({ hasText: 'It is time: Close the ticket' }).waitFor();
  await page.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor();
  await page.keyboard.press('Alt+b');
  await page.getByTestId('notice').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await row(page, 'Close the ticket').getByText('overdue').waitFor();
  await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  await page.reload();
  await page.getByRole('link', { name: 'Tasks' }).and(page.locator('[aria-description="1 waits"]')).waitFor();
  expect(problems).toEqual([]);
  await page.context().close();
});
