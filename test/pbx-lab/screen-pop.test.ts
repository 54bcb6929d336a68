import { type Interaction, interaction, type LegOutcome } from '@ringdesk/shared/interaction';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { device, launch, logIn } from '../browser/chromium.ts';
import { eventually } from '../house/eventually.ts';
import { type House, openHouse } from '../house/house.ts';
import type { Server } from '../house/server.ts';
import { type Lab, startLab } from './lab.ts';

/** The whole way on a real Asterisk with real SIP calls: a phone rings, the page shows who is calling. */

jest.setTimeout(120_000);

const password = 'a long enough password';

let lab: Lab;
let house: House;
let server: Server;
let browser: Browser;

async function addUser(login: string, name: string, agent: string): Promise<void> {
  const { code } = await house
    .run(['user', 'add', login, '--name', name, '--agent', agent], { stdin: `${password}\n` })
    .ended();
  expect(code).toBe(0);
}

beforeAll(async () => {
  lab = await startLab();
  house = await openHouse({
    PBX_HOST: lab.ami.host,
    PBX_PORT: String(lab.ami.port),
    PBX_EVENTS_USER: lab.ami.eventsUser,
    PBX_EVENTS_SECRET: lab.ami.eventsSecret,
    PBX_ACTIONS_USER: lab.ami.actionsUser,
    PBX_ACTIONS_SECRET: lab.ami.actionsSecret,
    QUEUE_EXTENSIONS: 'sales=2000,support=2001,complaints=2002',
  });
  await addUser('anna', 'Анна Петрова', '1001');
  await addUser('elena', 'Elena Weiss', '1005');
  server = await house.start();
  await server.logged(/actions session is ready/);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
  await lab?.stop();
});

/** The newest contact of an agent, as it is kept, once it has a leg of this outcome. */
function newest(page: Page, agent: string, outcome: LegOutcome): Promise<Interaction> {
  return eventually('the contact', async () => {
    const answer = await page.request.get(`/api/interactions?agent=${agent}&limit=1`);
    const { interactions } = z.object({ interactions: z.array(interaction) }).parse(await answer.json());
    return interactions.find(({ legs }) => legs.some((leg) => leg.outcome === outcome)) ?? null;
  });
}

test('a call rings, is held in both tabs of that agent and in nobody else’s, is answered, transferred with its card, and wrapped up', async () => {
  const { page: anna, problems } = await device(browser, server.url, { locale: 'ru-RU' });
  await logIn(anna, 'anna', password);
  const { page: elena } = await device(browser, server.url);
  await logIn(elena, 'elena', password);
  const second = await anna.context().newPage();
  await second.goto('/desk');
  await second.getByTestId('state-control').waitFor();

  await lab.phones(['1001', '1005']);
  const call = lab.call({
    to: '2000',
    from: '"Ivan Sidorov" <sip:79161234567@carrier.invalid>',
    talkMs: 25_000,
  });

  for (const page of [anna, second]) {
    await page.getByTestId('card').waitFor();
    expect(await page.getByTestId('card-number').textContent()).toMatch(/916.*123.*45.*67/);
  }
  expect(await elena.getByTestId('card').count()).toBe(0);

  // Nobody has this number yet: the form holds it already, and saving it names the caller on every tab.
  await anna.getByTestId('new-customer-name').fill('Иван Сидоров');
  await anna.getByTestId('new-customer-save').click();
  await second.getByTestId('card-name').filter({ hasText: 'Иван Сидоров' }).waitFor();

  await anna.getByTestId('note').fill('Спрашивает про счёт');
  await anna.getByTestId('transfer').click();
  await anna.getByTestId('transfer-to').fill('1005');
  await anna.getByTestId('transfer-blind').click();

  await elena.getByTestId('card').waitFor();
  expect(await elena.getByTestId('card-name').textContent()).toContain('Иван Сидоров');
  await elena.getByText('Спрашивает про счёт').first().waitFor();

  await anna.getByTestId('disposition-handed-over').click();
  await anna.getByTestId('wrapup-save').click();
  await elena.getByTestId('hang-up').click();
  await elena.getByTestId('disposition-resolved').click();
  await elena.getByTestId('wrapup-save').click();
  await elena.getByTestId('idle').waitFor();
  await call.done;
  expect(problems).toEqual([]);
  // A hang-up on the desk is the agent's, though Asterisk's queue puts it down to the caller.
  expect(await newest(elena, '1005', 'answered')).toMatchObject({
    end: 'agent',
    legs: [
      { agent: '1001', outcome: 'answered', endedBy: 'transfer' },
      { agent: '1005', outcome: 'answered', endedBy: 'agent' },
    ],
  });
  await lab.clear();
});

test('a call that is declined on the desk is written down as declined', async () => {
  const { page: elena } = await device(browser, server.url);
  await logIn(elena, 'elena', password);
  await lab.deskPhone('1005', 60_000);
  const call = lab.call({ to: '2001', from: '<sip:79161234568@carrier.invalid>', talkMs: 6000 });
  await elena.getByTestId('card').waitFor();
  await elena.getByTestId('hang-up').click();
  await call.done;
  const record = await newest(elena, '1005', 'declined');
  expect(record.legs[0]).toMatchObject({ agent: '1005', outcome: 'declined' });
});
