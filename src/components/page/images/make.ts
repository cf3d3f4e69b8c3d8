/**
 * Draws the images that cannot be SVG, from the two pages beside this file, into `public/`:
 * `node src/components/page/images/make.ts`, with `CHROMIUM` set to a browser where Playwright has none.
 * With the address of a running course it takes the README's picture of it instead, into `docs/`:
 * `node src/components/page/images/make.ts http://localhost:4321`.
 */

import { writeFileSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';

async function draw(browser: Browser, name: string, width: number, height: number) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.goto(new URL(name, import.meta.url).href);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const image = await page.screenshot();
  await page.close();
  return image;
}

/** Ten calls at once, just made, and the lanes of their instances. */
async function photograph(browser: Browser, origin: string): Promise<Buffer> {
  const viewport = { width: 1280, height: 1600 };
  const page = await browser.newPage({
    viewport,
    deviceScaleFactor: 1.25,
    reducedMotion: 'reduce',
  });
  await page.goto(`${origin}/lessons/life-of-an-instance/`);
  const demo = page.locator('#ten-at-once');
  await demo.evaluate((element) => element.scrollIntoView());
  await demo.getByLabel('1…10').check();
  await demo.getByRole('button', { name: 'Run' }).click();
  await demo.locator('[data-part="comparison"]').waitFor({ timeout: 60_000 });
  const lanes = page.locator('#lanes-ten-at-once');
  await lanes.locator('[data-part="kind"]', { hasText: 'live' }).waitFor();
  // Half a second of idling, so that it is there to be seen.
  await page.waitForTimeout(500);
  const [above, below] = [await demo.boundingBox(), await lanes.boundingBox()];
  if (above === null || below === null) throw new Error('Demo and lanes are not both in view.');
  const height = below.y + below.height - above.y;
  const image = await page.screenshot({ clip: { ...above, height } });
  await page.close();
  return image;
}

/** An ICO file that holds one PNG: a directory of one entry, then the image. */
function ico(png: Buffer, size: number): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2); // an icon, not a cursor
  head.writeUInt16LE(1, 4); // one image
  head.writeUInt8(size, 6);
  head.writeUInt8(size, 7);
  head.writeUInt16LE(1, 10); // colour planes
  head.writeUInt16LE(32, 12); // bits a pixel
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}

const executablePath = process.env['CHROMIUM'];
const browser = await chromium.launch({
  ...(executablePath !== undefined && { executablePath }),
  args: ['--no-sandbox'],
});
const save = (name: string, bytes: Buffer) =>
  writeFileSync(new URL(`../../../../${name}`, import.meta.url), bytes);

const [, , origin] = process.argv;
if (origin !== undefined) {
  save('docs/lesson.png', await photograph(browser, origin));
} else {
  save('public/social.png', await draw(browser, 'social.html', 1200, 630));
  save('public/apple-touch-icon.png', await draw(browser, 'icon.html', 180, 180));
  save('public/icon-192.png', await draw(browser, 'icon.html', 192, 192));
  save('public/icon-512.png', await draw(browser, 'icon.html', 512, 512));
  save('public/favicon.ico', ico(await draw(browser, 'icon.html', 32, 32), 32));
}
await browser.close();
