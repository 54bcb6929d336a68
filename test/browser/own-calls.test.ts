import type { Page } from 'playwright-core';
import { eventually, passed } from '../house/eventually.ts';
import { card, cardIn, inState } from './card.ts';
import { type Office, openOffice } from './office.ts';

/** Calls that the agent makes, and that nobody takes: they tell how they ended by themselves, and are in nobody's way. */

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

/** A click on the customer's number; the own phone rings, and is taken. */
async function calls(): Promise<void> {
  // One call a second is dialled at most, and a person takes longer.
  await passed(1000);
  await anna.getByRole('link', { name: 'Customers' }).click();
  const row = anna.getByTestId('customer-row').filter({ hasText: 'Пётр Щукин' });
  await row.getByRole('button', { name: /916 200-00-02/ }).click();
  await office.exchange.answers('1001');
  await anna.getByRole('link', { name: 'Calls', exact: true }).click();
}

/** What the records say of the newest contact. */
async function recorded(expected: object): Promise<void> {
  const vera = await office.asks('vera');
  await eventually(`a contact with ${JSON.stringify(expected)}`, async () => {
    const { body } = await vera.get('/api/interactions?limit=1');
    return JSON.stringify(body).includes(JSON.stringify(expected).slice(1, -1)) ? true : null;
  });
}

test('a busy number: it is written down as busy, the agent stays free, and calls again with one click', async () => {
  office.exchange.outside('busy');
  await calls();
  await cardIn(anna, 'unanswered');
  await card(anna).locator('[data-phase="busy"]').getByText('Busy').waitFor();
  await inState(anna, 'available');
  expect(office.exchange.pauseOf('1001')).toBeNull();
  await recorded({ outcome: 'busy' });

  office.exchange.outside('answers');
  // A person reads the word first.
  await passed(1000);
  await anna.getByRole('button', { name: 'Call again' }).click();
  await office.exchange.answers('1001');
  await cardIn(anna, 'talking');
  await anna.getByTestId('hang-up').click();
  await cardIn(anna, 'wrap-up');
  await anna.getByTestId('disposition-resolved').click();
  await anna.getByTestId('wrapup-save').click();
  await anna.getByTestId('idle').waitFor();
});

test('nobody answers: a note may be written, and the next caller does not wait for it', async () => {
  office.exchange.outside('rings');
  await calls();
  await cardIn(anna, 'ringing');
  await anna.getByTestId('hang-up').click();
  await cardIn(anna, 'unanswered');
  await anna.getByTestId('note').fill('Не берёт трубку');
  await anna.locator('[data-testid="draft-state"][data-sync="saved"]').waitFor();

  const caller = office.exchange.callComesIn('2000', { number: '79160000009' });
  await inState(anna, 'ringing');
  caller.hangsUp();
  await cardIn(anna, 'unanswered');
  expect(await anna.getByTestId('note').inputValue()).toBe('Не берёт трубку');
  await anna.getByTestId('wrapup-save').click();
  await anna.getByTestId('idle').waitFor();
  await inState(anna, 'available');
  const vera = await office.asks('vera');
  await eventually('the note with its outcome', async () => {
    const { body } = await vera.get('/api/interactions?limit=5');
    const { interactions } = body as { interactions: { note: string | null; outcome: string }[] };
    const attempt = interactions.find(({ note }) => note === 'Не берёт трубку');
    return attempt?.outcome === 'no-answer' ? true : null;
  });
});
