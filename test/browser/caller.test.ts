import type { Page } from 'playwright-core';
import { cardIn, digitsChoose, inState, wrapUp } from './card.ts';
import { type Office, openOffice } from './office.ts';
import type { PastCall } from './past.ts';

/** A phone rings: what the agent sees of who is calling, on every tab, and nobody else. */

jest.setTimeout(90_000);

const about: Omit<PastCall, 'hoursAgo'> = {
  agent: '1005',
  queue: 'support',
  talkMs: 200_000,
  disposition: 'follow-up',
  reason: 'support/fault',
  note: null,
};
const times = (count: number, note: string): PastCall[] =>
  Array.from({ length: count }, (_, i) => ({
    ...about,
    hoursAgo: 20 * (i + 1),
    note: i === 0 ? note : null,
  }));

let office: Office;
let anna: Page;
let second: Page;
let elena: Page;
let problems: string[];

beforeAll(async () => {
  office = await openOffice([
    { name: 'Лариса Белова', phone: '+7 495 210-10-10' },
    { name: 'Виктор Белов', phone: '+7 495 210-10-10', tier: 'gold' },
    { name: 'Юлия Громова', phone: '+7 916 200-00-01', past: times(1, 'Не включается сканер') },
    { name: 'Пётр Щукин', phone: '+7 916 200-00-02', past: times(2, 'Ждёт мастера') },
    { name: 'Илья Ёлкин', phone: '+7 916 200-00-05', past: times(5, 'Снова не работает') },
  ]);
  ({ page: anna, problems } = await office.sits('anna', { locale: 'ru-RU' }));
  ({ page: elena } = await office.sits('elena'));
  second = await anna.context().newPage();
  await second.goto('/desk');
  await second.getByTestId('state-control').waitFor();
  for (const page of [anna, elena]) await inState(page, 'available');
});
afterAll(() => office?.close());
afterEach(async () => {
  expect(problems).toEqual([]);
  // Whatever came to Anna stayed with Anna.
  await elena.getByTestId('idle').waitFor();
  expect(await elena.getByTestId('card').count()).toBe(0);
});

test('several customers share the number: a key picks one, and the next time that one stands first', async () => {
  const pick = async (firstTime: boolean) => {
    const caller = office.exchange.callComesIn('2000', { number: '74952101010' });
    const choices = anna.getByTestId('customer-picker').getByRole('listitem');
    await choices.nth(1).waitFor();
    await anna.getByText('С этим номером 2 клиента. Кто звонит?').waitFor();
    expect(await anna.getByText('выбирали раньше').count()).toBe(firstTime ? 0 : 1);
    const names = await choices.locator('button > span:nth-child(2)').allTextContents();
    if (!firstTime) expect(names).toEqual(['Виктор Белов', 'Лариса Белова']);
    await office.exchange.answers('1001');
    await cardIn(anna, 'talking');
    await digitsChoose(anna);
    await anna.keyboard.press(String(names.indexOf('Виктор Белов') + 1));
    for (const page of [anna, second])
      await page.getByTestId('card-name').filter({ hasText: 'Виктор Белов' }).waitFor();
    caller.hangsUp();
    await wrapUp(anna);
  };
  await pick(true);
  await pick(false);
});

test('nobody has the number: the form holds it, and whoever is created stands on the other tab too', async () => {
  office.exchange.callComesIn('2000', { number: '79165551122', name: 'ANDREY' });
  for (const page of [anna, second]) {
    await page.getByTestId('new-customer-form').waitFor();
    expect(await page.getByTestId('new-customer-number').textContent()).toBe('+7 916 555-11-22');
  }
  await office.exchange.answers('1001');
  await anna.getByTestId('new-customer-name').fill('Андрей Лебедев');
  await anna.keyboard.press('Enter');
  await second.getByTestId('card-name').filter({ hasText: 'Андрей Лебедев' }).waitFor();
  await second.getByTestId('new-customer-form').waitFor({ state: 'detached' });
  await anna.getByTestId('hang-up').click();
  await wrapUp(anna, 'order');
  const vera = await office.asks('vera');
  expect(
    (await vera.get(`/api/customers?q=${encodeURIComponent('Андрей Лебедев')}&limit=5`)).body,
  ).toMatchObject({
    customers: [{ name: 'Андрей Лебедев', phones: [{ number: '+79165551122' }] }],
  });
});

test('a withheld number is on no tab and in no message to it, though the network told it', async () => {
  const told: string[] = [];
  const watched = await anna.context().newPage();
  watched.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => told.push(String(payload))),
  );
  await watched.goto('/desk');
  await inState(watched, 'available');

  const caller = office.exchange.callComesIn('2000', {
    number: '79167778899',
    name: 'Secret',
    withheld: true,
  });
  for (const page of [anna, second, watched]) {
    await page.getByTestId('withheld').waitFor();
    expect(await page.getByTestId('card-name').textContent()).toBe('Номер скрыт');
    expect(await page.getByTestId('card-number').count()).toBe(0);
    expect(await page.content()).not.toMatch(/7778899|777.?88.?99|Secret/);
  }
  await office.exchange.answers('1001');
  caller.hangsUp();
  await cardIn(watched, 'wrap-up');
  expect(told.join()).toContain('"withheld"');
  expect(told.join()).not.toMatch(/7778899|Secret/);
  await watched.close();
  await wrapUp(anna, 'wrong-number');
});

test.each([
  ['79162000001', 'Юлия Громова', '2-е', 'Не включается сканер'],
  ['79162000002', 'Пётр Щукин', '3-е', 'Ждёт мастера'],
  ['79162000005', 'Илья Ёлкин', '6-е', 'Снова не работает'],
])('who calls again is announced as such: %s', async (number, name, count, note) => {
  const caller = office.exchange.callComesIn('2000', { number });
  const warning = anna.getByTestId('repeat-warning');
  await warning.filter({ hasText: `${count} обращение за 7 дней` }).waitFor();
  expect(await warning.textContent()).toContain(note);
  expect(await warning.textContent()).toContain('Elena Weiß · Поддержка › Не работает · Нужно перезвонить');
  expect(await anna.getByTestId('card-name').textContent()).toBe(name);
  expect(await anna.getByTestId('timeline-item').count()).toBe(Number(count.slice(0, 1)) - 1);
  caller.hangsUp();
  // Who gave up while it rang is listed, and keeps nobody from the next call.
  await anna.getByTestId('idle').waitFor();
});

test('a call that comes while something is typed is announced, and takes neither focus nor keystrokes', async () => {
  const text = 'Клиент просит перезвонить завтра до обеда';
  const caller = office.exchange.callComesIn('2000', { number: '79162000001' });
  await office.exchange.answers('1001');
  await cardIn(anna, 'talking');
  caller.hangsUp();
  await cardIn(anna, 'wrap-up');
  await anna.getByTestId('note').waitFor();
  await anna.keyboard.press('Alt+n');
  const typed = anna.keyboard.type(text, { delay: 40 });
  const colleague = office.exchange.dials('1005', '1001');
  await anna.locator('section[data-testid="card"]').filter({ hasText: 'Elena' }).waitFor();
  await typed;
  const note = anna.getByTestId('note');
  expect(await note.inputValue()).toBe(text);
  await anna.locator('[data-testid="note"]:focus').waitFor();
  colleague.hangsUp();
  await wrapUp(anna);
  await elena.getByTestId('idle').waitFor();

  await anna.keyboard.press('Alt+u');
  const search = anna.getByTestId('customer-search');
  await search.focus();
  const searched = anna.keyboard.type('Громова', { delay: 80 });
  const next = office.exchange.callComesIn('2000', { number: '79162000002' });
  await anna.getByTestId('card').filter({ hasText: 'Пётр Щукин' }).waitFor();
  await searched;
  expect(await search.inputValue()).toBe('Громова');
  await anna.locator('[data-testid="customer-search"]:focus').waitFor();
  await anna.keyboard.press('Alt+j');
  await cardIn(anna, 'ringing');
  next.hangsUp();
});
