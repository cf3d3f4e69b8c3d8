/** Which pages the built site has, and one way to open any of them for a test. */

import { globSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright';

/** Paths of every built page, `/404` included, in the order of their names. */
export function builtPages(): string[] {
  return globSync('**/*.html', { cwd: 'dist' })
    .map((file) =>
      `/${file.replaceAll('\\', '/')}`.replace(/index\.html$/, '').replace(/\.html$/, ''),
    )
    .sort();
}

export function lessonPages(): string[] {
  return builtPages().filter((path) => path.startsWith('/lessons/'));
}

export interface Visit {
  readonly page: Page;
  /** Addresses asked for, in order. */
  readonly requested: string[];
  /** What the page complained of: console errors and uncaught exceptions. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** Opens a page in a fresh profile and waits until nothing loads any more. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const requested: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url, { waitUntil: 'load' });
  return { page, requested, complaints, close: () => context.close() };
}
