import type { Page } from 'playwright-core';
import { cardIn, inState } from './card.ts';
import { type Office, openOffice } from './office.ts';

/** Small and dark screens, and the pages of who does more, or less, than take calls. */

jest.setTimeout(90_000);

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

let office: Office;

beforeAll(async () => {
  office = await openOffice([
    {
      name: 'Общество с ограниченной ответственностью «Северо-Западная пароходная компания»',
      phone: '+7 916 200-00-02',
      note: 'Просит звонить после 18:00, договор продлён до конца года.',
      past: [
        {
          hoursAgo: 5,
          agent: '1005',
          queue: 'support',
          talkMs: 200_000,
          disposition: 'follow-up',
          reason: 'support/fault',
          note: 'Очень-длинное-слово-без-единого-пробела-которое-не-помещается-в-строку-узкого-экрана',
        },
      ],
    },
  ]);
});
afterAll(() => office?.close());

/** What hangs over the right edge of a screen 390 px wide, or can be moved sideways within itself. */
const overTheEdge = (page: Page) =>
  page.evaluate<string[]>(`[...document.querySelectorAll('body *')]
    .filter((one) => {
      const { right, width, height } = one.getBoundingClientRect();
      const moves = ['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth;
      return width > 1 && height > 1 && (moves || right > 390.5);
    })
    .map((one) => one.outerHTML.slice(0, 120))`);

test('on a phone 390 px wide a call is taken, written up and saved, and nothing hangs over the edge', async () => {
  const { page, problems } = await office.sits('anna', { ...phone, locale: 'ru-RU' });
  await inState(page, 'available');
  expect(await overTheEdge(page)).toEqual([]);
  const caller = office.exchange.callComesIn('2000', { number: '79162000002', name: 'SEVERO-ZAPADNAYA' });
  await cardIn(page, 'ringing');
  await page.getByTestId('timeline-item').waitFor();
  expect(await overTheEdge(page)).toEqual([]);
  await office.exchange.answers('1001');
  await cardIn(page, 'talking');

  await page.getByTestId('transfer').tap();
  await page.getByTestId('target-1005').waitFor();
  expect(await overTheEdge(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByTestId('transfer-dialog').waitFor({ state: 'detached' });

  await page.getByTestId('disposition-follow-up').tap();
  await page.getByTestId('reason').tap();
  await page.getByTestId('reason-billing/invoice').tap();
  await page.getByTestId('note').fill('Перезвонить в среду');
  expect(await overTheEdge(page)).toEqual([]);
  await page.getByTestId('timeline-item').getByRole('button').tap();
  await page.getByText('Оператор Elena Weiß').or(page.getByText('Оператор 1005')).first().waitFor();
  expect(await overTheEdge(page)).toEqual([]);
  caller.hangsUp();
  await cardIn(page, 'wrap-up');
  await page.getByTestId('wrapup-save').tap();
  await page.getByTestId('idle').waitFor();

  await page.getByRole('link', { name: 'Клиенты' }).tap();
  await page.getByTestId('customer-row').waitFor();
  expect(await overTheEdge(page)).toEqual([]);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('who has a dark system gets a dark page', async () => {
  const { page } = await office.sits('anna', { colorScheme: 'dark' });
  await inState(page, 'available');
  const [background, ink] = await Promise.all(
    ['background-color', 'color'].map((what) =>
      page.evaluate<string>(`getComputedStyle(document.body).getPropertyValue('${what}')`),
    ),
  );
  expect(lightness(background)).toBeLessThan(50);
  expect(lightness(ink)).toBeGreaterThan(180);
  await page.context().close();
});

/** The mean of the three colours, 0 to 255. */
function lightness(colour = ''): number {
  const parts = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return parts.reduce((sum, part) => sum + part, 0) / 3;
}

test('a supervisor brings customers in by a file, and is told which line was not taken and why', async () => {
  const { page, problems } = await office.sits('vera', { locale: 'ru-RU' });
  await page.getByRole('link', { name: 'Импорт' }).click();
  const csv = [
    'ФИО;Телефон;Компания;Уровень',
    'Дарья Соколова;8 916 300-00-01;ООО «Вектор»;gold',
    'Олег Журавлёв;не телефон;;',
    'Zofia Wiśniewska;+48 601 200 300;;vip',
  ].join('\r\n');
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  const report = page.getByTestId('import-report');
  await report.getByRole('cell', { name: '«не телефон» не похоже на номер телефона' }).waitFor();
  expect(await report.getByRole('row').nth(1).getByRole('cell').first().textContent()).toBe('3');
  await page.getByTestId('import-run').click();
  await report.getByRole('heading', { name: 'Импорт выполнен' }).waitFor();
  await page.getByRole('link', { name: 'Клиенты' }).click();
  for (const name of ['Дарья Соколова', 'Zofia Wiśniewska'])
    await page.getByTestId('customer-row').filter({ hasText: name }).waitFor();
  expect(await page.getByText('Олег Журавлёв').count()).toBe(0);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('an agent has no import, neither as a page nor as a request', async () => {
  const { page } = await office.sits('elena');
  expect(await page.getByRole('link', { name: 'Import' }).count()).toBe(0);
  await page.goto('/import');
  await page.getByText('There is no such page').waitFor();
  await page.context().close();
  const elena = await office.asks('elena');
  expect((await elena.send('POST', '/api/customers/import', 'name\nX')).status).toBe(403);
});

test('a manager takes no calls: lands at the reports, has no desk, hears of changes, and nothing fails', async () => {
  const { page, problems } = await office.sits('maria');
  const failed: string[] = [];
  page.on('response', (answer) => {
    if (answer.status() >= 400) failed.push(`${answer.status()} ${answer.url()}`);
  });
  page.on('websocket', (socket) => socket.on('socketerror', () => failed.push(socket.url())));
  await page.reload();
  await page.getByRole('img', { name: 'Connected to the server' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/reports/queues');
  await page.waitForFunction("document.title === 'Reports · Ringdesk'");
  await page.getByRole('link', { name: 'Customers' }).click();
  await page.getByTestId('customer-row').filter({ hasText: 'Северо-Западная' }).getByRole('link').click();
  await page.getByTestId('timeline-item').first().waitFor();
  expect(await page.getByRole('link', { name: 'Calls' }).count()).toBe(0);
  expect(await page.getByTestId('state-control').count()).toBe(0);
  expect(await page.getByRole('button', { name: /^Call/ }).count()).toBe(0);
  expect(failed).toEqual([]);
  expect(problems).toEqual([]);
  await page.context().close();
});
