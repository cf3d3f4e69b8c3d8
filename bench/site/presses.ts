/**
 * How long a reader waits between a press or a key and the paint that follows, on a phone whose
 * processor is four times slower: every control of a page, one after another, in Chromium.
 */

import type { Browser, CDPSession, ElementHandle, Page } from 'playwright';

/** The slowest answer of a page. */
export interface SlowestPress {
  /** From the event to the next paint, in ms, in steps of 8. 0 when none took 16 ms. */
  readonly ms: number;
  /** What was pressed: `button “Run”`. */
  readonly control: string;
  /** How many controls were used. */
  readonly controls: number;
}

/** As Lighthouse's phone. */
export const SLOWER = 4;
const PHONE = { width: 390, height: 844 };

const CONTROLS = 'button, summary, select, input, textarea, [role="textbox"]';
/** A control that another has just taken away is not waited for. */
const USE_MS = 2_000;

/** A page with one button and nothing behind it: what the browser itself takes. */
const BARE = `<!doctype html><title>Bare</title><button>Press</button>`;

/** Runs in the page: notes what every press and key took. */
const LISTEN = `
window.presses = [];
new PerformanceObserver((list) => {
  for (const { interactionId, duration, target, name } of list.getEntries()) {
    if (!interactionId) continue;
    const words = (target?.getAttribute?.('aria-label') || target?.textContent || '').trim();
    const what = target ? target.localName + ' ' + (target.type ?? '') : name;
    window.presses.push({ ms: duration, control: what + ' “' + words.slice(0, 30) + '”' });
  }
}).observe({ type: 'event', durationThreshold: 16 });`;

/** @param url of the page; null for the bare one */
export async function slowestPress(browser: Browser, url: string | null): Promise<SlowestPress> {
  const context = await browser.newContext({ viewport: PHONE });
  try {
    const page = await context.newPage();
    if (url === null) await page.setContent(BARE);
    else await page.goto(url, { waitUntil: 'load' });
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.evaluate(LISTEN);
    const controls = await useAll(page, devtools);
    const took = (await page.evaluate('window.presses')) as Omit<SlowestPress, 'controls'>[];
    const [slowest] = took.sort((a, b) => b.ms - a.ms);
    return { ms: slowest?.ms ?? 0, control: slowest?.control ?? '', controls };
  } finally {
    await context.close();
  }
}

/** Uses each control that can be seen, also those that come while others are used. */
async function useAll(page: Page, devtools: CDPSession): Promise<number> {
  let used = 0;
  for (;;) {
    const next = (await page.evaluateHandle(`
      [...document.querySelectorAll(${JSON.stringify(CONTROLS)})].find((one) =>
        !('used' in one.dataset) && !one.disabled && one.checkVisibility({ visibilityProperty: true }))
    `)) as ElementHandle<HTMLElement>;
    if (next.asElement() === null) break;
    await next.evaluate((one) => (one.dataset['used'] = ''));
    await use(page, next);
    used += 1;
  }
  // What is still to be painted counts as well.
  await painted(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await painted(page);
  return used;
}

async function use(page: Page, control: ElementHandle<HTMLElement>): Promise<void> {
  const kind = await control.evaluate((one) =>
    one instanceof HTMLInputElement ? one.type : one.localName,
  );
  const key = KEYS[kind];
  try {
    if (key === undefined) await control.click({ timeout: USE_MS });
    else await control.press(key, { timeout: USE_MS });
  } catch {
    // It has gone, or another element lies over it: a reader could not have used it either.
  }
  await painted(page);
}

/** What is used by a key. */
const KEYS: Readonly<Record<string, string>> = {
  range: 'ArrowRight',
  number: 'ArrowUp',
  text: '5',
  textarea: 'x',
  select: 'ArrowDown',
};

/** Resolves after the next paint, and after what that has put off. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
      }),
  );
}
