/**
 * What a page loads, and when. The bundler leaves a file for each component whose element stands in a
 * shared chunk, and such a file does nothing but import that chunk: each is a request more, and a
 * round trip before the first press is answered. A page loads the chunk itself, once; and only when its
 * text has been painted, since a script that comes with the page takes the line and the processor from
 * what is read first.
 */

import { posix } from 'node:path';

const SCRIPT = /<script type="module" src="([^"]+)"><\/script>/g;
const ONLY_IMPORTS = /^\s*import\s*"(\.\/[^"]+)";?\s*$/;
const ROOT = /<html\b/;

/**
 * @param html a built page
 * @param textOf text of the script at a URL of the page's own site; undefined when there is none
 * @returns the page, whose scripts are only named, in `data-scripts` of its root, each once and in their
 *   order: `components/page/after-paint.ts` loads them. One that only imports another gives its place to it
 */
export function withLateScripts(html: string, textOf: (url: string) => string | undefined): string {
  const urls = new Set<string>();
  const without = html.replace(SCRIPT, (_, src: string) => {
    urls.add(destination(src, textOf));
    return '';
  });
  if (urls.size === 0) return html;
  return without.replace(ROOT, `<html data-scripts="${[...urls].join(' ')}"`);
}

function destination(url: string, textOf: (url: string) => string | undefined): string {
  const imported = ONLY_IMPORTS.exec(textOf(url) ?? '')?.[1];
  return imported === undefined ? url : posix.join(posix.dirname(url), imported);
}
