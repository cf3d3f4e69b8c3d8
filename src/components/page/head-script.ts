/** The one inline script of the course: it runs before the first paint, and is the same on every page. */

import { minifySync } from 'vite';
import { guardPresses } from './press-guard.ts';
import { THEME_KEY } from './theme-key.ts';

/** Neither colours nor parts that wait for JavaScript flash. */
function setEarly(themeKey: string): void {
  const page = document.documentElement.dataset;
  page['js'] = '';
  try {
    const theme = localStorage.getItem(themeKey);
    if (theme === 'light' || theme === 'dark') page['theme'] = theme;
  } catch {
    // Storage is closed to us: colours are as the system says.
  }
}

/** It stands in every page, so it is as short as a minifier makes it. */
export const HEAD_SCRIPT = minifySync(
  'head.js',
  [`(${setEarly.toString()})(${JSON.stringify(THEME_KEY)})`, `(${guardPresses.toString()})()`].join(
    ';',
  ),
).code;
