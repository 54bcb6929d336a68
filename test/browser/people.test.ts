import type { Page } from 'playwright-core';
import { eventually } from '../house/eventually.ts';
import { device } from './chromium.ts';
import { type Office, openOffice } from './office.ts';

/** An administrator looks after people, roles and keys; whoever is invited comes in by the link. */

jest.setTimeout(120_000);

let office: Office;
let olga: Page;
let problems: string[];

beforeAll(async () => {
  office = await openOffice([{ name: 'Юлия Громова', phone: '+7 916 200-00-01' }]);
  ({ page: olga, problems } = await office.sits('olga', { locale: 'ru-RU' }));
});
afterAll(() => office?.close());
afterEach(() => expect(problems).toEqual([]));

const at = (path: string) => olga.goto(`${office.url()}${path}`);
const saved = async () => {
  await olga.getByTestId('form-save').click();
  await olga.getByTestId('form-save').waitFor({ state: 'detached' });
};
const secret = async () => {
  const text = await olga.getByTestId('secret').inputValue();
  await olga.keyboard.press('Escape');
  await olga.getByTestId('secret').waitFor({ state: 'detached' });
  return text;
};

test('somebody is invited with a role of the house`s own, sets a password by the link, and sees what the role says', async () => {
  await at('/people/roles');
  await olga.getByTestId('role-new').click();
  await olga.getByTestId('role-name').fill('Стажёр');
  await olga.getByTestId('grant-customers.read').selectOption('all');
  await olga.getByTestId('grant-tasks.use').selectOption('own');
  await saved();
  await olga.getByTestId('role-row').filter({ hasText: 'Стажёр' }).waitFor();

  await at('/people/users');
  await olga.getByTestId('user-new').click();
  await olga.getByTestId('user-login').fill('inna');
  await olga.getByTestId('user-name').fill('Инна Белова');
  await olga.getByTestId('user-role').click();
  await olga.getByRole('option', { name: 'Стажёр' }).click();
  await saved();
  const link = await secret();
  await olga
    .getByTestId('user-row')
    .filter({ hasText: 'Инна Белова' })
    .filter({ hasText: 'Приглашён' })
    .waitFor();

  const inna = await device(office.browser, office.url(), { locale: 'ru-RU' });
  await inna.page.goto(link);
  await inna.page.getByText('Инна Белова').waitFor();
  await inna.page.getByTestId('invitation-password').fill('kettle and lamp and rain');
  await inna.page.getByTestId('invitation-submit').click();
  await inna.page.getByTestId('user-menu').click();
  await inna.page.getByText('Стажёр').waitFor();
  await inna.page.goto(`${office.url()}/customers`);
  await inna.page.getByTestId('customer-search').waitFor();
  expect(await inna.page.getByTestId('customer-new').count()).toBe(0);
  await inna.page.goto(link);
  expect(inna.problems).toEqual([]);
});

test('a team is made; an audit says who did it; a customer`s page has its own history', async () => {
  await at('/people/teams');
  await olga.getByTestId('team-new').click();
  await olga.getByTestId('team-name').fill('Продажи');
  await saved();
  await olga.getByTestId('team-row').filter({ hasText: 'Продажи' }).waitFor();
  await at('/audit?kind=team');
  await olga.getByTestId('audit-row').filter({ hasText: 'team.created' }).getByRole('button').first().click();
  await olga.getByTestId('changes').filter({ hasText: 'Продажи' }).waitFor();
  await at('/customers');
  await olga.getByTestId('customer-row').first().click();
  await olga.getByTestId('history-of-changes').click();
  await olga.getByTestId('history-of-changes').getByText('customer.created').waitFor();
});

test('a key is shown once, works, and is revoked', async () => {
  await at('/people/tokens');
  await olga.getByTestId('token-new').click();
  await olga.getByTestId('token-name').fill('Сайт');
  await olga.getByTestId('grant-customers.read').selectOption('all');
  await saved();
  const key = await secret();
  const ask = async () =>
    (await fetch(`${office.url()}/api/customers`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect(await ask()).toBe(200);
  await olga.getByTestId('token-revoke').click();
  await olga.getByTestId('token-row').waitFor({ state: 'detached' });
  await eventually('it is worthless', async () => ((await ask()) === 401 ? true : null));
});

test('phones with what is in doubt, and the work that may wait', async () => {
  await at('/people/phones');
  await olga
    .getByTestId('phone-row')
    .filter({ hasText: 'PJSIP/1001' })
    .filter({ hasText: 'Анна Петрова' })
    .waitFor();
  await at('/jobs');
  await olga.getByTestId('job-row').first().waitFor();
});
