import { expect, inject, test } from 'vitest';
import { describeInEngines, seenText } from '../fixtures/engines.ts';

const LESSON = '/lessons/what-is-serverless/';

describeInEngines('a demo', (open) => {
  test.each(['origin', 'staticOrigin'] as const)('runs at %s', async (where) => {
    const page = await open(inject(where) + LESSON);
    await page.click('#hello [data-part="run"]');
    await expect.poll(() => seenText(page, '#hello [data-part="status"]')).toMatch(/^Status 200/);
    expect(await seenText(page, '#hello [data-part="ran"]')).toContain('Hello, Ada!');
  });
});
