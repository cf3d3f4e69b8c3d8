import { expect, test } from 'vitest';
import { describeInEngines, seenText } from '../fixtures/engines.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';

const LESSON = '/lessons/what-is-serverless/';

describeInEngines('a demo', (open) => {
  test.each(['origin', 'staticOrigin'] as const)('runs at %s', async (where) => {
    const page = await open(siteOrigin(where) + LESSON);
    await page.click('#hello [data-part="run"]');
    await expect.poll(() => seenText(page, '#hello [data-part="status"]')).toMatch(/^Status 200/);
    expect(await seenText(page, '#hello [data-part="ran"]')).toContain('Hello, Ada!');
  });
});

describeInEngines('the lesson about cost', (open) => {
  test('a lab imports the code of an earlier one', async () => {
    const page = await open(`${siteOrigin('staticOrigin')}/labs/the-case-against-cost/cheapest/`);
    await page.click('code-lab [data-part="run"]');
    await expect.poll(() => seenText(page, 'code-lab [data-part="ran"]')).toContain('"months"');
    expect(await seenText(page, 'code-lab [data-part="used"]')).toBe(
      'It imports the course’s bill.',
    );
  });

  test('a link of its text sets the figure', async () => {
    const page = await open(`${siteOrigin('staticOrigin')}/lessons/the-case-against-cost/`);
    await page.click('a[href^="#lists?calls=43800"]');
    await expect.poll(() => seenText(page, '#lists [data-part="totals"]')).toContain('$0.05');
  });
});
