/**
 * What a page loads first. The bundler leaves a file for each component whose element stands in a
 * shared chunk, and such a file does nothing but import that chunk: each is a request more, and a
 * round trip before the first press is answered. A page loads the chunk itself, once.
 */

import { posix } from 'node:path';

const SCRIPT = /<script type="module" src="([^"]+)"><\/script>/g;
const ONLY_IMPORTS = /^\s*import\s*"(\.\/[^"]+)";?\s*$/;

/**
 * @param html a built page
 * @param textOf text of the script at a URL of the page's own site; undefined when there is none
 * @returns the page, where a script that only imports another has given its place to that one, and
 *   none is named twice
 */
export function withoutDetours(html: string, textOf: (url: string) => string | undefined): string {
  const named = new Set<string>();
  return html.replace(SCRIPT, (_, src: string) => {
    const url = destination(src, textOf);
    if (named.has(url)) return '';
    named.add(url);
    return `<script type="module" src="${url}"></script>`;
  });
}

function destination(url: string, textOf: (url: string) => string | undefined): string {
  const imported = ONLY_IMPORTS.exec(textOf(url) ?? '')?.[1];
  return imported === undefined ? url : posix.join(posix.dirname(url), imported);
}
