/**
 * Draws the images that cannot be SVG, from the two pages beside this file, into `public/`:
 * `node src/images/make.ts`, with `CHROMIUM` set to a browser if Playwright has none of its own.
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
  writeFileSync(new URL(`../../public/${name}`, import.meta.url), bytes);

save('social.png', await draw(browser, 'social.html', 1200, 630));
save('apple-touch-icon.png', await draw(browser, 'icon.html', 180, 180));
save('icon-192.png', await draw(browser, 'icon.html', 192, 192));
save('icon-512.png', await draw(browser, 'icon.html', 512, 512));
save('favicon.ico', ico(await draw(browser, 'icon.html', 32, 32), 32));
await browser.close();
