import type { Page } from 'playwright-core';
import { type Office, openOffice } from './office.ts';
import type { PastCall } from './past.ts';

/** A customer's history: longer than a page, with contacts that are another's, and with contacts of which nobody said whose they are. */

jest.setTimeout(120_000);

const past = (hoursAgo: number, more: Partial<PastCall> = {}): PastCall => ({
  hoursAgo,
  agent: '1001',
  queue: 'sales',
  talkMs: 65_000,
  disposition: 'resolved',
  reason: 'billing/invoice',
  note: null,
  ...more,
});

let office: Office;

beforeAll(async () => {
  office = await openOffice([
    {
      name: 'Пётр Щукин',
      phone: '+7 916 200-00-02',
      past: [
        past(1, { note: 'Муж Марии звонил с её телефона' }),
        past(2, { unsaid: true, note: 'Не представился' }),
        ...Array.from({ length: 101 }, (_, n) => past(n + 3)),
      ],
    },
    { name: 'Мария Щукина', phone: '+7 916 200-00-02' },
    { name: 'Олег Рябов', phone: '+7 916 200-00-03' },
  ]);
});
afterAll(() => office?.close());

async function opensProfile(page: Page, name: string): Promise<void> {
  await page.goto('/customers');
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByTestId('profile-name').getByText(name).waitFor();
}

const lines = (page: Page) => page.getByTestId('timeline-item');

test('it is shown page by page, says how much of it is there, and comes to its end', async () => {
  const { page, problems } = await office.sits('vera', { locale: 'ru-RU' });
  await opensProfile(page, 'Пётр Щукин');
  await page.getByText('50 из 103').waitFor();
  for (const shown of ['100 из 103', null]) {
    await page.getByTestId('timeline-more').click();
    if (shown !== null) await page.getByText(shown).waitFor();
  }
  await page.getByTestId('timeline-more').waitFor({ state: 'detached' });
  expect(await lines(page).count()).toBe(103);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('a contact of which nobody said whose it was names who else has the number, in both histories, and opens', async () => {
  // An agent who took none of these calls.
  const { page, problems } = await office.sits('elena');
  for (const [name, other] of [
    ['Пётр Щукин', 'Мария Щукина'],
    ['Мария Щукина', 'Пётр Щукин'],
  ] as const) {
    await opensProfile(page, name);
    const unsaid = lines(page).filter({ hasText: 'Не представился' });
    await unsaid.getByText(`${other} has this number too`).waitFor();
    expect(await page.getByTestId('timeline-shared').count()).toBe(1);
    await unsaid.getByRole('button').first().click();
    await unsaid.getByTestId('correct-customer').waitFor();
  }
  expect(problems).toEqual([]);
  await page.context().close();
});

test('a contact that was another customer`s is given to them, by keys alone', async () => {
  const { page, problems } = await office.sits('anna', { locale: 'ru-RU' });
  await opensProfile(page, 'Пётр Щукин');
  const wrong = lines(page).filter({ hasText: 'Муж Марии' });
  await wrong.getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  await wrong.getByTestId('correct-customer').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('рябов');
  await wrong.getByRole('option', { name: /Олег Рябов/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Обращение перенесено к другому клиенту.').waitFor();
  await wrong.waitFor({ state: 'detached' });
  await opensProfile(page, 'Олег Рябов');
  await lines(page).filter({ hasText: 'Муж Марии' }).waitFor();
  expect(await lines(page).count()).toBe(1);
  expect(problems).toEqual([]);
  await page.context().close();
});
