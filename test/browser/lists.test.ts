import type { Page } from 'playwright-core';
import { type Office, openOffice } from './office.ts';

/** The table that every list is: order, columns, kept views, keys, as many rows as there are. */

jest.setTimeout(120_000);

let office: Office;
const names = Array.from({ length: 60 }, (_, n) => `Клиент ${n + 1}`);

beforeAll(async () => {
  office = await openOffice(
    names.map((name, n) => ({
      name,
      phone: `+7 916 300-00-${String(n).padStart(2, '0')}`,
      ...(n < 3 && { company: 'ООО «Ёлка»' }),
    })),
  );
});
afterAll(() => office?.close());

async function opens(page: Page, path = '/customers'): Promise<void> {
  await page.goto(path);
  await page.getByTestId('customer-row').first().waitFor();
}

/** The names in the first three rows, as they are read. */
async function firstNames(page: Page): Promise<string[]> {
  const cells = await page.getByTestId('customer-row').locator('td:first-child').allTextContents();
  return cells.slice(0, 3).map((name) => name.trim());
}

test('a heading sorts up and down, numbers in names by their size, and the address keeps it', async () => {
  const { page, problems } = await office.sits('vera');
  await opens(page);
  const heading = page.getByRole('columnheader', { name: 'Name' });
  await heading.getByRole('button').click();
  expect(await firstNames(page)).toEqual(['Клиент 1', 'Клиент 2', 'Клиент 3']);
  await heading.getByRole('button').click();
  expect(await heading.getAttribute('aria-sort')).toBe('descending');
  expect(await firstNames(page)).toEqual(['Клиент 60', 'Клиент 59', 'Клиент 58']);
  expect(new URL(page.url()).search).toBe('?sort=-name');
  await page.reload();
  await page.getByTestId('customer-row').first().waitFor();
  expect(await firstNames(page)).toEqual(['Клиент 60', 'Клиент 59', 'Клиент 58']);
  // Whoever has no company comes last, both ways.
  await page.getByRole('columnheader', { name: 'Company' }).getByRole('button').click();
  await page.getByRole('columnheader', { name: 'Company' }).getByRole('button').click();
  expect((await firstNames(page)).toSorted()).toEqual(['Клиент 1', 'Клиент 2', 'Клиент 3']);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('only the rows in sight are drawn, and keys alone reach the first, the last, and a customer', async () => {
  const { page, problems } = await office.sits('vera');
  await opens(page, '/customers?sort=name');
  expect(await page.getByTestId('customer-row').count()).toBeLessThan(50);
  await page.getByTestId('customer-row').first().getByRole('link').focus();
  await page.keyboard.press('ArrowDown');
  await page.locator('a:focus', { hasText: 'Клиент 2' }).waitFor();
  await page.keyboard.press('End');
  await page.locator('a:focus', { hasText: 'Клиент 60' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.locator('a:focus', { hasText: 'Клиент 59' }).waitFor();
  await page.keyboard.press('Home');
  await page.locator('a:focus', { hasText: 'Клиент 1' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByTestId('profile-name').getByText('Клиент 2').waitFor();
  expect(problems).toEqual([]);
  await page.context().close();
});

test('a view keeps columns, order and filters by a name, over a reload, for its own user', async () => {
  const { page, problems } = await office.sits('vera', { locale: 'ru-RU' });
  await opens(page, '/customers?sort=-name');
  await page.getByTestId('table-columns').click();
  await page.getByRole('checkbox', { name: 'Метки' }).uncheck();
  await page.keyboard.press('Escape');
  await page.getByRole('columnheader', { name: 'Метки' }).waitFor({ state: 'detached' });
  await page.getByTestId('table-views').click();
  await page.getByTestId('view-name').fill('С конца');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Исходный вид' }).click();
  await page.getByRole('columnheader', { name: 'Метки' }).waitFor();
  expect(new URL(page.url()).search).toBe('');
  await page.reload();
  await page.getByTestId('table-views').click();
  await page.getByRole('button', { name: 'С конца', exact: true }).click();
  await page.getByRole('columnheader', { name: 'Метки' }).waitFor({ state: 'detached' });
  expect(await firstNames(page)).toEqual(['Клиент 60', 'Клиент 59', 'Клиент 58']);
  await page.getByTestId('user-menu').click();
  await page.getByTestId('logout').click();
  await page.getByTestId('login-form').waitFor();
  await page.getByLabel('Логин').fill('maria');
  await page.getByLabel('Пароль').fill('a long enough password');
  await page.getByTestId('login-submit').click();
  await page.getByTestId('table-views').click();
  expect(await page.getByRole('button', { name: 'С конца', exact: true }).count()).toBe(0);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('a filter that finds nobody says so, and is taken away at once', async () => {
  const { page, problems } = await office.sits('vera');
  await opens(page);
  await page.getByTestId('customer-search').fill('Nobody at all');
  await page.getByText('Nobody found').or(page.getByText('Nothing found')).first().waitFor();
  await page.getByTestId('filter-clear').click();
  await page.getByTestId('customer-row').first().waitFor();
  expect(await page.getByTestId('customer-search').inputValue()).toBe('');
  expect(problems).toEqual([]);
  await page.context().close();
});

test('on a phone each row is a card, and a press anywhere on it opens the customer', async () => {
  const { page, problems } = await office.sits('vera', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await opens(page, '/customers?sort=name');
  const row = page.getByTestId('customer-row').first();
  const box = await row.boundingBox();
  await page.touchscreen.tap((box?.x ?? 0) + (box?.width ?? 0) - 10, (box?.y ?? 0) + (box?.height ?? 0) / 2);
  await page.getByTestId('profile-name').getByText('Клиент 1').waitFor();
  expect(problems).toEqual([]);
  await page.context().close();
});
