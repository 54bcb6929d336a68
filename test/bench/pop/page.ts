import { type Browser, chromium } from 'playwright-core';
import { password } from '../load/people.ts';

/** When a card was on screen first, in ms since the epoch with fractions, on this process's clock; and where the time before went, in ms. */
export interface Painted {
  callId: string;
  at: number;
  /** The same by the browser's own account (Element Timing's renderTime of the first text in the heading); null when it gave none. */
  rendered: number | null;
  /** From the arrival of the view at the page to the card's place in the document. */
  builtMs: number;
  /** From there to the start of the frame that shows it, and from there to the start of the next one, when it has been painted. */
  frameMs: number;
  paintMs: number;
}

/** The agent's page in a real browser, which notes when each card is painted. */
export interface Page {
  painted(): Promise<Painted[]>;
  close(): Promise<void>;
}

/**
 * Runs in the page. A card that appears in the document is on screen with the next frame; when the frame after that begins, it has been painted. So
 * the figures are too high rather than too low, by up to one frame (16.7 ms).
 */
const watch = `
  window.paintedCards = [];
  let arrived = 0;
  window.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', () => { arrived = performance.now(); });
    }
  };
  const seen = new Set();
  function note(callId) {
    const times = [arrived, performance.now()];
    requestAnimationFrame(() => {
      times.push(performance.now());
      requestAnimationFrame(() => {
        const now = performance.now();
        const [push, built, frame] = times;
        const spent = { builtMs: built - push, frameMs: frame - built, paintMs: now - frame };
        window.paintedCards.push({ callId, at: performance.timeOrigin + now, ...spent });
      });
    });
  }
  function look() {
    for (const card of document.querySelectorAll('[data-testid="card"][data-call-id]')) {
      const { callId } = card.dataset;
      if (seen.has(callId)) continue;
      seen.add(callId);
      note(callId);
      // While the caller is looked up there is no name yet, but the line that says that it rings.
      for (const line of card.querySelectorAll('[data-testid="card-name"], header span'))
        line.setAttribute('elementtiming', callId);
    }
  }
  window.renderedCards = {};
  new PerformanceObserver((list) => {
    for (const { identifier, renderTime } of list.getEntries())
      window.renderedCards[identifier] ??= performance.timeOrigin + renderTime;
  }).observe({ type: 'element', buffered: true });
  new MutationObserver(look).observe(document, {
    childList: true, subtree: true, attributes: true, attributeFilter: ['data-call-id'],
  });
`;

export async function openPage(url: string, login: string): Promise<Page> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--mute-audio'],
  });
  try {
    return await logInAt(browser, url, login);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function logInAt(browser: Browser, url: string, login: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript({ content: watch });
  await page.goto(url);
  await page.fill('[name="login"]', login);
  await page.fill('[name="password"]', password);
  await page.click('[data-testid="login-submit"]');
  await page.waitForSelector('[data-testid="login-form"]', { state: 'detached' });
  return {
    async painted() {
      const found: Painted[] = await page.evaluate(
        'window.paintedCards.map((card) => ({ ...card, rendered: window.renderedCards[card.callId] ?? null }))',
      );
      const skew = await page.evaluate<number>(`(${clockSkew.toString()})()`);
      const ours = clockSkew();
      return found.map((card) => ({
        ...card,
        at: card.at + skew - ours,
        rendered: card.rendered === null ? null : card.rendered + skew - ours,
      }));
    },
    close: () => browser.close(),
  };
}

/**
 * How far the machine's clock is ahead of this process's monotonic one, in ms. Each process takes its origin when it starts; the machine's clock is
 * the one that all share.
 */
function clockSkew(): number {
  let least = Number.POSITIVE_INFINITY;
  for (const end = performance.now() + 20; performance.now() < end; ) {
    // The machine's first, so that an interruption between the two only adds. Whole milliseconds: right after a tick the difference is the least, and that one is exact.
    const wall = Date.now();
    least = Math.min(least, performance.timeOrigin + performance.now() - wall);
  }
  return -least;
}
