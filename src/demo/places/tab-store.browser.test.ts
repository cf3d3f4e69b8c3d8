/** The guestbook in the tab, its database too, from a host that only serves files. */

import type { BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch } from '../../../test/fixtures/browser.ts';
import { describeInEngines } from '../../../test/fixtures/engines.ts';
import { TEST_MS } from '../../../test/fixtures/patience.ts';
import type {} from './fixtures/tab-page.ts';
import { serveGuestbook, type GuestbookSite } from './fixtures/guestbook-site.ts';
import type { FunctionCall } from './place.ts';

let site: GuestbookSite;
beforeAll(async () => {
  site = await serveGuestbook();
});
afterAll(() => site.stop());

const of = (method: string, url: string, body: unknown = null): FunctionCall => ({
  function: '/api/guestbook',
  method,
  url,
  headers: body === null ? [] : [['content-type', 'application/json']],
  body: body === null ? null : JSON.stringify(body),
});
const sign = (name: string): FunctionCall =>
  of('POST', '/api/guestbook', { name, text: `It's ${name}` });
const READ = of('GET', '/api/guestbook');

const namesIn = (body: string): string[] =>
  (JSON.parse(body) as { entries: { name: string }[] }).entries.map(({ name }) => name);

describeInEngines('a guestbook in the tab', (open) => {
  test('keeps an entry, also when the page is loaded again', async () => {
    const page = await open(site.url);
    // It is asked again and again, since a script that waits has a limit of its own in some engines.
    const call = async (asked: FunctionCall): Promise<{ status: number; body: string }> => {
      await expect.poll(() => page.evaluate(() => typeof window.callTab)).toBe('function');
      await page.evaluate((asked) => void window.callTab?.(asked), asked);
      let answer: Window['lastAnswer'] = null;
      await expect
        .poll(async () => (answer = await page.evaluate(() => window.lastAnswer)), {
          timeout: TEST_MS,
        })
        .not.toBeNull();
      return answer ?? { status: 0, body: '' };
    };
    const signed = await call(sign('Ada'));
    expect(signed.status, signed.body).toBe(201);
    expect(await page.evaluate(() => window.databaseLife().slice(0, 2))).toEqual([
      'instance.starting',
      'instance.ready',
    ]);
    expect((await call(of('POST', '/api/guestbook', { name: 'Ada' }))).status).toBe(400);
    await page.reload();
    expect(namesIn((await call(READ)).body)).toEqual(['Ada']);
  });
});

describe('in two tabs of one browser', () => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await (await launch()).newContext();
  });
  afterAll(() => context.browser()?.close());

  const tab = async (): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(site.url);
    await page.waitForFunction(() => window.callTab !== undefined);
    return page;
  };
  const call = (page: Page, asked: FunctionCall) =>
    page.evaluate((asked) => window.callTab?.(asked) ?? { status: 0, body: '' }, asked);

  test('there is one guestbook, and it stays when the tab that opened it is closed', async () => {
    const first = await tab();
    const second = await tab();
    const signed = await Promise.all([call(first, sign('Ada')), call(second, sign('Grace'))]);
    expect(signed.map(({ status, body }) => (status === 201 ? 201 : body))).toEqual([201, 201]);
    await first.close();
    expect((await call(second, sign('Alan'))).status).toBe(201);
    const third = await tab();
    expect(namesIn((await call(third, READ)).body).sort()).toEqual(['Ada', 'Alan', 'Grace']);
    await Promise.all([second.close(), third.close()]);
    const later = await tab();
    expect(namesIn((await call(later, READ)).body)).toHaveLength(3);
    expect(site.missed).toEqual([]);
  });
});
