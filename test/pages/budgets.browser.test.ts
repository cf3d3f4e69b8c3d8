import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parse } from 'acorn';
import type { Browser, Response } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../fixtures/browser.ts';
import { scrollToLab } from '../fixtures/lab-at-hand.ts';
import { builtFile, builtPages, lessonPages } from './fixtures/pages.ts';
import { siteOrigin } from '../fixtures/site-origin.ts';

/** What a lesson may weigh before anything is touched: gzipped bytes; fonts as they are. */
const BUDGET = { document: 24_000, stylesheet: 12_000, script: 12_000, font: 90_000 } as const;
type Kind = keyof typeof BUDGET;
const KINDS = Object.keys(BUDGET) as Kind[];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
});

/** Bytes by kind that one page loads by itself, inline styles and scripts counted as HTML. */
async function weigh(url: string): Promise<{ bytes: Record<Kind, number>; foreign: string[] }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const bytes: Record<Kind, number> = { document: 0, stylesheet: 0, script: 0, font: 0 };
  const foreign: string[] = [];
  const pending: Promise<void>[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).origin !== new URL(url).origin) foreign.push(response.url());
    const kind = KINDS.find((known) => known === response.request().resourceType());
    if (kind === undefined) return;
    pending.push(
      response.body().then((body) => {
        bytes[kind] += kind === 'font' ? body.length : gzipSync(body, { level: 9 }).length;
      }),
    );
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  // The faces come last, after the first paint.
  await page.locator('html[data-fonts]').waitFor();
  await Promise.all(pending);
  await context.close();
  return { bytes, foreign };
}

describe('a lesson page before anything is touched', () => {
  it.each(lessonPages())(
    '%s stays within its byte budgets and asks no third party',
    async (path) => {
      const { bytes, foreign } = await weigh(siteOrigin('origin') + path);
      console.info(path, JSON.stringify(bytes));
      for (const kind of KINDS) {
        expect(bytes[kind], `${kind} bytes of ${path}`).toBeLessThanOrEqual(BUDGET[kind]);
      }
      expect(bytes.document).toBeGreaterThan(0);
      expect(foreign).toEqual([]);
    },
  );
});

/** A browser holds so many connections to a host over HTTP/1.1: one sheet more would wait for another. */
const MOST_SHEETS = 6;

it('a page asks for its styles alone before its text is painted, and for all of them in its head', () => {
  const linksOf = (html: string): string[] =>
    html.match(/<link rel="(stylesheet|preload|modulepreload|prefetch)"[^>]*>/g) ?? [];
  const early = builtPages().filter((path) => {
    const html = readFileSync(builtFile(path), 'utf8');
    const links = linksOf(html.slice(0, html.indexOf('</head>')));
    const areSheets = links.every((link) => link.includes('rel="stylesheet"'));
    const areAll = links.length === linksOf(html).length;
    return /<script[^>]* src=/.test(html) || !areSheets || !areAll || links.length > MOST_SHEETS;
  });
  expect(early).toEqual([]);
});

/** The editor of a lab, gzipped: CodeMirror with the grammar of TypeScript. */
const EDITOR_BYTES = 150_000;

it('the editor of a lab stays within its byte budget', async () => {
  const page = await browser.newPage();
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
  await page.goto(`${siteOrigin('origin')}/labs/event-in-response-out/shout/`);
  await scrollToLab(page);
  await page.locator('code-lab .lab-field[data-editor]').waitFor();
  const came = new Map(
    await Promise.all(scripts.map(async (script) => [script.url(), await script.text()] as const)),
  );
  await page.context().close();
  const editor = [...came.keys()].find((url) => came.get(url)?.includes('cm-content')) ?? '';
  const { body } = parse(came.get(editor) ?? '', { sourceType: 'module', ecmaVersion: 'latest' });
  const imported = body.flatMap((line) =>
    line.type === 'ImportDeclaration' ? [new URL(String(line.source.value), editor).href] : [],
  );
  const bytes = [editor, ...imported].map(
    (url) => gzipSync(came.get(url) ?? '', { level: 9 }).length,
  );
  console.info('the editor', JSON.stringify(bytes));
  expect(Math.max(...bytes)).toBeGreaterThan(50_000);
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(EDITOR_BYTES);
});
