/**
 * The headers of the built site, for every host: in each page as far as a `<meta>` can, for our
 * gateway, in a `_headers` file (Netlify, Cloudflare Pages), and in `vercel.json`, which is checked.
 */

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEADERS_FILE } from '#faas/project/built-site.ts';
import { inlineHashes, kindOf, policyFor, type InlineHashes } from './policy.ts';

/** Path below the base, and the page's file in the built site. */
export interface BuiltPage {
  /** `/lessons/one/` */
  readonly path: string;
  readonly file: string;
}

type Headers = Readonly<Record<string, string>>;

const CSP = 'content-security-policy';

const EVERY_FILE: Headers = {
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
};

/** Folders whose files are named by their content. */
const HASHED = ['_astro/', '_tab/api/'];
const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * Writes each page's policy into its head, and the headers beside the pages.
 *
 * @param base path that the site is served under, with a slash at its end
 * @throws when `vercel.json` of `root` says otherwise, with the lines to put there
 */
export function writeHeaders(
  root: string,
  dist: string,
  base: string,
  pages: readonly BuiltPage[],
): void {
  const hashes = hashesByKind(pages);
  const none: InlineHashes = { scripts: [], styles: [] };
  const hashesOf = (path: string) => hashes.get(kindOf(path)) ?? none;
  for (const { path, file } of pages) insertPolicy(file, policyFor(path, hashesOf(path), 'meta'));

  const everywhere = {
    [CSP]: policyFor('', hashesOf(''), 'header'),
    ...EVERY_FILE,
  };
  const special = pages
    .filter(({ path }) => kindOf(path) !== null)
    .map(({ path }): [string, Headers] => [
      path,
      { [CSP]: policyFor(path, hashesOf(path), 'header') },
    ]);
  const byPath = { '*': everywhere, ...Object.fromEntries(special) };
  writeFileSync(join(dist, HEADERS_FILE), `${JSON.stringify(byPath, null, 1)}\n`);
  writeFileSync(join(dist, '_headers'), headersFile(base, everywhere, special));
  // What is deployed on Vercel stands at its root; under a base the inline script is another.
  if (base === '/') checkVercel(root, everywhere, special);
}

/** Pages of one kind have one policy, so that hosts need few rules. */
function hashesByKind(pages: readonly BuiltPage[]): Map<string | null, InlineHashes> {
  const byKind = new Map<string | null, InlineHashes>();
  for (const { path, file } of pages) {
    const { scripts, styles } = inlineHashes(readFileSync(file, 'utf8'));
    const known = byKind.get(kindOf(path));
    byKind.set(kindOf(path), {
      scripts: [...(known?.scripts ?? []), ...scripts],
      styles: [...(known?.styles ?? []), ...styles],
    });
  }
  return byKind;
}

/** After the charset, so that all that follows is held to it. */
function insertPolicy(file: string, policy: string): void {
  const html = readFileSync(file, 'utf8');
  const charset = /<meta charset="?utf-8"?\s*\/?>/i.exec(html);
  if (charset === null)
    throw new Error(`${file} has no <meta charset>, behind which its policy stands.`);
  const end = charset.index + charset[0].length;
  const meta = `<meta http-equiv="content-security-policy" content="${policy}">`;
  writeFileSync(file, html.slice(0, end) + meta + html.slice(end));
}

/** As Netlify and Cloudflare Pages read it. */
function headersFile(base: string, everywhere: Headers, special: [string, Headers][]): string {
  const rule = (path: string, headers: Headers) =>
    [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n');
  return [
    rule(`${base}*`, everywhere),
    ...special.map(([path, headers]) => rule(base + path.slice(1), headers)),
    ...HASHED.map((folder) => rule(`${base}${folder}*`, { 'cache-control': IMMUTABLE })),
    '',
  ].join('\n');
}

function checkVercel(root: string, everywhere: Headers, special: [string, Headers][]): void {
  const file = join(root, 'vercel.json');
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return;
  const { headers } = JSON.parse(readFileSync(file, 'utf8')) as { headers?: unknown };
  const rule = (source: string, of: Headers) => ({
    source,
    headers: Object.entries(of).map(([key, value]) => ({ key, value })),
  });
  const expected = [
    rule('/(.*)', everywhere),
    ...special.map(([path, of]) => rule(path, of)),
    ...HASHED.map((folder) => rule(`/${folder}(.*)`, { 'cache-control': IMMUTABLE })),
  ];
  if (JSON.stringify(headers) === JSON.stringify(expected)) return;
  throw new Error(
    `vercel.json: "headers" is not what the built pages need (an inline script, or the table in src/publish/policy.ts, has changed). Put this there:\n\n  "headers": ${JSON.stringify(expected, null, 2).replaceAll('\n', '\n  ')}\n`,
  );
}
