/** The one inline script of the course: it runs before the first paint, and is the same on every page. */

import { minifySync } from 'vite';
import { storageName } from '#src/site/base.ts';
import { showFontsAfterPaint } from './late-fonts.ts';
import { guardPresses } from './press-guard.ts';
import { THEME_KEY } from './theme-key.ts';

/** Whether this tab has been set in the course's faces before. */
const FONTS_KEY = storageName('scale-to-zero.fonts');

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
  [
    `(${setEarly.toString()})(${JSON.stringify(THEME_KEY)})`,
    `(${showFontsAfterPaint.toString()})(${JSON.stringify(FONTS_KEY)})`,
    `(${guardPresses.toString()})()`,
  ].join(';'),
).code;
