import type { Page } from 'playwright-core';
import { cardIn, inState } from './card.ts';
import { type Office, openOffice } from './office.ts';

/** An administrator sets the house on one page, and an agent's open page follows, without a reload. */

jest.setTimeout(120_000);

let office: Office;
let anna: Page;
let olga: Page;
const problems: string[][] = [];

beforeAll(async () => {
  office = await openOffice([{ name: 'Юлия Громова', phone: '+7 916 200-00-01' }]);
  const agent = await office.sits('anna', { locale: 'ru-RU' });
  const admin = await office.sits('olga', { locale: 'ru-RU' });
  [anna, olga] = [agent.page, admin.page];
  problems.push(agent.problems, admin.problems);
  await inState(anna, 'available');
});
afterAll(() => office?.close());
afterEach(() => expect(problems.flat()).toEqual([]));

const save = async () => {
  await olga.getByTestId('form-save').click();
  await olga.getByTestId('form-save').waitFor({ state: 'detached' });
};

test('a result that is new, and one that is archived, in an open form; the queue`s limit in the one that runs', async () => {
  const caller = office.exchange.callComesIn('2000', { number: '79162000001' });
  await office.exchange.answers('1001');
  await cardIn(anna, 'talking');
  await anna.getByTestId('disposition-spam').waitFor();

  await olga.goto(`${office.url()}/settings/results`);
  await olga.getByTestId('item-new').click();
  await olga.getByTestId('name-ru').fill('Записан на приём');
  await olga.getByTestId('name-en').fill('Booked a visit');
  await save();
  await anna.getByTestId('disposition-booked-a-visit').filter({ hasText: 'Записан на приём' }).waitFor();

  await olga.getByTestId('setting-row').filter({ hasText: 'Спам' }).getByRole('button').first().click();
  await olga.getByTestId('archived').check({ force: true });
  await save();
  await anna.getByTestId('disposition-spam').waitFor({ state: 'detached' });

  caller.hangsUp();
  await cardIn(anna, 'wrap-up');
  expect(await anna.getByTestId('wrapup-limit').count()).toBe(0);
  await olga.goto(`${office.url()}/settings/queues`);
  await olga.getByTestId('queue-row').filter({ hasText: 'sales' }).getByRole('button').first().click();
  await olga.getByTestId('wrapup-mode').click();
  await olga.getByRole('option', { name: 'заканчивается сама' }).click();
  await olga.getByTestId('wrapup-limit').fill('300');
  await save();
  await anna.getByTestId('wrapup-limit').waitFor();
  await anna.getByTestId('disposition-booked-a-visit').click();
  await anna.getByTestId('wrapup-save').click();
  await inState(anna, 'available');
});

test('a new break can be taken at once', async () => {
  await olga.goto(`${office.url()}/settings/breaks`);
  await olga.getByTestId('item-new').click();
  await olga.getByTestId('name-ru').fill('Зарядка');
  await olga.getByTestId('name-en').fill('Exercise');
  await save();
  await anna.getByTestId('state-control').click();
  await anna.getByTestId('break-exercise').click();
  await inState(anna, 'break');
});

test('two administrators change one result: the second sees what the first one did', async () => {
  const { page: ivan } = await office.sits('olga', { locale: 'ru-RU' });
  for (const page of [olga, ivan]) {
    await page.goto(`${office.url()}/settings/results`);
    await page.getByTestId('setting-row').filter({ hasText: 'Решено' }).getByRole('button').first().click();
  }
  await ivan.getByTestId('name-en').fill('Solved');
  await ivan.getByTestId('form-save').click();
  await ivan.getByTestId('form-save').waitFor({ state: 'detached' });
  await olga.getByTestId('name-ru').fill('Вопрос решён');
  await olga.getByTestId('form-save').click();
  await olga.getByTestId('changed-meanwhile').waitFor();
  await olga.getByTestId('conflict-theirs').click();
  expect(await olga.getByTestId('name-en').inputValue()).toBe('Solved');
  await olga.getByTestId('name-ru').fill('Вопрос решён');
  await save();
  await olga.getByTestId('setting-row').filter({ hasText: 'Вопрос решён' }).waitFor();
});
