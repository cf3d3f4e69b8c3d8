import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeHeaders } from './headers.ts';

let root: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'publish-'));
  file = join(root, 'index.html');
  writeFileSync(file, '<head><meta charset="utf-8"><script>let a = 1</script></head>');
});

afterEach(() => rmSync(root, { recursive: true }));

const write = (base = '/') => writeHeaders(root, root, base, [{ path: '/', file }]);

/** The lines that the error asks to put into vercel.json. */
function lines(): string {
  try {
    write();
  } catch (error) {
    const { message } = error as Error;
    return `{${message.slice(message.indexOf('"headers": ['))}}`;
  }
  throw new Error('Nothing was wrong.');
}

it('writes the policy into the page, before anything that it holds', () => {
  write();
  expect(readFileSync(file, 'utf8')).toMatch(
    /^<head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'self'; [^"]+"><script>/,
  );
});

it('leaves the headers for our gateway, and for hosts that read _headers', () => {
  write('/course/');
  const ours = JSON.parse(readFileSync(join(root, '.headers.json'), 'utf8')) as {
    '*': Record<string, string>;
  };
  expect(ours['*']['content-security-policy']).toContain("frame-ancestors 'self'");
  const theirs = readFileSync(join(root, '_headers'), 'utf8');
  expect(theirs).toMatch(/^\/course\/\*\n {2}content-security-policy: frame-ancestors 'self'\n/);
  expect(theirs).toContain('/course/_astro/*\n  cache-control: public, max-age=31536000');
});

it('fails when vercel.json says otherwise, with the lines to put there', () => {
  writeFileSync(join(root, 'vercel.json'), '{}');
  const cure = lines();
  writeFileSync(join(root, 'vercel.json'), cure);
  writeFileSync(file, '<head><meta charset="utf-8"><script>let a = 1</script></head>');
  write();
  writeFileSync(file, '<head><meta charset="utf-8"><script>let a = 2</script></head>');
  expect(() => write()).toThrow(/vercel\.json: "headers" is not what the built pages need/);
});

it('lets the worker of the tab’s database, and no page, compile WebAssembly on Vercel', () => {
  writeFileSync(join(root, 'vercel.json'), '{}');
  const { headers } = JSON.parse(lines()) as {
    headers: { source: string; headers: { key: string; value: string }[] }[];
  };
  const allowing = headers.filter((rule) => JSON.stringify(rule).includes('wasm-unsafe-eval'));
  expect(allowing.map(({ source }) => source)).toEqual(['/_tab/database.js']);
});
