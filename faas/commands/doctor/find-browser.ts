/** Where a Chromium or Chrome is on this machine. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** What to do where there is none. */
export const BROWSER_CURE =
  'Only the tests need one. Install Chromium or Chrome (Debian, Ubuntu: sudo apt-get install chromium; ' +
  'macOS: brew install --cask chromium; anywhere: npx playwright install chromium), or set CHROMIUM to its path.';

/**
 * Path of a browser that is already here, or null. `CHROMIUM` in the environment wins.
 *
 * @param others further paths to look at, such as Playwright's own browser
 * @throws when `CHROMIUM` names no file
 */
export function findBrowser(
  env: Readonly<Record<string, string | undefined>>,
  others: readonly string[] = [],
): string | null {
  const named = env['CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM is set to ${named}, but no file is there. Correct it or unset it.`);
  }
  return [...SYSTEM_BROWSERS, ...others].find(runs) ?? null;
}

/** On some systems `/usr/bin/chromium-browser` is a script that only says where to get one. */
function runs(path: string): boolean {
  if (!existsSync(path)) return false;
  // Elsewhere the question would open a window.
  if (process.platform !== 'linux') return true;
  try {
    execFileSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}
