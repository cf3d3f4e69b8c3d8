// @vitest-environment jsdom
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTROL_PREFIX } from '#faas/api.ts';

/*
 * The check reads sources; this reads what was built of them, with the links that components and
 * pages make. It stands with the browser tests because they come after the build.
 */

const SITE = 'dist';

const documents = new Map(
  readdirSync(SITE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html'))
    .map((file) => {
      const url = `/${file.replaceAll('\\', '/')}`.replace(/index\.html$/, '');
      return [url, parse(readFileSync(join(SITE, file), 'utf8'))] as const;
    }),
);

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

/** What is wrong with a link on a page; undefined when it leads somewhere, or off the site. */
function fault(page: string, href: string): string | undefined {
  if (/^[a-z]+:/i.test(href)) return undefined;
  const { pathname, hash } = new URL(href, `http://site${page}`);
  if (pathname.startsWith('/api/') || pathname.startsWith(CONTROL_PREFIX)) return undefined;
  const target = documents.get(pathname) ?? documents.get(posix.join(pathname, '/'));
  const file = join(SITE, pathname);
  if (target === undefined) {
    return existsSync(file) && statSync(file).isFile() ? undefined : `${href}: nothing is there`;
  }
  // A figure's id may carry its state behind it: `#break-even?ms=50`.
  const id = decodeURIComponent(hash.slice(1).split('?')[0] ?? '');
  return id === '' || target.getElementById(id) ? undefined : `${href}: no element has that id`;
}

describe('the built site', () => {
  it('has pages to look at', () => {
    expect(documents.size).toBeGreaterThan(5);
  });

  it.each([...documents.keys()])('every link on %s leads somewhere', (page) => {
    const document = documents.get(page);
    const links = [...(document?.querySelectorAll('a[href]') ?? [])];
    const faults = links.map((link) => fault(page, link.getAttribute('href') ?? ''));
    expect(faults.filter((one) => one !== undefined)).toEqual([]);
  });

  it.each([...documents.keys()])('no two elements of %s share an id', (page) => {
    const ids = [...(documents.get(page)?.querySelectorAll('[id]') ?? [])].map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each([...documents.keys()])('what %s refers to by id is there', (page) => {
    const document = documents.get(page);
    const attributes = [
      'aria-labelledby',
      'aria-describedby',
      'aria-controls',
      'popovertarget',
      'for',
    ];
    const missing = attributes.flatMap((attribute) =>
      [...(document?.querySelectorAll(`[${attribute}]`) ?? [])]
        .flatMap((element) => (element.getAttribute(attribute) ?? '').split(/\s+/))
        .filter((id) => id !== '' && !document?.getElementById(id))
        .map((id) => `${attribute}="${id}"`),
    );
    expect(missing).toEqual([]);
  });
});
