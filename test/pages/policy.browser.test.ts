import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../fixtures/browser.ts';
import { builtPages } from './fixtures/pages.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';
import { untilSilent } from '../fixtures/silence.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Notes in the page what its policy forbade, from the first script on. */
const NOTE = `
  window.forbidden = [];
  addEventListener('securitypolicyviolation', (event) =>
    window.forbidden.push(event.effectiveDirective + ' ' + event.blockedURI));
`;

describe.each(['origin', 'staticOrigin'] as const)('on the %s', (name) => {
  it.concurrent.each(builtPages())('%s asks for nothing that its policy forbids', async (path) => {
    const page = await browser.newPage();
    await page.addInitScript(NOTE);
    const answer = await page.goto(siteOrigin(name) + path, { waitUntil: 'load' });
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await untilSilent(page);
    const forbidden = await page.evaluate(() => (window as { forbidden?: string[] }).forbidden);
    const policy = await page.locator('meta[http-equiv="content-security-policy"]').count();
    const header = answer?.headers()['content-security-policy'];
    await page.close();
    expect(forbidden).toEqual([]);
    expect(policy).toBe(1);
    if (name === 'origin') expect(header).toContain("frame-ancestors 'self'");
  });
});

it('a script that is not of the course does not run', async () => {
  const page = await browser.newPage();
  await page.goto(siteOrigin('origin'));
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "owned"';
    document.head.append(script);
    return document.title;
  });
  await page.close();
  expect(ran).not.toBe('owned');
});
