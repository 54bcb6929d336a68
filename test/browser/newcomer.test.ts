import type { Browser } from 'playwright-core';
import { type House, openHouse } from '../house/house.ts';
import type { Server } from '../house/server.ts';
import { digitsChoose } from './card.ts';
import { device, launch } from './chromium.ts';

/** Who starts Ringdesk for the first time: no PBX, no database, no setting. */

jest.setTimeout(120_000);

let house: House;
let server: Server;
let browser: Browser;

beforeAll(async () => {
  house = await openHouse();
  server = await house.start();
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

test('logs in with one click, a call of a known customer pops within ten seconds, is wrapped up, and is there after a restart', async () => {
  const { page, problems } = await device(browser, server.url);
  await page.goto('/');
  await page.getByTestId('demo-anna').click();
  const card = page.getByTestId('card');
  await card.waitFor({ timeout: 10_000 });
  const name = (await card.getByTestId('card-name').textContent()) ?? '';
  const number = (await card.getByTestId('card-number').textContent()) ?? '';
  expect(name).toMatch(/\p{L}{2}/u);
  expect(number).toMatch(/\d{2}/);

  // The simulated phone is taken by itself; then the call is ended from the page, and the form filled by keys alone.
  await page.getByTestId('hang-up').waitFor();
  await page.getByText(/^Talking/).waitFor();
  await page.keyboard.press('Alt+h');
  await page.getByText(/^Wrap-up \d/).waitFor();
  await digitsChoose(page);
  await page.keyboard.press('1');
  await page.keyboard.press('Alt+n');
  await page.keyboard.type('Wants the invoice by Friday');
  await page.keyboard.press('Control+Enter');
  await page.getByTestId('idle').waitFor();

  await server.stop();
  server = await house.start();
  await page.goto(`${server.url}/customers`);
  // The session outlasts the restart; cookies know no ports.
  await page.getByTestId('customer-search').fill(number);
  // By number: in this house two customers have the same name.
  await page.getByTestId('customer-row').filter({ hasText: number }).getByText(name).click();
  const contact = page.getByTestId('timeline-item').filter({ hasText: 'Wants the invoice by Friday' });
  await contact.waitFor();
  expect(await contact.textContent()).toContain('Resolved');
  expect(problems).toEqual([]);
});
