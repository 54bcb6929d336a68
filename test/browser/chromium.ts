import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const path = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** Without these a headless Chromium talks to its maker at every start. */
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch(): Promise<Browser> {
  return chromium.launch({ ...(path === undefined ? {} : { executablePath: path }), args: flags });
}

/** A device of a person: its own cookies and storage. Errors of the page fail the test through `problems`. */
export async function device(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  return { page, problems };
}

export async function logIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/');
  const form = page.getByTestId('login-form');
  await form.locator('input').nth(0).fill(login);
  await form.locator('input').nth(1).fill(password);
  await page.getByTestId('login-submit').click();
  await page.getByTestId('call-bar').waitFor();
}
