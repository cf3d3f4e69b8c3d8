/** A browser for the tests. The course itself runs in the one that the reader has. */

import type { Finding } from './check.ts';
import { BROWSER_CURE, findBrowser } from './find-browser.ts';

/** @param env `CHROMIUM` names the browser to take */
export async function browserCheck(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Finding> {
  const lacking = { state: 'without', found: 'none for the tests' } as const;
  try {
    const path = findBrowser(env, await playwrightBrowsers());
    return path === null
      ? { ...lacking, cure: BROWSER_CURE }
      : { state: 'ok', found: `${path}, for the tests` };
  } catch (error) {
    return { ...lacking, cure: (error as Error).message };
  }
}

/** Empty as long as the packages are not installed, which another check tells. */
async function playwrightBrowsers(): Promise<string[]> {
  try {
    const { chromium } = await import('playwright');
    return [chromium.executablePath()];
  } catch {
    return [];
  }
}
