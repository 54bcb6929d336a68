import { type Browser, chromium } from 'playwright-core';
import { password } from '../load/people.ts';

/** When a card was on screen first, in ms since the epoch with fractions, on this process's clock; and where the time before went, in ms. */
export interface Painted {
  callId: string;
  /** When the caller's name was presented, by the browser's own account (Element Timing's renderTime); null when it gave none. */
  at: number | null;
  /** The same for what is put on the card after that: the buttons, and the contacts before. Null when it rang too shortly for them. */
  completeAt: number | null;
  /** When the page had its turn in the frame after the one that shows the card: too late by a frame (16.7 ms at 60 Hz) or more, but nobody's word has to be taken for it. */
  nextFrameAt: number;
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

/** Runs in the page: notes when each card appears in the document, and marks what the browser shall tell the presentation of (W3C Element Timing). */
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
    const [push, built] = [arrived, performance.now()];
    requestAnimationFrame(() => {
      const frame = performance.now();
      requestAnimationFrame(() => {
        const next = performance.now();
        const spent = { builtMs: built - push, frameMs: frame - built, paintMs: next - frame };
        window.paintedCards.push({ callId, nextFrameAt: performance.timeOrigin + next, ...spent });
      });
    });
  }
  function look() {
    for (const card of document.querySelectorAll('[data-testid="card"][data-call-id]')) {
      const { callId } = card.dataset;
      const button = card.querySelector('[data-testid="hang-up"]:not([data-seen])');
      if (button !== null) {
        button.dataset.seen = 'yes';
        for (const label of button.querySelectorAll('span')) label.setAttribute('elementtiming', 'complete ' + callId);
      }
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
        `window.paintedCards.map((card) => ({
          ...card,
          at: window.renderedCards[card.callId] ?? null,
          completeAt: window.renderedCards['complete ' + card.callId] ?? null,
        }))`,
      );
      const skew = await page.evaluate<number>(`(${clockSkew.toString()})()`);
      const ours = clockSkew();
      const here = (at: number): number => at + skew - ours;
      return found.map((card) => ({
        ...card,
        at: card.at === null ? null : here(card.at),
        completeAt: card.completeAt === null ? null : here(card.completeAt),
        nextFrameAt: here(card.nextFrameAt),
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
