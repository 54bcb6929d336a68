import type { CardPhase } from '@ringdesk/shared/desk';
import type { Page } from 'playwright-core';

/** What agents do with the card at hand, as every test does it. */

/** The card that is shown in full. */
export const card = (page: Page) => page.locator('article[data-testid="card"]');

/** Waits until the call at hand is at this point. */
export const cardIn = (page: Page, phase: CardPhase) =>
  page.locator(`article[data-testid="card"][data-phase="${phase}"]`).waitFor();

/** Chooses how the call ended and saves; then no call is at hand. */
export async function wrapUp(page: Page, disposition = 'resolved'): Promise<void> {
  await cardIn(page, 'wrap-up');
  await page.getByTestId(`disposition-${disposition}`).click();
  await page.getByTestId('wrapup-save').click();
  await page.getByTestId('idle').waitFor();
}

/** Waits until a digit chooses on the card at hand: what has just come up is chosen from by no key. */
export const digitsChoose = (page: Page) => page.locator('article [data-digits="true"]').waitFor();

/** The agent's state as the call bar has it. */
export const inState = (page: Page, state: string) =>
  page.locator(`[data-testid="state-control"][data-state="${state}"]`).waitFor();
