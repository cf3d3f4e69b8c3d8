/** Finds a Chromium for the tests, or installs one, or says exactly what to install. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';

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

/** Chromium's own errands (updates, sync) only fail on a closed network; root has no sandbox. */
const FLAGS = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Path of a browser that is already here, or null. `CHROMIUM` in the environment wins. */
export function findBrowser(): string | null {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM is set to ${named}, but no file is there. Correct it or unset it.`);
  }
  return [...SYSTEM_BROWSERS, chromium.executablePath()].find(runs) ?? null;
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

/** Path of a browser, installing one where that is possible. @throws with the cure when it is not */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found !== null) return found;
  for (const [command, ...args] of installers()) {
    console.log(`No Chromium found. Trying: ${[command, ...args].join(' ')}`);
    try {
      execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    } catch {
      continue;
    }
    const installed = findBrowser();
    if (installed !== null) return installed;
  }
  throw new Error(
    'The browser tests need Chromium or Chrome, and none was found or could be installed.\n' +
      'Install one (Debian, Ubuntu: sudo apt-get install chromium; macOS: brew install --cask chromium; ' +
      'anywhere: npx playwright install chromium), or set CHROMIUM to its path, then run npm test again.',
  );
}

function installers(): [string, ...string[]][] {
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
  const ways: [string, ...string[]][] = [[npx, 'playwright', 'install', 'chromium']];
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const apt =
      'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium';
    ways.unshift(['sh', '-c', apt]);
  }
  return ways;
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureBrowser(), args: FLAGS });
}
