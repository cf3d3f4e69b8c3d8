/** The inline scripts of the course, the same on every page: one before the text, one behind it. */

import { minifySync } from 'vite';
import { storageName } from '#src/site/base.ts';
import { sendAfterPaint } from './after-paint.ts';
import { guardPresses } from './press-guard.ts';
import { THEME_KEY } from './theme-key.ts';

/** Whether this tab has had the course's scripts and faces before. */
const FACES_KEY = storageName('scale-to-zero.fonts');

/** Neither colours, nor faces that are here, nor parts that wait for JavaScript flash. */
function setEarly(themeKey: string, facesKey: string): void {
  const page = document.documentElement.dataset;
  page['js'] = '';
  try {
    const theme = localStorage.getItem(themeKey);
    if (theme === 'light' || theme === 'dark') page['theme'] = theme;
    if (sessionStorage.getItem(facesKey) !== null) page['fonts'] = '';
  } catch {
    // Storage is closed to us: colours are as the system says, and each page begins with the fallback faces.
  }
}

/** In the head. It stands in every page, so it is as short as a minifier makes it. */
export const HEAD_SCRIPT = minifySync(
  'head.js',
  [
    `(${setEarly.toString()})(${JSON.stringify(THEME_KEY)},${JSON.stringify(FACES_KEY)})`,
    `(${sendAfterPaint.toString()})(${JSON.stringify(FACES_KEY)})`,
    `(${guardPresses.toString()})()`,
  ].join(';'),
).code;

/**
 * Behind all of the text. It does nothing, and a browser waits with it for the page's styles: one that
 * comes to the end of a page without them lays out the whole of it as if it had none.
 */
export const END_SCRIPT = '0';
