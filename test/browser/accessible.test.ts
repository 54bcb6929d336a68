import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { type Office, openOffice } from './office.ts';

/** Nobody is shut out: axe looks at every page that a manifest names, and at what opens over it, in both themes. */

jest.setTimeout(300_000);

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const features = join(__dirname, '../../agent-ui/src/features');

/** The paths of all pages, read in the manifests, each with one of what it shows. */
function pathsOf(customerId: string): string[] {
  const manifests = readdirSync(features).map((name) =>
    readFileSync(join(features, name, 'index.ts'), 'utf8'),
  );
  const paths = manifests.flatMap((text) =>
    [...text.matchAll(/^\s+(?:\{ )?path: '([^']+)'/gm)].map(([, path]) => path),
  );
  const all = [...new Set(paths)]
    .map((path = '') => path.replace('/customers/:id', `/customers/${customerId}`))
    .map((path) => path.replace('/reports/:name', '/reports/queues'));
  const unknown = all.filter((path) => path.includes(':'));
  if (unknown.length > 0) throw new Error(`Say here what these pages show: ${unknown.join(', ')}`);
  return all;
}

const violations = z.array(
  z.object({
    id: z.string(),
    nodes: z.array(z.object({ html: z.string(), any: z.array(z.object({ message: z.string() })) })),
  }),
);

/** What axe finds on the page as it stands, in a form that is read in a failed test. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = violations.parse(await page.evaluate('axe.run().then(({ violations }) => violations)'));
  return found.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
  );
}

/** Waits until nothing is fetched and nothing moves. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('h1').first().waitFor();
  await page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)))');
}

const themes = ['light', 'dark'] as const;

let office: Office;
let paths: string[];

beforeAll(async () => {
  office = await openOffice([
    { name: 'Пётр Щукин', phone: '+7 916 200-00-02', tier: 'vip', note: 'Оптовик' },
  ]);
  const vera = await office.asks('vera');
  const { body } = await vera.get('/api/customers?q=');
  const { customers } = z.object({ customers: z.array(z.object({ id: z.string() })) }).parse(body);
  paths = pathsOf(customers[0]?.id ?? '');
  expect(
    (await vera.send('POST', '/api/tasks', { title: 'Late', dueAt: '2026-01-12T09:00:00Z' })).status,
  ).toBe(201);
});
afterAll(() => office?.close());

test.each(['anna', 'vera'])('axe finds nothing on any page of %s', async (login) => {
  const { page, problems } = await office.sits(login);
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    await settled(page);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await findings(page)).map((one) => `${path} ${colorScheme} ${one}`));
    }
  }
  expect(found).toEqual([]);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('nor on what opens over a page: the palette, the help, the menus, the forms', async () => {
  const { page } = await office.sits('vera');
  const found: string[] = [];
  const open: [string, string, () => Promise<unknown>][] = [
    ['palette', '/tasks', () => page.keyboard.press('Control+k')],
    ['help', '/tasks', () => page.keyboard.press('?')],
    ['user menu', '/tasks', () => page.getByTestId('user-menu').click()],
    ['bell', '/tasks', () => page.getByTestId('notices').click()],
    ['columns', '/tasks', () => page.getByTestId('table-columns').click()],
    ['views', '/tasks', () => page.getByTestId('table-views').click()],
    ['new customer', '/customers?new=', () => page.getByTestId('customer-form').waitFor()],
    ['new task', '/tasks?new=', () => page.getByTestId('task-form').waitFor()],
  ];
  for (const [what, path, act] of open) {
    await page.goto(path);
    await settled(page);
    await act();
    await page.locator('[role="dialog"], [role="menu"]').first().waitFor();
    await settled(page);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await findings(page)).map((one) => `${what} ${colorScheme} ${one}`));
    }
  }
  expect(found).toEqual([]);
  await page.context().close();
});

test('the log-in, and an address that leads nowhere', async () => {
  const { page } = await office.sits('maria');
  await page.goto('/nowhere');
  await settled(page);
  const found = await findings(page);
  await page.getByTestId('user-menu').click();
  await page.getByTestId('logout').click();
  await page.getByTestId('login-form').waitFor();
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await findings(page)));
  }
  expect(found).toEqual([]);
  await page.context().close();
});
