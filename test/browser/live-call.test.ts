import type { Page } from 'playwright-core';
import { card, cardIn, inState, wrapUp } from './card.ts';
import { type Office, openOffice } from './office.ts';

/** What the desk says is so: of calls that were not taken, of the one that goes on, of what comes next, and of what nobody can know. */

jest.setTimeout(90_000);

let office: Office;
let anna: Page;
let problems: string[];

beforeAll(async () => {
  office = await openOffice([
    { name: 'Пётр Щукин', phone: '+7 916 200-00-02' },
    { name: 'Юлия Громова', phone: '+7 916 200-00-01' },
  ]);
  ({ page: anna, problems } = await office.sits('anna'));
  await inState(anna, 'available');
});
afterAll(() => office?.close());
afterEach(() => expect(problems).toEqual([]));

test('a caller who gave up while it rang is listed with how it ended, is called back with one click, and put away', async () => {
  const caller = office.exchange.callComesIn('2000', { number: '79162000002' });
  await cardIn(anna, 'ringing');
  caller.hangsUp();
  const missed = anna.getByTestId('missed').filter({ hasText: 'Пётр Щукин' });
  await missed.getByText('the caller left').waitFor();
  await anna.reload();
  await missed.getByRole('button', { name: 'Call back' }).click();
  await office.exchange.answers('1001');
  await cardIn(anna, 'talking');
  await anna.getByTestId('hang-up').click();
  await wrapUp(anna);
  await missed.getByRole('button', { name: /^Done/ }).click();
  await missed.waitFor({ state: 'detached' });
});

test('the call that is answered comes to the front, and the call keys act on it from wherever the agent is', async () => {
  const first = office.exchange.callComesIn('2000', { number: '79162000001' });
  await office.exchange.answers('1001');
  await cardIn(anna, 'talking');
  first.hangsUp();
  await cardIn(anna, 'wrap-up');
  await anna.getByTestId('note').click();
  office.exchange.dials('1005', '1001');
  await anna.locator('section[data-testid="card"]').filter({ hasText: 'Elena' }).waitFor();
  await office.exchange.answers('1001');
  await cardIn(anna, 'talking');
  await card(anna).getByTestId('card-name').filter({ hasText: 'Elena Weiß' }).waitFor();

  await anna.getByRole('link', { name: 'Customers' }).click();
  await anna.getByTestId('customer-search').waitFor();
  await anna.keyboard.press('Alt+h');
  await inState(anna, 'wrap-up');
  await anna.getByRole('link', { name: 'Calls', exact: true }).click();
  await wrapUp(anna);
});

test('lunch that is chosen in a call is told at once, and begins when the form is saved', async () => {
  const caller = office.exchange.callComesIn('2000', { number: '79162000002' });
  await office.exchange.answers('1001');
  await cardIn(anna, 'talking');
  await anna.getByTestId('state-control').click();
  await anna.getByTestId('break-lunch').click();
  await anna.getByTestId('next-state').getByText('then: Lunch').waitFor();
  await inState(anna, 'on-call');
  caller.hangsUp();
  await inState(anna, 'wrap-up');
  await cardIn(anna, 'wrap-up');
  await anna.getByTestId('disposition-resolved').click();
  await anna.getByTestId('wrapup-save').click();
  await inState(anna, 'break');
  expect(await anna.getByTestId('next-state').count()).toBe(0);
  await anna.keyboard.press('Alt+1');
  await inState(anna, 'available');
});

test('without a connection nothing is claimed of the call: its state is unknown, its clock stands, its buttons say why', async () => {
  const caller = office.exchange.callComesIn('2000', { number: '79162000002' });
  await office.exchange.answers('1001');
  await cardIn(anna, 'talking');
  await anna.context().setOffline(true);
  await card(anna).getByText('State unknown').waitFor();
  await inState(anna, 'unknown');
  await anna.getByTestId('cannot-act').waitFor();
  expect(await anna.getByTestId('hang-up').isDisabled()).toBe(true);
  const clock = card(anna).getByRole('timer').first();
  const stood = await clock.textContent();
  await anna.waitForTimeout(2_200);
  expect(await clock.textContent()).toBe(stood);
  await anna.context().setOffline(false);
  await inState(anna, 'on-call');
  caller.hangsUp();
  await wrapUp(anna);
});
