import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../fixtures/browser.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Runs the first demo of lesson 3 in a page of its own, with its lanes in view. */
async function runIn(page: Page): Promise<string> {
  await page.goto(`${siteOrigin('origin')}/lessons/life-of-an-instance/`);
  const demo = page.locator('#one-call');
  await demo.locator('[data-part="guess"]').first().check();
  await demo.locator('[data-part="run"]').click();
  await page.locator('#lanes-one-call').scrollIntoViewIfNeeded();
  await page.locator('#lanes-one-call [data-part="kind"]', { hasText: 'live' }).waitFor();
  await page.locator('#one-call:not([data-running])').waitFor();
  return (await demo.locator('[data-part="status"]').textContent()) ?? '';
}

// A browser has six connections to a host in HTTP/1.1, for all its tabs together.
test('twelve tabs of the course in one browser load and run', async () => {
  const context = await browser.newContext();
  const said: string[] = [];
  for (let tab = 0; tab < 12; tab += 1) said.push(await runIn(await context.newPage()));
  await context.close();
  expect(said.filter((status) => status.startsWith('Status 200'))).toHaveLength(12);
});

test('eight tabs load and run where tabs cannot share a worker, while only one is seen', async () => {
  const context = await browser.newContext();
  await context.addInitScript(`
    delete window.SharedWorker;
    window.seen = true;
    Object.defineProperty(document, 'visibilityState', {
      get: () => (window.seen ? 'visible' : 'hidden'),
    });
  `);
  const said: string[] = [];
  for (let tab = 0; tab < 8; tab += 1) {
    const page = await context.newPage();
    said.push(await runIn(page));
    await page.evaluate(
      `window.seen = false; document.dispatchEvent(new Event('visibilitychange'))`,
    );
  }
  await context.close();
  expect(said.filter((status) => status.startsWith('Status 200'))).toHaveLength(8);
});

// The pictures of a hundred runs are not kept: only the last one is on the page.
test('a page does not grow with the runs that are made in it', async () => {
  const page = await browser.newPage();
  await runIn(page);
  const devtools = await page.context().newCDPSession(page);
  const runs = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      await page.locator('#one-call [data-part="run"]').click();
      await page.locator('#one-call:not([data-running])').waitFor();
    }
  };
  const heapMb = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize / 1e6;
  };
  await runs(9);
  const afterTen = await heapMb();
  await runs(90);
  const afterHundred = await heapMb();
  await page.close();
  expect(afterHundred - afterTen).toBeLessThan(10);
});

test('one who may not control the platform runs a demo, and is offered nothing more', async () => {
  const context = await browser.newContext({
    extraHTTPHeaders: { 'x-forwarded-for': '203.0.113.9' },
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${siteOrigin('origin')}/lessons/life-of-an-instance/`);
  const demo = page.locator('#one-call');
  await demo.locator('[data-part="guess"]').first().check();
  await demo.locator('[data-part="run"]').click();
  await demo.locator('[data-part="ran"]', { hasText: 'live' }).first().waitFor();
  await demo
    .locator('[data-part="status"]')
    .filter({ hasText: /^Status 200, / })
    .waitFor();
  await context.close();
  expect(complaints).toEqual([]);
});
