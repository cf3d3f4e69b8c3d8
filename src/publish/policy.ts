/**
 * The Content-Security-Policy of every page, in one table by kind of page. Any source beyond the
 * course's own files is added here and nowhere else.
 */

import { createHash } from 'node:crypto';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { SANDBOX_SCRIPT } from '#faas/drivers/web-worker/sandbox-page.ts';

type Directives = Readonly<Record<string, readonly string[]>>;

/** Pages that need more than all others. */
export interface PageKind {
  readonly name: string;
  /** Paths below the base: one page (`/`), or all pages below a folder (`/lessons/*`). */
  readonly pages: readonly string[];
  /** Added to the policy of all pages. */
  readonly adds: Directives;
}

const EVERY_PAGE: Directives = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'self'"],
  'frame-ancestors': ["'self'"],
};

/**
 * The policy of the worker that holds the tab's database. It comes from an address, so that it has the
 * policy of its own file and not the page's, and no page has to allow WebAssembly. Only a host that sends
 * a policy with every file has to send this one.
 */
export const DATABASE_POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'";

/**
 * A sandbox is a frame made from a text, which inherits the page's policy: its script, and the blobs
 * that it runs, have to be allowed here too. The frame's own policy then forbids the rest.
 */
const SANDBOX: Directives = {
  'script-src': ['blob:', hashSource(SANDBOX_SCRIPT)],
  'worker-src': ["'self'", 'blob:'],
};

/** Kinds of pages with additions. A page belongs to the first that matches. */
export const KINDS: readonly PageKind[] = [
  {
    name: 'pages where functions run in the tab',
    pages: ['/', '/guestbook/', '/lessons/*', '/labs/*', '/checkpoints/*', '/bridges/*'],
    adds: SANDBOX,
  },
];

/** A `<meta>` cannot carry these (CSP Level 3, 3.3). */
const HEADER_ONLY = ['frame-ancestors'];

/** Inline scripts and styles of pages, as hash sources: `'sha256-…'`. */
export interface InlineHashes {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** The inline scripts and styles of a page's HTML that a policy has to name. */
export function inlineHashes(html: string): InlineHashes {
  const scripts: string[] = [];
  const styles: string[] = [];
  for (const element of elementsOf(parse(html))) {
    const attribute = (name: string) => element.attrs.find((a) => a.name === name)?.value;
    if (element.tagName === 'style') styles.push(hashOf(element));
    if (element.tagName !== 'script' || attribute('src') !== undefined) continue;
    if (/^$|^module$|javascript$/.test(attribute('type') ?? '')) scripts.push(hashOf(element));
  }
  return { scripts, styles };
}

/**
 * The policy of a page at `path`.
 *
 * @param hashes of all inline scripts and styles in pages of its kind
 * @param carrier a header, or a `<meta>` on hosts without headers
 */
export function policyFor(path: string, hashes: InlineHashes, carrier: 'header' | 'meta'): string {
  const adds = kindAt(path)?.adds ?? {};
  const directives: Record<string, readonly string[]> = { ...EVERY_PAGE };
  for (const [name, sources] of Object.entries(adds)) {
    directives[name] = [...(directives[name] ?? []), ...sources];
  }
  directives['script-src'] = [...(directives['script-src'] ?? []), ...unique(hashes.scripts)];
  directives['style-src'] = [...(directives['style-src'] ?? []), ...unique(hashes.styles)];
  return Object.entries(directives)
    .filter(([name]) => carrier === 'header' || !HEADER_ONLY.includes(name))
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

/** Name of the kind of the page at `path`; null for pages without additions. */
export function kindOf(path: string): string | null {
  return kindAt(path)?.name ?? null;
}

function kindAt(path: string): PageKind | undefined {
  return KINDS.find(({ pages }) =>
    pages.some((page) => (page.endsWith('*') ? path.startsWith(page.slice(0, -1)) : path === page)),
  );
}

/** The directives that only a header can carry: what a host's rule for all files may say. */
export function headerOnlyPolicy(): string {
  return HEADER_ONLY.map((name) => `${name} ${(EVERY_PAGE[name] ?? []).join(' ')}`).join('; ');
}

function* elementsOf(
  node: DefaultTreeAdapterTypes.ParentNode,
): Generator<DefaultTreeAdapterTypes.Element> {
  for (const child of node.childNodes) {
    if ('tagName' in child) yield child;
    if ('childNodes' in child) yield* elementsOf(child);
  }
}

function hashOf({ childNodes }: DefaultTreeAdapterTypes.Element): string {
  return hashSource(childNodes.map((node) => ('value' in node ? node.value : '')).join(''));
}

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
