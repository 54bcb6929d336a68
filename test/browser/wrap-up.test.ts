import type { Interaction } from '@ringdesk/shared/interaction';
import type { Page } from 'playwright-core';
import { eventually } from '../house/eventually.ts';
import { cardIn, inState } from './card.ts';
import { type Office, openOffice } from './office.ts';

/** A wrap-up with a limit: it never closes under the hands, chooses nothing by itself, and is finished later when its time ran out. */

jest.setTimeout(90_000);

let office: Office;
let anna: Page;
let problems: string[];

beforeAll(async () => {
  office = await openOffice(
    [
      { name: 'Пётр Щукин', phone: '+7 916 200-00-02' },
      { name: 'Юлия Громова', phone: '+7 916 200-00-01', tier: 'vip' },
    ],
    { WRAP_UP_LIMIT_MS: '4000' },
  );
  ({ page: anna, problems } = await office.sits('anna', { locale: 'ru-RU' }));
  await inState(anna, 'available');
});
afterAll(() => office?.close());
afterEach(() => expect(problems).toEqual([]));

/** The newest contact's record, when it is as expected. */
async function recorded(what: string, isSo: (one: Interaction) => boolean): Promise<Interaction> {
  const vera = await office.asks('vera');
  return eventually(what, async () => {
    const { interactions } = (await vera.get('/api/interactions?limit=5')).body as {
      interactions: Interaction[];
    };
    return interactions.find(isSo) ?? null;
  });
}

async function afterACall(number: string): Promise<void> {
  const caller = office.exchange.callComesIn('2000', { number });
  await office.exchange.answers('1001');
  await cardIn(anna, 'talking');
  caller.hangsUp();
  await cardIn(anna, 'wrap-up');
}

test('while it is written in, a form outlives its time; then it waits to be finished, and the record follows', async () => {
  await afterACall('79162000002');
  await anna.getByTestId('disposition-refused').click();
  await anna.getByTestId('note').focus();
  await anna.locator('[data-testid="wrapup-limit"][data-left="none"]').waitFor();
  await anna.keyboard.type('Пишет дольше, чем можно', { delay: 250 });
  await cardIn(anna, 'wrap-up');
  expect(await anna.getByTestId('note').inputValue()).toBe('Пишет дольше, чем можно');

  await anna.getByTestId('note').blur();
  const waiting = anna.getByTestId('unfinished');
  await waiting.filter({ hasText: 'Пётр Щукин' }).waitFor();
  await inState(anna, 'available');
  const expired = await recorded('no outcome', ({ legs }) => legs[0]?.wrapUp?.ended === 'expired');
  expect(expired).toMatchObject({ disposition: null, note: 'Пишет дольше, чем можно' });

  await anna.reload();
  await waiting.getByRole('button', { name: 'Пётр Щукин' }).click();
  await cardIn(anna, 'unfinished');
  expect(await anna.getByTestId('note').inputValue()).toBe('Пишет дольше, чем можно');
  await anna.getByTestId('disposition-resolved').click();
  await anna.getByTestId('wrapup-save').click();
  await anna.getByTestId('idle').waitFor();
  expect(await waiting.count()).toBe(0);
  const completed = await recorded('the outcome', ({ disposition }) => disposition === 'resolved');
  expect(completed.legs[0]?.wrapUp).toMatchObject({ ended: 'completed', by: '1001' });
});

test('a minute more is one key away', async () => {
  await afterACall('79162000002');
  await anna.getByTestId('more-time').waitFor();
  await anna.keyboard.press('Alt+w');
  await anna.locator('[data-testid="wrapup-limit"][data-left="enough"]').waitFor();
  await anna.getByTestId('disposition-resolved').click();
  await anna.getByTestId('wrapup-save').click();
  await anna.getByTestId('idle').waitFor();
});

test('the digits of a sentence whose form is gone choose nothing on the card that rings, nor on one just answered', async () => {
  const chosen = () => anna.locator('article input[type="radio"]:checked').count();
  const caller = office.exchange.callComesIn('2000', { number: '79162000001' });
  await cardIn(anna, 'ringing');
  await anna.getByRole('radio').first().waitFor();
  await anna.keyboard.type('заказ 45', { delay: 60 });
  await anna.waitForTimeout(2_500);
  await anna.keyboard.press('5');
  expect(await chosen()).toBe(0);

  await office.exchange.answers('1001');
  await cardIn(anna, 'talking');
  await anna.keyboard.press('5');
  expect(await chosen()).toBe(0);
  await anna.locator('[data-digits="true"]').waitFor();
  await anna.keyboard.type('дом 5', { delay: 60 });
  expect(await chosen()).toBe(0);
  await anna.waitForTimeout(2_100);
  await anna.keyboard.press('1');
  await eventually('the first outcome', async () => ((await chosen()) === 1 ? true : null));
  caller.hangsUp();
  await cardIn(anna, 'wrap-up');
  await anna.getByTestId('wrapup-save').click();
  await anna.getByTestId('idle').waitFor();
});
