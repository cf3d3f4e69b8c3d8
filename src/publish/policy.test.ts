import { expect, it } from 'vitest';
import { inlineHashes, policyFor } from './policy.ts';

// `printf "let a = 1" | openssl dgst -sha256 -binary | base64`
const LET_A = "'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ='";

const PAGE = `<!doctype html><html><head><meta charset="utf-8"><script>let a = 1</script>
<script src="/a.js" type="module"></script><script type="application/json">{"a":1}</script>
<style>@layer base;</style></head><body><svg><style>a{}</style></svg></body></html>`;

it('names the scripts and styles that stand in the page, and no others', () => {
  const { scripts, styles } = inlineHashes(PAGE);
  expect(scripts).toHaveLength(1);
  expect(scripts[0]).toMatch(/^'sha256-[A-Za-z0-9+/]{43}='$/);
  expect(styles).toHaveLength(2);
});

it('hashes the text as a browser does', () => {
  expect(inlineHashes('<script>let a = 1</script>').scripts).toEqual([LET_A]);
});

it('keeps everything to the own origin, and who may frame the page to the header', () => {
  const hashes = { scripts: [LET_A, LET_A], styles: [] };
  const header = policyFor('/glossary/', hashes, 'header');
  expect(header).toContain("default-src 'self'");
  expect(header).toContain(`script-src 'self' ${LET_A};`);
  expect(header).toContain("frame-ancestors 'self'");
  expect(header).not.toContain('unsafe');
  expect(policyFor('/glossary/', hashes, 'meta')).not.toContain('frame-ancestors');
});

it('allows a sandbox on pages where functions run in the tab, and on no others', () => {
  const hashes = { scripts: [LET_A], styles: [] };
  const lesson = policyFor('/lessons/one/', hashes, 'meta');
  expect(lesson).toMatch(/script-src 'self' blob: 'sha256-[^']+' 'sha256-LAfYd/);
  expect(lesson).toContain("worker-src 'self' blob:");
  expect(policyFor('/', hashes, 'meta')).toContain('blob:');
  for (const path of ['/glossary/', '/progress/', '/lessons']) {
    expect(policyFor(path, hashes, 'meta')).not.toContain('blob:');
  }
});
