import type { Page } from 'playwright-core';
import { eventually } from '../house/eventually.ts';
import { cardIn, digitsChoose, inState, wrapUp } from './card.ts';
import { type Office, openOffice, password } from './office.ts';

/** What is typed into a card is never lost: not by a reload, not by a cut line, not by a server that dies. And all of it by keys alone. */

jest.setTimeout(90_000);

let office: Office;
let anna: Page;
let problems: string[];

beforeAll(async () => {
  office = await openOffice([{ name: 'Пётр Щукин', phone: '+7 916 200-00-02' }]);
  ({ page: anna, problems } = await office.sits('anna'));
  await inState(anna, 'available');
});
afterAll(() => office?.close());
afterEach(() => expect(problems).toEqual([]));

async function talk(): Promise<{ hangsUp(): void }> {
  const caller = office.exchange.callComesIn('2000', { number: '79162000002' });
  await office.exchange.answers('1001');
  await cardIn(anna, 'talking');
  return caller;
}

/** The note stands in the customer's history, as everybody sees it. */
async function stands(note: string): Promise<void> {
  const vera = await office.asks('vera');
  await eventually(`a contact with the note ${note}`, async () =>
    JSON.stringify((await vera.get('/api/interactions?limit=20')).body).includes(note) ? true : null,
  );
}

test('a note outlives a reload that comes before it was sent', async () => {
  const caller = await talk();
  const note = 'Просит счёт до пятницы';
  await anna.getByTestId('note').fill(note);
  await anna.reload();
  await cardIn(anna, 'talking');
  expect(await anna.getByTestId('note').inputValue()).toBe(note);
  caller.hangsUp();
  await wrapUp(anna);
  await stands(note);
});

test('in a second tab stands what is typed in the first, and neither undoes the other, with and without a connection', async () => {
  const caller = await talk();
  const second = await anna.context().newPage();
  await second.goto('/desk');
  await cardIn(second, 'talking');
  const note = (page: Page) => page.getByTestId('note');
  const shows = (page: Page, text: string) =>
    eventually(`the note ${text}`, async () => ((await note(page).inputValue()) === text ? true : null));
  await note(anna).fill('Хочет вернуть');
  await shows(second, 'Хочет вернуть');
  await anna.context().setOffline(true);
  await note(second).pressSequentially(' сканер');
  await shows(anna, 'Хочет вернуть сканер');
  await note(anna).pressSequentially(', чек есть');
  await shows(second, 'Хочет вернуть сканер, чек есть');
  await anna.context().setOffline(false);
  await anna.getByTestId('banner-link').waitFor({ state: 'detached' });
  await second.close();
  caller.hangsUp();
  await wrapUp(anna);
  await stands('Хочет вернуть сканер, чек есть');
});

test('without a connection the page says so, keeps the note, and posts the saved form when the line is back', async () => {
  const caller = await talk();
  await anna.getByTestId('note').fill('Просит перезвонить');
  caller.hangsUp();
  await cardIn(anna, 'wrap-up');
  await anna.context().setOffline(true);
  await anna.getByTestId('banner-link').waitFor();
  await anna.getByTestId('note').fill('Просит перезвонить в среду');
  await anna.locator('[data-testid="draft-state"][data-sync="kept"]').waitFor();
  await anna.getByTestId('disposition-follow-up').click();
  await anna.getByTestId('wrapup-save').click();
  await anna.locator('[data-testid="draft-state"][data-sync="posted"]').waitFor();
  await anna.context().setOffline(false);
  await anna.getByTestId('idle').waitFor();
  await anna.getByTestId('banner-link').waitFor({ state: 'detached' });
  await stands('Просит перезвонить в среду');
});

test('the server is killed in the middle of a call, which ends meanwhile: the page comes back by itself with the note', async () => {
  const caller = await talk();
  await anna.getByTestId('note').fill('Не включается');
  await anna.locator('[data-testid="draft-state"][data-sync="saved"]').waitFor();
  await office.killServer();
  await anna.getByTestId('banner-link').waitFor();
  await anna.getByTestId('note').pressSequentially(' после обновления');
  caller.hangsUp();
  await office.startServer();
  await anna.getByTestId('banner-link').waitFor({ state: 'detached' });
  await cardIn(anna, 'wrap-up');
  expect(await anna.getByTestId('note').inputValue()).toBe('Не включается после обновления');
  await wrapUp(anna);
  await stands('Не включается после обновления');
});

test('by keys alone, after a logout: log in, take a call, hang up, fill in outcome, reason and note, save', async () => {
  await anna.getByTestId('user-menu').click();
  await anna.getByTestId('logout').click();
  await anna.getByTestId('login-form').waitFor();
  await anna.keyboard.type('anna');
  await anna.keyboard.press('Tab');
  await anna.keyboard.type(password);
  await anna.keyboard.press('Enter');
  await inState(anna, 'available');

  office.exchange.callComesIn('2000', { number: '79162000002' });
  await cardIn(anna, 'ringing');
  await office.exchange.answers('1001');
  await cardIn(anna, 'talking');
  await digitsChoose(anna);
  await anna.keyboard.press('2');
  await anna.keyboard.press('Alt+r');
  await anna.keyboard.type('invoice');
  await anna.keyboard.press('Enter');
  await anna.keyboard.press('Alt+n');
  await anna.keyboard.type('Wants the invoice of 12 March again');
  await anna.keyboard.press('Alt+h');
  await cardIn(anna, 'wrap-up');
  expect(await anna.getByTestId('reason').inputValue()).toBe('Billing › Invoice and papers');
  expect(await anna.getByRole('radio', { name: 'Follow-up needed' }).isChecked()).toBe(true);
  await anna.keyboard.press('Control+Enter');
  await anna.getByTestId('idle').waitFor();
  await stands('Wants the invoice of 12 March again');
});
