import type { Page } from 'playwright-core';
import { eventually } from '../house/eventually.ts';
import { card, cardIn, inState, wrapUp } from './card.ts';
import { type Office, openOffice } from './office.ts';

/** What agents do with calls and with their own state, in step with the PBX. */

jest.setTimeout(90_000);

let office: Office;
let anna: Page;
let elena: Page;
let problems: string[];

beforeAll(async () => {
  office = await openOffice([{ name: 'Пётр Щукин', phone: '+7 916 200-00-02', company: 'ООО «Ёлка»' }]);
  ({ page: anna, problems } = await office.sits('anna'));
  ({ page: elena } = await office.sits('elena', { locale: 'ru-RU' }));
  for (const page of [anna, elena]) await inState(page, 'available');
});
afterAll(() => office?.close());
afterEach(() => expect(problems).toEqual([]));

const pausedFor = (reason: string | null) =>
  eventually(`a pause for ${reason}`, async () => (office.exchange.pauseOf('1001') === reason ? true : null));

/** Anna talks with the customer. */
async function talk(): Promise<{ hangsUp(): void }> {
  const caller = office.exchange.callComesIn('2000', { number: '79162000002' });
  await cardIn(anna, 'ringing');
  await office.exchange.answers('1001');
  await cardIn(anna, 'talking');
  return caller;
}

test('a break pauses the phone with its reason, a pause at the PBX is a break, and the wrap-up is one too', async () => {
  const state = anna.getByTestId('state-control');
  await state.click();
  await anna.getByTestId('break-lunch').click();
  await inState(anna, 'break');
  await pausedFor('lunch');
  expect(await state.textContent()).toContain('Lunch');
  await anna.keyboard.press('Alt+1');
  await inState(anna, 'available');
  await pausedFor(null);

  office.exchange.pauses('1001', 'meeting');
  await state.filter({ hasText: 'Meeting' }).waitFor();
  await inState(anna, 'break');
  office.exchange.pauses('1001', null);
  await inState(anna, 'available');

  const caller = await talk();
  await inState(anna, 'on-call');
  caller.hangsUp();
  await inState(anna, 'wrap-up');
  await pausedFor('wrap-up');
  await wrapUp(anna);
  await pausedFor(null);
  await inState(anna, 'available');
});

test('a click on a customer`s number rings the own phone, calls the number, and is a call as any other', async () => {
  await anna.getByRole('link', { name: 'Customers' }).click();
  const row = anna.getByTestId('customer-row').filter({ hasText: 'Пётр Щукин' });
  await row.getByRole('button', { name: /916 200-00-02/ }).click();
  await anna.getByText('Pick up your phone, and the number is called.').waitFor();
  await office.exchange.answers('1001');
  await anna.getByRole('link', { name: 'Calls', exact: true }).click();
  await cardIn(anna, 'talking');
  expect(await anna.getByTestId('card-name').textContent()).toBe('Пётр Щукин');
  expect(office.exchange.calledOutside.at(-1)).toMatch(/79162000002$/);
  await anna.getByTestId('hang-up').click();
  await wrapUp(anna);
});

test('a colleague who calls can be declined as any caller', async () => {
  office.exchange.dials('1005', '1001');
  await cardIn(anna, 'ringing');
  expect(await anna.getByTestId('card-name').textContent()).toBe('Elena Weiß');
  await anna.getByText('Answer on your phone').waitFor();
  await anna.getByRole('button', { name: /^Decline/ }).click();
  for (const page of [anna, elena]) await page.getByTestId('idle').waitFor();
});

test('a call given to a colleague takes along its card, and what was written on it', async () => {
  const caller = await talk();
  await anna.getByTestId('note').fill('Спрашивает про счёт за март');
  await anna.getByTestId('transfer').click();
  await anna.getByTestId('transfer-to').fill('elena');
  await anna.getByTestId('target-1005').waitFor();
  await anna.getByTestId('transfer-blind').click();

  await cardIn(elena, 'ringing');
  const from = elena.getByTestId('transferred-from');
  await from.filter({ hasText: 'Спрашивает про счёт за март' }).waitFor();
  expect(await from.textContent()).toContain('Перевод от: Анна Петрова');
  expect(await elena.getByTestId('card-name').textContent()).toBe('Пётр Щукин');
  await wrapUp(anna, 'handed-over');
  await office.exchange.answers('1005');
  await cardIn(elena, 'talking');
  caller.hangsUp();
  await wrapUp(elena);
});

test('a colleague is asked first: taken back once, then connected', async () => {
  const caller = await talk();
  await anna.getByTestId('note').fill('Нужен мастер');
  const ask = async () => {
    await anna.keyboard.press('Alt+t');
    await anna.getByTestId('transfer-to').fill('1005');
    await anna.getByTestId('target-1005').waitFor();
    await anna.keyboard.press('Enter');
    await anna.getByTestId('consulting').filter({ hasText: 'Elena Weiß' }).waitFor();
    await cardIn(elena, 'ringing');
    await elena.getByText('Консультация: клиент ждёт').waitFor();
    await office.exchange.answers('1005');
    await cardIn(elena, 'talking');
  };
  await ask();
  await anna.getByTestId('consult-cancel').click();
  await anna.getByTestId('consulting').waitFor({ state: 'detached' });
  await elena.getByTestId('idle').waitFor();
  await cardIn(anna, 'talking');

  await ask();
  await anna.getByTestId('consult-complete').click();
  await cardIn(anna, 'wrap-up');
  await elena.getByTestId('transferred-from').filter({ hasText: 'Нужен мастер' }).waitFor();
  expect(await card(elena).getAttribute('data-phase')).toBe('talking');
  expect(await elena.getByTestId('card-name').textContent()).toBe('Пётр Щукин');
  await wrapUp(anna, 'handed-over');
  caller.hangsUp();
  await wrapUp(elena);
});

test('a colleague calls: every tab of the called one shows who it is, nobody else`s does, and no form is left', async () => {
  const { page: secondTab } = await office.sits('anna');
  const call = office.exchange.dials('1005', '1001');
  for (const page of [anna, secondTab]) {
    await cardIn(page, 'ringing');
    await card(page).getByTestId('card-name').filter({ hasText: 'Elena Weiß' }).waitFor();
    expect(await card(page).getByTestId('card-number').getAttribute('data-number')).toBe('1005');
    expect(await card(page).textContent()).toContain('Internal');
  }
  await inState(anna, 'ringing');
  await inState(elena, 'on-call');
  expect(await elena.getByTestId('card').count()).toBe(0);

  await office.exchange.answers('1001');
  for (const page of [anna, secondTab]) await cardIn(page, 'talking');
  await inState(anna, 'on-call');
  expect(await anna.getByTestId('wrapup-save').count()).toBe(0);

  call.hangsUp();
  for (const page of [anna, secondTab]) await page.getByTestId('idle').waitFor();
  for (const page of [anna, elena]) await inState(page, 'available');
  expect(office.exchange.pauseOf('1001')).toBeNull();
  await secondTab.close();
});

test('a colleague who gives up, or is not answered, leaves nothing to write about', async () => {
  const call = office.exchange.dials('1005', '1001');
  await cardIn(anna, 'ringing');
  call.hangsUp();
  await anna.getByTestId('idle').waitFor();
  for (const page of [anna, elena]) await inState(page, 'available');
});
